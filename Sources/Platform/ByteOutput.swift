// Why: whoever looks for a file shall find all of it or none. So it is written under another name, and gets its own when it is on stable
// storage.

internal import Glibc

/// A file that is being written, chunk by chunk. It gets its name when it is finished.
public struct ByteOutput: ~Copyable {
  private let descriptor: Int32
  private let path: String
  /// What it is called until it is finished.
  public let partial: String
  private let replaces: Bool

  /// A new file for `path`.
  /// - Parameters:
  ///   - mode: who may do what with it, as chmod(1) counts.
  ///   - replaces: false to fail when there is one, now or when this one is finished.
  public init(path: String, mode: UInt32 = 0o644, replaces: Bool = true) throws(FileFailure) {
    if !replaces, Files.exists(path) {
      errno = EEXIST
      throw FileFailure(path)
    }
    let partial = "\(path)\(Files.partialMark)\(getpid())"
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    var descriptor = unsafe open(partial, flags, mode_t(mode))
    if descriptor < 0, errno == EEXIST {
      // A process of this number was killed while it wrote. What it left, a link too, is nobody's: it goes, and is never written through.
      unsafe unlink(partial)
      descriptor = unsafe open(partial, flags, mode_t(mode))
    }
    if descriptor < 0 { throw FileFailure(partial) }
    self.path = path
    self.partial = partial
    self.replaces = replaces
    self.descriptor = descriptor
  }

  // What was not finished is deleted; after finishing there is nothing of that name.
  deinit {
    close(descriptor)
    unsafe unlink(partial)
  }

  /// Appends `bytes`.
  public func write(_ bytes: [UInt8]) throws(FileFailure) {
    if let number = writeAll(bytes, to: descriptor) { throw FileFailure(path, number: number) }
  }

  /// Makes what was written durable; the file has not got its name yet.
  public func synchronize() throws(FileFailure) {
    if fsync(descriptor) != 0 { throw FileFailure(path) }
  }

  /// Makes the file durable and gives it its name.
  public func finish() throws(FileFailure) {
    try synchronize()
    try Files.move(partial, to: path, replaces: replaces)
  }
}
