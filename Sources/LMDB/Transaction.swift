// Why: reading is the same inside a snapshot and inside the write transaction. What is read is lent straight from
// the memory map, and the compiler sees to it that nothing lent outlives its transaction or a write.

internal import CLMDB

/// A transaction as the layers above may pass it on: opaque, and without a life of its own.
@safe
public struct TransactionHandle {
  let raw: OpaquePointer
  let environment: UInt32
  let isWriting: Bool
}

/// Something to read tables in: a ``ReadTransaction`` or a ``WriteTransaction``.
public protocol Transaction: ~Copyable {
  /// What stands for the transaction inside this module.
  var handle: TransactionHandle { get }
}

/// A snapshot of all tables. It sees what was committed when it began, and nothing later.
public struct ReadTransaction: ~Copyable, Transaction {
  /// What stands for the transaction inside this module.
  public let handle: TransactionHandle

  init(_ handle: TransactionHandle) { self.handle = handle }

  /// The number of the transaction whose state it sees (lmdb.h, mdb_txn_id).
  var number: UInt64 { UInt64(unsafe mdb_txn_id(handle.raw)) }

  // lmdb.h, mdb_txn_abort: the handle is freed and not used again; cursors of a read transaction may be closed
  // before, and have been, since they cannot escape it.
  deinit { unsafe mdb_txn_abort(handle.raw) }
}

extension Transaction where Self: ~Copyable {
  /// The value under `key`, without a copy and checked; `nil` when there is none.
  ///
  /// - Throws: `.damaged`, naming table and key, when the value fails its checksum, or when it was not found because a key near
  ///   it was changed.
  @_lifetime(borrow self)
  @inlinable
  public func get(_ key: borrowing some TableKey & ~Escapable, in table: Table) throws(StoreError)
    -> RawSpan?
  {
    let found = try key.withBytes { (bytes) throws(StoreError) in
      try handle.find(bytes, in: table)
    }
    guard let found else { return nil }
    // lmdb.h, MDB_val: valid until a later update or the end of the transaction. An update needs the
    // transaction exclusively and its end consumes it; both end this borrow first.
    return unsafe _overrideLifetime(found.span, borrowing: self)
  }

  /// Whether there is a value under `key`. The value itself is checked too.
  @inlinable
  public func contains(_ key: borrowing some TableKey & ~Escapable, in table: Table)
    throws(StoreError) -> Bool
  {
    try key.withBytes { (bytes) throws(StoreError) in try handle.find(bytes, in: table) != nil }
  }

  /// A cursor over `table`, before its first key. It cannot outlive the transaction, nor see a write.
  @_lifetime(borrow self)
  public func cursor(over table: Table) throws(StoreError) -> Cursor {
    let cursor = try Cursor(handle, table)
    // lmdb.h, mdb_cursor_open: not to be used after the transaction has ended; the borrow sees to that.
    return unsafe _overrideLifetime(cursor, borrowing: self)
  }

  /// How large `table` is.
  public func statistics(of table: Table) throws(StoreError) -> TableStatistics {
    handle.check(table)
    let answer = unsafe try table.statistics(in: handle.raw)
    return TableStatistics(
      entries: answer.ms_entries, depth: Int(answer.ms_depth),
      branchPages: answer.ms_branch_pages, leafPages: answer.ms_leaf_pages,
      overflowPages: answer.ms_overflow_pages, pageSize: Int(answer.ms_psize))
  }
}

/// Where a stored value lies. Only for handing over inside this module.
@usableFromInline
@safe
struct StoredBytes {
  let start: UnsafeRawPointer
  let count: Int

  @usableFromInline
  var span: RawSpan {
    @_lifetime(immortal)
    get { unsafe _overrideLifetime(RawSpan(_unsafeStart: start, byteCount: count), copying: ()) }
  }
}

extension TransactionHandle {
  /// A table of another environment has a number that means another table here.
  @inline(__always)
  func check(_ table: Table) {
    precondition(
      table.environment == environment,
      "the table belongs to another environment than the transaction")
  }

  /// Finds the value under `key` and checks it.
  @usableFromInline
  func find(_ key: RawSpan, in table: Table) throws(StoreError) -> StoredBytes? {
    check(table)
    var value = unsafe MDB_val()
    // lmdb.h, mdb_get: the key is only read, during the call.
    let result = unsafe key.withUnsafeBytes { bytes in
      var lent = unsafe MDB_val(bytes)
      return unsafe mdb_get(raw, table.dbi, &lent, &value)
    }
    if result == MDB_NOTFOUND {
      var cursor = try Cursor(self, table)
      try cursor.confirmAbsence(of: key)
      return nil
    }
    try LMDB.check(result, "mdb_get")
    return unsafe try StoredBytes(value, under: key, in: table)
  }
}

extension StoredBytes {
  /// The payload of `stored`, once its checksum fits.
  init(_ stored: MDB_val, under key: RawSpan, in table: Table) throws(StoreError) {
    let count = unsafe stored.mv_size - Checksum.trailer
    guard count >= 0, let start = unsafe UnsafeRawPointer(stored.mv_data) else {
      throw StoreError.damaged(table.name, key.copy)
    }
    MappedPages.noteRead(of: count)
    // lmdb.h, mdb_get: mv_size bytes at mv_data, in the map, valid while the transaction is.
    let payload = unsafe RawSpan(_unsafeStart: start, byteCount: count)
    let written = unsafe UInt64(
      littleEndian: start.loadUnaligned(fromByteOffset: count, as: UInt64.self))
    guard Checksum.of(payload, under: key, in: table) == written else {
      throw StoreError.damaged(table.name, key.copy)
    }
    unsafe self.start = start
    self.count = count
  }
}

extension MDB_val {
  /// Lends `bytes` to LMDB, which never writes through a key (lmdb.h takes all MDB_val by the same type).
  @inline(__always)
  init(_ bytes: UnsafeRawBufferPointer) {
    unsafe self.init(
      mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
  }
}

extension RawSpan {
  /// A copy of the bytes.
  var copy: [UInt8] { unsafe withUnsafeBytes { unsafe [UInt8]($0) } }
}
