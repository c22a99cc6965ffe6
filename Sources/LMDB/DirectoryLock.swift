// Why: LMDB serialises its own writers, but a writer of the books spans several environments. A lock on a file beside them
// lets one process write at a time; the system drops it when the process dies, so it is never stale.

internal import Glibc

/// An advisory lock (flock(2)) on a file. Held until the value is destroyed.
public struct DirectoryLock: ~Copyable {
  private let descriptor: Int32

  /// Locks the file at `path`, which is created when absent and never deleted. Waits until it is free, or at most `timeout`.
  ///
  /// - Throws: `.locked` naming the process that holds it when the time is up; the system's errors otherwise.
  public init(path: String, timeout: Duration? = nil) throws(StoreError) {
    // A link there would lead to somebody else's file.
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o640)
    if descriptor < 0 { throw StoreError(errno, "open", path: path) }
    do throws(StoreError) {
      try DirectoryLock.acquire(descriptor, path, timeout)
      try DirectoryLock.requireNumber(descriptor, path)
    } catch {
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
    note()
  }

  /// Keeps others from locking the file at `path`, beside whoever does the same. Makes and writes nothing.
  /// - Returns: `nil` when somebody holds the lock.
  public static func shared(_ path: String) -> DirectoryLock? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    // Without a file, or one that may be read, there is nothing to hold.
    if descriptor >= 0, flock(descriptor, LOCK_SH | LOCK_NB) != 0, errno == EWOULDBLOCK {
      close(descriptor)
      return nil
    }
    return DirectoryLock(descriptor: descriptor)
  }

  private init(descriptor: Int32) { self.descriptor = descriptor }

  // close(2) drops the lock: the descriptor is ours alone, and O_CLOEXEC keeps it out of programs that we start.
  deinit { close(descriptor) }

  private static func acquire(_ descriptor: Int32, _ path: String, _ timeout: Duration?)
    throws(StoreError)
  {
    guard let timeout else {
      while flock(descriptor, LOCK_EX) != 0 {
        if errno != EINTR { throw StoreError(errno, "flock", path: path) }
      }
      return
    }
    // flock(2) knows no time limit, so it is asked again and again, at first quickly.
    let deadline = ContinuousClock.now.advanced(by: timeout)
    var pause: UInt32 = 500
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno != EWOULDBLOCK, errno != EINTR { throw StoreError(errno, "flock", path: path) }
      if ContinuousClock.now >= deadline {
        throw StoreError(
          .locked, "flock", "\(holder(descriptor)) is writing and has locked \(path).",
          remedy: "Wait until it is done, or end it.")
      }
      usleep(pause)
      pause = min(pause * 2, 20_000)
    }
  }

  /// Refuses a file that holds anything but a process's number: it is no lock, and would be lost.
  private static func requireNumber(_ descriptor: Int32, _ path: String) throws(StoreError) {
    let bytes = DataFile.bytes(of: descriptor, upTo: 24, at: 0)
    if bytes.count < 24, bytes.allSatisfy({ $0 == 10 || (48...57).contains($0) }) { return }
    throw StoreError(
      .other, "open", "\(path) is there already, and is no lock.",
      remedy: "Move it away, or name another file.")
  }

  /// Writes our process number into the file, for whoever waits.
  private func note() {
    let text = Array("\(getpid())\n".utf8)
    // The number only informs: when the disk is full, the lock holds all the same.
    guard ftruncate(descriptor, 0) == 0 else { return }
    _ = unsafe text.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  private static func holder(_ descriptor: Int32) -> String {
    // pread(2) fills at most the 24 bytes that it is lent.
    let text = unsafe String(unsafeUninitializedCapacity: 24) { buffer in
      max(0, unsafe pread(descriptor, buffer.baseAddress, buffer.count, 0))
    }
    let number = text.prefix { $0.isNumber }
    return number.isEmpty ? "Another process" : "Process \(number)"
  }
}
