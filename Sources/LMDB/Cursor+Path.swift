// Why: a key that LMDB does not find between two neighbours on one whole page is not there. Where the neighbours lie on two pages, or one
// is absent, a page could lie between them that a branch no longer counts, or leads past. Then the way from the root to where the key
// belongs is gone again with plain reads, and every page on it must be whole.

internal import CLMDB
internal import Synchronization

/// The gap in which keys were looked for last in vain: keys that are recorded in their order all belong behind the last one.
final class KnownGap: Sendable, Hashable {
  /// In one snapshot: behind the last key of a leaf, before the first of what follows.
  struct Gap: Sendable {
    var transaction: Int
    var after: [UInt8]
    var before: [UInt8]?
  }
  let last = Mutex<Gap?>(nil)

  static func == (a: KnownGap, b: KnownGap) -> Bool { a === b }
  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

extension Cursor {
  /// Makes sure that the way to `key` from the root, over pages that are whole, ends on a leaf that does not have it. Of a read
  /// transaction: its pages are in the file.
  func confirmPath(to key: RawSpan) throws(StoreError) {
    let key = key.copy
    // lmdb.h, mdb_txn_id: of a read transaction, the number of its snapshot.
    let transaction = unsafe mdb_txn_id(mdb_cursor_txn(raw))
    let isKnown = table.gap.last.withLock { gap in
      guard let gap, gap.transaction == transaction else { return false }
      return gap.after.lexicographicallyPrecedes(key)
        && gap.before.map { key.lexicographicallyPrecedes($0) } ?? true
    }
    if isKnown { return }
    guard let gap = try walk(to: key) else { throw StoreError.damaged(table.name, key) }
    if let after = gap.after {
      table.gap.last.withLock {
        $0 = .init(transaction: transaction, after: after, before: gap.before)
      }
    }
  }

  /// The gap in which `key` belongs: behind the last key of its leaf, if that comes before it, and before that of the next page. `nil` when a
  /// page is not whole, or has the key.
  private func walk(to key: [UInt8]) throws(StoreError) -> (after: [UInt8]?, before: [UInt8]?)? {
    guard let record = try record() else { return nil }
    if record.root == Page.none {
      return record.entries == 0 && record.depth == 0 ? (nil, nil) : nil
    }
    let size = Int(try statistics().ms_psize)
    var number = record.root
    var (lower, upper): ([UInt8]?, [UInt8]?) = (nil, nil)
    for level in 1...max(1, record.depth) {
      let isLeaf = level == record.depth
      guard let page = try page(number, size), page.number == number,
        page.flags == (isLeaf ? Page.leaf : Page.branch), page.isWhole,
        page.hasRisingKeys(from: lower, before: upper)
      else { return nil }
      let place = page.place(of: key)
      if isLeaf {
        guard let place, let found = page.node(place)?.key else { return (nil, upper) }
        if page.bytes[found].elementsEqual(key) { return nil }
        return place + 1 == page.count ? (Array(page.bytes[found]), upper) : (nil, upper)
      }
      guard let place, let node = page.node(place) else { return nil }
      if place > 0 { lower = Array(page.bytes[node.key]) }
      if place + 1 < page.count, let next = page.node(place + 1) {
        upper = Array(page.bytes[next.key])
      }
      number = node.child
    }
    return nil
  }

  /// What the table of tables says of this one.
  private func record() throws(StoreError) -> TreeRecord? {
    var cursor: OpaquePointer?
    try LMDB.check(
      unsafe mdb_cursor_open(mdb_cursor_txn(raw), table.tables, &cursor), "mdb_cursor_open")
    // lmdb.h, mdb_cursor_close: before the end of its transaction, inside of which this is.
    defer { unsafe mdb_cursor_close(cursor) }
    let name = Array(table.name.utf8)
    var value = unsafe MDB_val()
    // lmdb.h, mdb_cursor_get: the key that is looked for is only read; the value is copied at once.
    let result = unsafe name.span.bytes.withUnsafeBytes { bytes in
      var lent = unsafe MDB_val(bytes)
      return unsafe mdb_cursor_get(cursor, &lent, &value, MDB_SET)
    }
    try LMDB.check(result, "mdb_cursor_get")
    guard unsafe value.mv_size == TreeRecord.byteCount, let start = unsafe value.mv_data else {
      return nil
    }
    let bytes = unsafe Array(UnsafeRawBufferPointer(start: start, count: TreeRecord.byteCount))
    return TreeRecord(bytes, at: 0)
  }

  /// The page `number`, read from the file.
  private func page(_ number: UInt64, _ size: Int) throws(StoreError) -> Page? {
    var descriptor: Int32 = -1
    // lmdb.h, mdb_env_get_fd: the descriptor stays LMDB's own.
    try LMDB.check(
      unsafe mdb_env_get_fd(mdb_txn_env(mdb_cursor_txn(raw)), &descriptor), "mdb_env_get_fd")
    guard number < 1 << 47 else { return nil }
    return DataFile.bytes(of: descriptor, at: Int(number) * size, count: size).map {
      Page(bytes: $0)
    }
  }
}
