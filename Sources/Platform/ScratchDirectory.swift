// Why: what is worked out on the way and is of no use afterwards lies in a directory of its own, which is gone at the end.

internal import Glibc

/// A new directory under $TMPDIR (else /tmp), deleted with the files in it, and with directories of files, when the value ends.
public struct ScratchDirectory: ~Copyable {
  /// Where it is.
  public let path: String

  /// A new one, for this user only.
  public init() throws(FileFailure) {
    let parent = Terminal.variable("TMPDIR") ?? "/tmp"
    let path = "\(parent)/diario-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    if unsafe mkdir(path, 0o700) != 0 { throw FileFailure(path) }
    self.path = path
  }

  // A file that cannot be deleted is left to whoever cleans that directory.
  deinit {
    for name in (try? Files.names(in: path)) ?? [] where Files.isFile("\(path)/\(name)") == false {
      try? Files.deleteDirectory("\(path)/\(name)")
    }
    try? Files.deleteDirectory(path)
  }
}
