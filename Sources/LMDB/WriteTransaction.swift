// Why: all changes of a batch are one transaction. Values are written straight into LMDB's page (MDB_RESERVE) with their checksum
// behind them: one copy, and no value without its check.

internal import CLMDB

/// What to do about a key that exists already.
public enum PutMode: Sendable, Hashable {
  /// Replace its value.
  case replace
  /// Refuse: `.keyExists`.
  case insert
  /// Write behind the last key, which is fastest; a key that is not greater is refused: `.keyExists`.
  case append
}

/// The one write transaction. It is committed when the body of ``Environment/write(reserving:_:)`` returns.
///
/// What `get` lends must be done with before the next write. The compiler counts a `let` as in use until the end of its scope, so
/// read inside an expression, an `if let` or a `do` block:
///
///     let size = try txn.get(key, in: table)?.byteCount ?? 0
///     try txn.put(key, count: size + 1, in: table) { … }
public struct WriteTransaction: ~Copyable, Transaction {
  /// What stands for the transaction inside this module.
  public let handle: TransactionHandle

  init(_ handle: TransactionHandle) { self.handle = handle }

  // lmdb.h, mdb_txn_abort: the handle is freed and not used again; its cursors are closed, since they cannot escape.
  deinit { unsafe mdb_txn_abort(handle.raw) }

  /// Its number; the head of a commit has it.
  var number: UInt64 { UInt64(unsafe mdb_txn_id(handle.raw)) }

  /// Makes everything that was written durable, at once.
  @usableFromInline
  consuming func commit() throws(StoreError) {
    // lmdb.h, mdb_txn_commit: frees the handle whatever it returns, so the deinitialiser must not.
    let result = unsafe mdb_txn_commit(handle.raw)
    discard self
    try check(result, "mdb_txn_commit")
  }

  /// Leaves the transaction to the process that began it.
  consuming func abandon() { discard self }

  /// Writes `value` under `key`.
  @inlinable
  public mutating func put(
    _ key: borrowing some TableKey & ~Escapable, _ value: RawSpan, in table: Table,
    _ mode: PutMode = .replace
  ) throws(StoreError) {
    try key.withBytes { (bytes) throws(StoreError) in
      try handle.store(value, under: bytes, in: table, mode)
    }
  }

  /// Writes `value` under `key`.
  @inlinable
  public mutating func put(
    _ key: borrowing some TableKey & ~Escapable, _ value: [UInt8], in table: Table,
    _ mode: PutMode = .replace
  ) throws(StoreError) {
    try key.withBytes { (bytes) throws(StoreError) in
      unsafe try handle.store(value.span.bytes, under: bytes, in: table, mode)  // no padding
    }
  }

  /// Writes a value of `count` bytes under `key`; `fill` writes them straight into the page, and must write them all.
  @inlinable
  public mutating func put(
    _ key: borrowing some TableKey & ~Escapable, count: Int, in table: Table,
    _ mode: PutMode = .replace, fill: (inout OutputRawSpan) -> Void
  ) throws(StoreError) {
    try key.withBytes { (bytes) throws(StoreError) in
      let start = unsafe try handle.reserve(count, under: bytes, in: table, mode)
      // lmdb.h, MDB_RESERVE: the space may be filled until the next update or the end of the transaction; this
      // call borrows the transaction exclusively until it is full.
      let space = unsafe UnsafeMutableRawBufferPointer(start: start, count: count)
      var output = unsafe OutputRawSpan(buffer: space, initializedCount: 0)
      fill(&output)
      let written = unsafe output.finalize(for: space)
      precondition(written == count, "a value must fill exactly the bytes that it reserved")
      unsafe handle.seal(start, count, under: bytes, in: table)
    }
  }

  /// Deletes `key`; `false` when it was not there. Its bytes stay in the file until their page is used again.
  @discardableResult
  @inlinable
  public mutating func delete(_ key: borrowing some TableKey & ~Escapable, in table: Table)
    throws(StoreError) -> Bool
  {
    try key.withBytes { (bytes) throws(StoreError) in try handle.remove(bytes, in: table) }
  }

  /// Deletes every key from `lower` up to, but not including, `upper`, and returns how many there were.
  @discardableResult
  @inlinable
  public mutating func delete(
    from lower: borrowing some TableKey & ~Escapable,
    upTo upper: borrowing some TableKey & ~Escapable, in table: Table
  ) throws(StoreError) -> Int {
    // The closures of two lent keys do not nest, so the upper bound is copied.
    let bound = upper.withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) } }
    return try lower.withBytes { (bytes) throws(StoreError) in
      try handle.removeRange(bytes, bound, in: table)
    }
  }

  /// Deletes every key of `table`.
  public mutating func empty(_ table: Table) throws(StoreError) {
    handle.check(table)
    // lmdb.h, mdb_drop: 0 empties the table and keeps its handle open.
    try check(unsafe mdb_drop(handle.raw, table.dbi, 0), "mdb_drop")
  }
}

extension TransactionHandle {
  /// Reserves `count` bytes and room for their checksum, and returns where they begin.
  @usableFromInline
  @unsafe
  func reserve(_ count: Int, under key: RawSpan, in table: Table, _ mode: PutMode)
    throws(StoreError) -> UnsafeMutableRawPointer
  {
    check(table)
    let flags =
      switch mode {
      case .replace: UInt32(MDB_RESERVE)
      case .insert: UInt32(MDB_RESERVE) | UInt32(MDB_NOOVERWRITE)
      case .append: UInt32(MDB_RESERVE) | UInt32(MDB_APPEND)
      }
    var value = unsafe MDB_val(mv_size: count + Checksum.trailer, mv_data: nil)
    // lmdb.h, mdb_put: the key is only read; MDB_RESERVE returns the address of mv_size bytes.
    let result = unsafe key.withUnsafeBytes { bytes in
      var lent = unsafe MDB_val(bytes)
      return unsafe mdb_put(raw, table.dbi, &lent, &value, flags)
    }
    try LMDB.check(result, "mdb_put")
    guard let start = unsafe value.mv_data else { throw StoreError(MDB_PANIC, "mdb_put") }
    return unsafe start
  }

  /// Writes the checksum behind the `count` bytes at `start`, as ``reserve(_:under:in:_:)`` left room for.
  @usableFromInline
  @unsafe
  func seal(_ start: UnsafeMutableRawPointer, _ count: Int, under key: RawSpan, in table: Table) {
    let payload = unsafe RawSpan(_unsafeStart: UnsafeRawPointer(start), byteCount: count)
    let checksum = Checksum.of(payload, under: key, in: table)
    unsafe start.storeBytes(of: checksum.littleEndian, toByteOffset: count, as: UInt64.self)
  }

  /// Writes `value` and its checksum.
  @usableFromInline
  func store(_ value: RawSpan, under key: RawSpan, in table: Table, _ mode: PutMode)
    throws(StoreError)
  {
    let start = unsafe try reserve(value.byteCount, under: key, in: table, mode)
    // The checksum is of the caller's bytes: a fault while they are copied shows when they are read.
    let checksum = Checksum.of(value, under: key, in: table)
    unsafe value.withUnsafeBytes { bytes in
      if let source = bytes.baseAddress {
        unsafe start.copyMemory(from: source, byteCount: bytes.count)
      }
    }
    unsafe start.storeBytes(
      of: checksum.littleEndian, toByteOffset: value.byteCount, as: UInt64.self)
  }

  @usableFromInline
  func remove(_ key: RawSpan, in table: Table) throws(StoreError) -> Bool {
    check(table)
    // lmdb.h, mdb_del: the key is only read, and data may be null in a table without duplicates.
    let result = unsafe key.withUnsafeBytes { bytes in
      var lent = unsafe MDB_val(bytes)
      return unsafe mdb_del(raw, table.dbi, &lent, nil)
    }
    if result == MDB_NOTFOUND { return false }
    try LMDB.check(result, "mdb_del")
    return true
  }

  @usableFromInline
  func removeRange(_ lower: RawSpan, _ upper: [UInt8], in table: Table) throws(StoreError)
    -> Int
  {
    let cursor = try Cursor(self, table)
    var count = 0
    var found = try cursor.position(MDB_SET_RANGE, at: lower)
    while found, upper.withBytes({ cursor.compare($0) }) < 0 {
      // lmdb.h, mdb_cursor_del: the cursor stays valid, and MDB_NEXT goes on behind what was deleted.
      try LMDB.check(unsafe mdb_cursor_del(cursor.raw, 0), "mdb_cursor_del")
      count += 1
      found = try cursor.position(MDB_NEXT, at: lower)
    }
    return count
  }
}
