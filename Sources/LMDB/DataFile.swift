// Why: LMDB maps the data file and trusts it. A file that is shorter than its last commit makes reading it a
// SIGBUS, so the two heads are read, and the length checked, before LMDB sees the file. The layout is that of
// MDB_page, MDB_meta and MDB_db in LMDB 0.9 on a 64-bit little-endian machine.

internal import Glibc

/// A look at a data file with plain reads: never through the map, so that it cannot crash.
final class DataFile {
  private let descriptor: Int32
  private let path: String

  /// Opens the file `data.mdb` at `path`.
  init(path: String) throws(StoreError) {
    // Closing a second descriptor is harmless here: LMDB 0.9 keeps its fcntl locks on lock.mdb.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw StoreError(errno, "open", path: path) }
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  /// What the newest head says.
  private struct Head {
    var pageSize: Int
    var freeRoot: UInt64
    var lastPage: UInt64
    var transaction: UInt64
  }

  /// Throws `.truncated` when pages are missing that LMDB could read, `.damaged` or `.versionMismatch` when a
  /// head is broken.
  func check() throws(StoreError) {
    // Another process may commit between two of our reads: a fault is one only if it is still there later.
    for _ in 0..<3 {
      if (try? checkOnce()) != nil { return }
      usleep(2_000)
    }
    try checkOnce()
  }

  private func checkOnce() throws(StoreError) {
    let head = try newestHead()
    let size = try length()
    let present = UInt64(size / head.pageSize)
    let needed = head.lastPage &+ 1
    if needed <= present { return }
    // LMDB never writes a page that a transaction takes and gives back at the end of the file. Such
    // pages are free, and nothing reads them.
    let missing = present..<needed
    if head.freeRoot < present {
      let free = FreePages(pageSize: head.pageSize, present: present) { page, count in
        self.bytes(at: Int(page) * head.pageSize, count: count * head.pageSize)
      }
      if free.count(in: missing, root: head.freeRoot) == UInt64(missing.count) { return }
    }
    throw truncated(
      "The data file \(path) has \(size) bytes, but \(needed) pages of \(head.pageSize) bytes were committed."
    )
  }

  private func newestHead() throws(StoreError) -> Head {
    let first = try head(at: 0)
    let second = try head(at: first.pageSize)
    // LMDB writes the heads in turn, transactions of even numbers into the first; new files have 0 in both. A number that was
    // changed would make LMDB take the older head for the newer one, and lose the last commit in silence.
    let isPair =
      first.transaction % 2 == 0
      && (second.transaction == first.transaction &+ 1
        || second.transaction &+ 1 == first.transaction
        || second.transaction == 0 && first.transaction == 0)
    guard isPair else { throw damagedHead() }
    return second.transaction > first.transaction ? second : first
  }

  private func head(at offset: Int) throws(StoreError) -> Head {
    guard let page = bytes(at: offset, count: 152) else {
      throw truncated("The data file \(path) ends inside its head.")
    }
    // MDB_page: mp_flags at 10, P_META 8. MDB_meta from 16: magic, version; free table's record from 40.
    let isHead = page.little(10, UInt16.self) & 8 != 0
    guard isHead, page.little(16, UInt32.self) == 0xBEEF_C0DE else {
      throw damagedHead()
    }
    guard page.little(20, UInt32.self) == 1 else {
      throw StoreError(
        .versionMismatch, "open", "The data file \(path) has another format of LMDB.",
        remedy: "Open it with the program that wrote it.")
    }
    let pageSize = Int(page.little(40, UInt32.self))
    let lastPage = page.little(136, UInt64.self)
    guard pageSize >= 512, pageSize <= 65_536, pageSize & (pageSize - 1) == 0, lastPage < 1 << 47
    else {
      throw damagedHead()
    }
    return Head(
      pageSize: pageSize, freeRoot: page.little(80, UInt64.self), lastPage: lastPage,
      transaction: page.little(144, UInt64.self))
  }

  private func damagedHead() -> StoreError {
    StoreError(
      .damaged, "open", "The head of the data file \(path) is damaged.",
      remedy: "Restore it from a backup, or delete it if it only holds what can be rebuilt.")
  }

  private func truncated(_ message: String) -> StoreError {
    StoreError(
      .truncated, "open", message,
      remedy: "It was cut off or copied while in use: restore it from a backup.")
  }

  private func length() throws(StoreError) -> Int {
    var answer = stat()
    if unsafe fstat(descriptor, &answer) != 0 { throw StoreError(errno, "fstat", path: path) }
    return Int(answer.st_size)
  }

  /// `count` bytes from `offset`; `nil` when they are not all there.
  private func bytes(at offset: Int, count: Int) -> [UInt8]? {
    // pread(2) fills at most `count` bytes of the buffer, which has them.
    let read = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(0, unsafe pread(descriptor, buffer.baseAddress, count, offset))
    }
    return read.count == count ? read : nil
  }
}

extension [UInt8] {
  /// The little-endian number at `offset`.
  func little<N: FixedWidthInteger>(_ offset: Int, _: N.Type) -> N {
    var number: N = 0
    for i in 0..<N.bitWidth / 8 { number |= N(self[offset + i]) << (8 * i) }
    return number
  }
}
