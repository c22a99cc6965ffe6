// Why: ranges are read in the order of their keys, forwards or backwards, without a copy. A cursor lives inside its
// transaction's borrow, so it can neither outlive it nor stand across a write.

internal import CLMDB

/// A key and its value, lent by a cursor; both live as long as the transaction's borrow.
public struct Entry: ~Escapable {
  /// The key.
  public let key: RawSpan
  /// The value, checked.
  public let value: RawSpan

  @_lifetime(copy key, copy value)
  init(key: RawSpan, value: RawSpan) {
    self.key = key
    self.value = value
  }
}

/// A place in a table.
@safe
public struct Cursor: ~Copyable, ~Escapable {
  let raw: OpaquePointer
  let table: Table
  private let isWriting: Bool

  @_lifetime(immortal)
  init(_ transaction: TransactionHandle, _ table: Table) throws(StoreError) {
    transaction.check(table)
    var cursor: OpaquePointer?
    try LMDB.check(
      unsafe mdb_cursor_open(transaction.raw, table.dbi, &cursor), "mdb_cursor_open")
    guard let cursor = unsafe cursor else { throw StoreError(MDB_PANIC, "mdb_cursor_open") }
    unsafe raw = cursor
    self.table = table
    isWriting = transaction.isWriting
  }

  // lmdb.h, mdb_cursor_close: before the end of its transaction, which this borrow guarantees.
  deinit { unsafe mdb_cursor_close(raw) }

  /// The entry with the smallest key; `nil` when the table is empty.
  @_lifetime(copy self)
  public mutating func first() throws(StoreError) -> Entry? { try entry(MDB_FIRST) }

  /// The entry with the greatest key; `nil` when the table is empty.
  @_lifetime(copy self)
  public mutating func last() throws(StoreError) -> Entry? { try entry(MDB_LAST) }

  /// The next entry, or the first one of a new cursor; `nil` behind the last one.
  @_lifetime(copy self)
  public mutating func next() throws(StoreError) -> Entry? { try entry(MDB_NEXT) }

  /// The entry before this one, or the last one of a new cursor; `nil` before the first one.
  @_lifetime(copy self)
  public mutating func previous() throws(StoreError) -> Entry? { try entry(MDB_PREV) }

  /// The entry with the smallest key that is `key` or greater; `nil` when there is none.
  @_lifetime(copy self)
  public mutating func seek(atLeast key: borrowing some TableKey & ~Escapable) throws(StoreError)
    -> Entry?
  {
    let found = try key.withBytes { (bytes) throws(StoreError) in
      try position(MDB_SET_RANGE, at: bytes)
    }
    return found ? try entry(MDB_GET_CURRENT) : nil
  }

  /// The entry with the greatest key that is `key` or smaller; `nil` when there is none.
  @_lifetime(copy self)
  public mutating func seek(atMost key: borrowing some TableKey & ~Escapable) throws(StoreError)
    -> Entry?
  {
    let order: Int? = try key.withBytes { (bytes) throws(StoreError) in
      try position(MDB_SET_RANGE, at: bytes) ? compare(bytes) : nil
    }
    guard let order else { return try entry(MDB_LAST) }
    return try entry(order == 0 ? MDB_GET_CURRENT : MDB_PREV)
  }

  /// Moves the cursor; `false` when there is nothing to move to.
  func position(_ operation: MDB_cursor_op, at key: RawSpan) throws(StoreError) -> Bool {
    var value = unsafe MDB_val()
    // lmdb.h, mdb_cursor_get: the key that is looked for is only read.
    let result = unsafe key.withUnsafeBytes { bytes in
      var lent = unsafe MDB_val(bytes)
      return unsafe mdb_cursor_get(raw, &lent, &value, operation)
    }
    if result == MDB_NOTFOUND { return false }
    try LMDB.check(result, "mdb_cursor_get")
    return true
  }

  /// How the key at the cursor compares with `other`: negative, 0 or positive.
  func compare(_ other: RawSpan) -> Int {
    var key = unsafe MDB_val()
    var value = unsafe MDB_val()
    guard unsafe mdb_cursor_get(raw, &key, &value, MDB_GET_CURRENT) == MDB_SUCCESS else { return 0 }
    return unsafe other.withUnsafeBytes { bytes in
      var lent = unsafe MDB_val(bytes)
      // lmdb.h, mdb_cmp: as the table compares its keys; both are only read.
      return Int(unsafe mdb_cmp(mdb_cursor_txn(raw), table.dbi, &key, &lent))
    }
  }

  /// The value at the cursor as it stands in the file, without its checksum, which it may fail.
  func remains() throws(StoreError) -> [UInt8] {
    var key = unsafe MDB_val()
    var value = unsafe MDB_val()
    try LMDB.check(
      unsafe mdb_cursor_get(raw, &key, &value, MDB_GET_CURRENT), "mdb_cursor_get")
    // lmdb.h, mdb_cursor_get: mv_size bytes at mv_data, valid while the transaction is; copied before it ends.
    return unsafe [UInt8](
      UnsafeRawBufferPointer(
        start: value.mv_data, count: max(0, value.mv_size - Checksum.trailer)))
  }

  /// Makes sure that `key`, which LMDB did not find, is not there.
  ///
  /// LMDB checks neither keys nor the places of entries in a page, nor how many there are. If one was changed in the file, looking for what
  /// it hides ends beside it: at an entry that fails its checksum, between two that do not enclose the key, at one that is not in order with
  /// the next, or on a page that its entries do not fill. Between two pages the branches above them are looked at too.
  mutating func confirmAbsence(of key: RawSpan) throws(StoreError) {
    var checked: UInt?
    let hasGreater = try position(MDB_SET_RANGE, at: key)
    if hasGreater {
      guard let greater = try entry(MDB_GET_CURRENT), compare(key) > 0 else {
        throw StoreError.damaged(table.name, key.copy)
      }
      try checkPage(of: greater.key, key, &checked)
      if try entry(MDB_NEXT) != nil {
        guard compare(greater.key) > 0 else { throw StoreError.damaged(table.name, key.copy) }
        // Back by a step: LMDB would find the key anew by comparing it with the page's first, which is not what it does at first.
        _ = try entry(MDB_PREV)
      }
    }
    let between = checked
    guard let smaller = try entry(hasGreater ? MDB_PREV : MDB_LAST) else {
      if !hasGreater, try statistics().ms_entries != 0 {
        throw StoreError.damaged(table.name, key.copy)
      }
      if !isWriting { try confirmPath(to: key) }
      return
    }
    try checkPage(of: smaller.key, key, &checked)
    guard compare(key) < 0, try entry(MDB_PREV) == nil || compare(smaller.key) < 0 else {
      throw StoreError.damaged(table.name, key.copy)
    }
    if !isWriting, between != checked { try confirmPath(to: key) }
  }

  /// Checks the page of `neighbour` unless it is the one that was `checked` last.
  private func checkPage(
    of neighbour: RawSpan, _ key: RawSpan, _ checked: inout UInt?
  ) throws(StoreError) {
    if isWriting { return }
    let page = page(of: neighbour)
    if page == checked { return }
    guard try countsAllEntries(page) else { throw StoreError.damaged(table.name, key.copy) }
    checked = page
  }

  @_lifetime(copy self)
  private func entry(_ operation: MDB_cursor_op) throws(StoreError) -> Entry? {
    var key = unsafe MDB_val()
    var value = unsafe MDB_val()
    let result = unsafe mdb_cursor_get(raw, &key, &value, operation)
    if result == MDB_NOTFOUND { return nil }
    try LMDB.check(result, "mdb_cursor_get")
    // lmdb.h, mdb_cursor_get: address and length of both, valid until a later update or the end of the transaction.
    // Neither can happen while the cursor, and so its borrow of the transaction, lives.
    let keyBytes = unsafe RawSpan(
      _unsafeStart: UnsafeRawPointer(key.mv_data), byteCount: key.mv_size)
    let found = unsafe try StoredBytes(value, under: keyBytes, in: table)
    let entry = Entry(key: keyBytes, value: found.span)
    return unsafe _overrideLifetime(entry, copying: self)
  }
}
