// Why: a tree says how many pages and entries it has; when all of them were counted, they must be those.

/// What is kept of a table (MDB_db).
struct TreeRecord: Equatable {
  /// How its keys are compared, and whether a key may have several values (`lmdb.h`, mdb_dbi_open).
  var flags: UInt16
  var depth: Int
  var branchPages: UInt64
  var leafPages: UInt64
  var overflowPages: UInt64
  var entries: UInt64
  var root: UInt64

  static let byteCount = 48

  /// Pages of all kinds.
  var pages: UInt64 { branchPages &+ leafPages &+ overflowPages }

  /// The record that stands at `offset`; `nil` when it is cut off.
  init?(_ bytes: [UInt8], at offset: Int) {
    guard offset + Self.byteCount <= bytes.count else { return nil }
    flags = bytes.little(offset + 4, UInt16.self)
    depth = Int(bytes.little(offset + 6, UInt16.self))
    branchPages = bytes.little(offset + 8, UInt64.self)
    leafPages = bytes.little(offset + 16, UInt64.self)
    overflowPages = bytes.little(offset + 24, UInt64.self)
    entries = bytes.little(offset + 32, UInt64.self)
    root = bytes.little(offset + 40, UInt64.self)
  }
}
