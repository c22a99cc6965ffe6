// Why: LMDB maps the data file and trusts it. A file that is shorter than its last commit makes reading it a
// SIGBUS, so the two heads are read, and the length checked, before LMDB sees the file. The layout is that of
// MDB_page, MDB_meta and MDB_db in LMDB 0.9 on a 64-bit little-endian machine.

internal import Glibc

/// A look at a data file with plain reads: never through the map, so that it cannot crash.
final class DataFile {
  private let descriptor: Int32
  let path: String

  /// Opens the file `data.mdb` at `path`.
  init(path: String) throws(StoreError) {
    // Closing a second descriptor is harmless here: LMDB 0.9 keeps its fcntl locks on lock.mdb.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw StoreError(errno, "open", path: path) }
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  /// What a head says (MDB_meta).
  struct Head: Equatable {
    var pageSize: Int
    /// The record of the table of free pages (MDB_db), and that of the table of tables.
    var free: [UInt8]
    var main: [UInt8]
    var lastPage: UInt64
    var transaction: UInt64

    var freeRoot: UInt64 { free.little(40, UInt64.self) }
    var mainRoot: UInt64 { main.little(40, UInt64.self) }
  }

  /// Both heads of a file.
  struct Heads: Equatable {
    var older: Head
    var newest: Head
  }

  /// Throws `.truncated` when pages are missing that LMDB could read, `.damaged` or `.versionMismatch` when a
  /// head is broken.
  func check() throws(StoreError) {
    // Another process may commit between two of our reads: a fault is one only if the heads are still the same afterwards.
    for _ in 0..<100 {
      let before = try? heads()
      do throws(StoreError) { return try checkOnce() } catch {
        guard let before, before != (try? heads()) else { break }
      }
      usleep(1_000)
    }
    try checkOnce()
  }

  private func checkOnce() throws(StoreError) {
    let heads = try heads()
    let head = heads.newest
    let present = try present(head.pageSize)
    let needed = head.lastPage &+ 1
    let free = freePages(head.pageSize, present)
    if needed > present {
      // LMDB never writes a page that a transaction takes and gives back at the end of the file. Such
      // pages are free, and nothing reads them.
      let missing = present..<needed
      guard head.freeRoot < present,
        free.count(in: missing, root: head.freeRoot) == UInt64(missing.count)
      else {
        throw truncated(
          "The data file \(path) has \(present) pages, but \(needed) of \(head.pageSize) bytes each were committed."
        )
      }
    }
    try checkNumbers(heads, free)
    // LMDB reads the table of tables as soon as it opens one.
    var structure = StructureCheck(self, head, present: present)
    _ = structure.checkTables()
    if let fault = structure.faults.first {
      throw StoreError(
        .damaged, "open",
        "Page \(fault.page) of the data file \(path) is damaged. \(fault.message)",
        remedy: "Restore it from a backup, or delete it if it only holds what can be rebuilt.")
    }
  }

  /// Compares the heads' numbers with what their transactions freed.
  ///
  /// A number has no checksum, and one bit of it can make the newest head look like the older one of a pair, or the older like the
  /// newest: LMDB would then go back by a commit in silence. But every commit after the first replaces pages, and lists those that it
  /// replaced under its own number. So a head's table of free pages ends with the head's number; both heads' tables are still there,
  /// since what a commit freed is used again only by the one after the next.
  private func checkNumbers(
    _ heads: Heads, _ free: FreePages
  ) throws(StoreError) {
    let freed = free.newestTransaction(heads.newest.freeRoot)
    if heads.newest.transaction >= 2 {
      guard freed == heads.newest.transaction else { throw damagedHead() }
    } else {
      guard freed ?? 0 <= heads.newest.transaction else { throw damagedHead() }
      let isNew = heads.newest.transaction == 0
      guard !isNew || heads.newest.mainRoot == Page.none else { throw damagedHead() }
    }
    // What only the older head leads to may be damaged without harm, but it cannot be of a later transaction than the head. Except: a
    // commit whose head could not be written. LMDB (mdb_env_write_meta) then writes the old number and last page back over the rest.
    let before = free.newestTransaction(heads.older.freeRoot) ?? 0
    // Whoever saw that left a note; without it, the number was changed.
    let isUnfinished =
      before == heads.newest.transaction + 1 && heads.older.lastPage <= heads.newest.lastPage
      && UnfinishedCommit(in: FileSystem.parent(of: path)).transaction == before
    guard before <= heads.older.transaction || isUnfinished else { throw damagedHead() }
  }

  func freePages(_ pageSize: Int, _ present: UInt64) -> FreePages {
    FreePages(pageSize: pageSize, present: present) { page, count in
      self.bytes(at: Int(page) * pageSize, count: count * pageSize)
    }
  }

  /// Both heads, however often another process commits meanwhile.
  func stableHeads() throws(StoreError) -> Heads {
    for _ in 0..<100 {
      if let heads = try? heads() { return heads }
      usleep(1_000)
    }
    return try heads()
  }

  /// Both heads.
  func heads() throws(StoreError) -> Heads {
    let first = try head(at: 0)
    let second = try head(at: first.pageSize)
    // LMDB writes the heads in turn, transactions of even numbers into the first; new files have 0 in both.
    let isPair =
      first.transaction % 2 == 0
      && (second.transaction == first.transaction &+ 1
        || second.transaction &+ 1 == first.transaction
        || second.transaction == 0 && first.transaction == 0)
    guard isPair else { throw damagedHead() }
    return second.transaction > first.transaction
      ? Heads(older: first, newest: second) : Heads(older: second, newest: first)
  }

  func head(at offset: Int) throws(StoreError) -> Head {
    guard let bytes = bytes(at: offset, count: 152) else {
      throw truncated("The data file \(path) ends inside its head.")
    }
    // MDB_meta from 16: magic, version; the record of the free table (MDB_db) from 40, of the main one from 88.
    guard Page(bytes: bytes).flags & Page.meta != 0, bytes.little(16, UInt32.self) == 0xBEEF_C0DE
    else {
      throw damagedHead()
    }
    guard bytes.little(20, UInt32.self) == 1 else {
      throw StoreError(
        .versionMismatch, "open", "The data file \(path) has another format of LMDB.",
        remedy: "Open it with the program that wrote it.")
    }
    let pageSize = Int(bytes.little(40, UInt32.self))
    let lastPage = bytes.little(136, UInt64.self)
    guard pageSize >= 512, pageSize <= 65_536, pageSize & (pageSize - 1) == 0, lastPage < 1 << 47
    else {
      throw damagedHead()
    }
    return Head(
      pageSize: pageSize, free: Array(bytes[40..<88]), main: Array(bytes[88..<136]),
      lastPage: lastPage, transaction: bytes.little(144, UInt64.self))
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

  /// How many whole pages the file has.
  func present(_ pageSize: Int) throws(StoreError) -> UInt64 {
    var answer = stat()
    if unsafe fstat(descriptor, &answer) != 0 { throw StoreError(errno, "fstat", path: path) }
    return UInt64(Int(answer.st_size) / pageSize)
  }

  /// The page `number`; `nil` when it is not there.
  func page(_ number: UInt64, _ pageSize: Int) -> [UInt8]? {
    number < 1 << 47 ? bytes(at: Int(number) * pageSize, count: pageSize) : nil
  }

  /// `count` bytes from `offset`; `nil` when they are not all there.
  func bytes(at offset: Int, count: Int) -> [UInt8]? {
    Self.bytes(of: descriptor, at: offset, count: count)
  }

  /// `count` bytes from `offset` of an open file; `nil` when they are not all there.
  static func bytes(of descriptor: Int32, at offset: Int, count: Int) -> [UInt8]? {
    let read = bytes(of: descriptor, upTo: count, at: offset)
    return read.count == count ? read : nil
  }

  /// As many bytes from `offset` of an open file as there are, up to `count`.
  static func bytes(of descriptor: Int32, upTo count: Int, at offset: Int) -> [UInt8] {
    // pread(2) fills at most `count` bytes of the buffer, which has them.
    unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(0, unsafe pread(descriptor, buffer.baseAddress, count, offset))
    }
  }
}
