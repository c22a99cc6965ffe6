// Why: input is read in chunks as it comes, from files and pipes alike.

internal import Glibc

/// A file or standard input, read in chunks.
public struct ByteInput: ~Copyable {
  private let descriptor: Int32

  /// What the system said when it could not read: `No such file or directory`.
  public struct Failure: Error, Sendable {
    /// The system's number for it.
    let number: Int32
    /// The system's words.
    public var reason: String { SystemError.text(of: number) }
  }

  /// Standard input.
  public init() { descriptor = STDIN_FILENO }

  /// The file at `path`.
  public init(path: String) throws(Failure) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw ByteInput.failure() }
    self.descriptor = descriptor
  }

  /// The file at `path`, as the disk has it: the system forgets what it keeps of it in memory, if nothing of it is still to be written.
  public init(fromDisk path: String) throws(Failure) {
    try self.init(path: path)
    _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
  }

  deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

  /// Bytes of the file; `nil` for a pipe or a terminal, whose end is not known.
  public var size: UInt64? {
    var answer = stat()
    // fstat(2): fills the struct it is given.
    guard unsafe fstat(descriptor, &answer) == 0, answer.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    return UInt64(answer.st_size)
  }

  /// The next bytes, at most `count`, as soon as there are some; empty at the end.
  public func read(atMost count: Int) throws(Failure) -> [UInt8] {
    var got = 0
    let chunk = unsafe [UInt8](unsafeUninitializedCapacity: count) { storage, filled in
      // read(2): writes at most `count` bytes, which is what the storage has.
      repeat {
        got = unsafe Glibc.read(descriptor, storage.baseAddress, count)
      } while got < 0 && errno == EINTR
      filled = max(got, 0)
    }
    if got < 0 { throw ByteInput.failure() }
    return chunk
  }

  /// All bytes to the end; `nil` when there are more than `limit`.
  func readAll(_ limit: ReadLimit) throws(Failure) -> [UInt8]? {
    if let size, size > UInt64(limit.bytes) { return nil }
    var bytes: [UInt8] = []
    while bytes.count <= limit.bytes {
      let chunk = try read(atMost: 1 << 20)
      if chunk.isEmpty { return bytes }
      bytes += chunk
    }
    return nil
  }

  private static func failure() -> Failure { Failure(number: errno) }
}
