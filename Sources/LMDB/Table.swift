// Why: a table is opened once, with its environment, so that no transaction ever opens one: lmdb.h allows
// mdb_dbi_open in one transaction at a time only. The handle remembers where it belongs.

internal import CLMDB

/// A named table of an environment. Get one from ``Environment/table(_:)``.
public struct Table: Sendable, Hashable {
  /// Its name.
  public let name: String
  let dbi: UInt32
  /// The handle of the table of tables.
  let tables: UInt32
  /// The number of the environment that it belongs to; tables of another one are refused.
  let environment: UInt32
  /// XXH3-64 of the name: the seed of its keys' hashes.
  let seed: UInt64
  /// Where keys were looked for last in vain.
  let gap = KnownGap()

  init(name: String, dbi: UInt32, tables: UInt32, environment: UInt32) {
    self.name = name
    self.dbi = dbi
    self.tables = tables
    self.environment = environment
    seed = name.withBytes { Checksum.xxh3($0) }
  }
}

extension Table {
  /// What LMDB says of the table in a transaction.
  func statistics(in transaction: OpaquePointer?) throws(StoreError) -> MDB_stat {
    var answer = MDB_stat()
    try check(unsafe mdb_stat(transaction, dbi, &answer), "mdb_stat")
    return answer
  }
}

/// How large a table is.
public struct TableStatistics: Sendable, Hashable {
  /// How many keys it holds.
  public let entries: Int
  /// Levels of its tree.
  public let depth: Int
  /// Pages of the tree that hold other pages.
  public let branchPages: Int
  /// Pages of the tree that hold keys and small values.
  public let leafPages: Int
  /// Pages outside the tree that hold large values.
  public let overflowPages: Int
  /// Bytes of one page.
  public let pageSize: Int

  /// Bytes that the table takes in the file.
  public var bytes: Int { (branchPages + leafPages + overflowPages) * pageSize }
}
