// Why: lmdb.h, mdb_dbi_open: tables are opened once, in one transaction, before any other thread uses the environment.

internal import CLMDB

/// Opens the tables of an environment.
enum TableOpening {
  /// Opens each table of `names`; makes those that are absent when `mode` is `.create`.
  static func open(
    _ names: [String], in environment: OpaquePointer, number: UInt32, mode: OpenMode, path: String
  ) throws(StoreError) -> [String: Table] {
    do throws(StoreError) {
      // Most openings find everything: then no writer is disturbed and nothing is synchronised.
      return unsafe try open(names, in: environment, number, UInt32(MDB_RDONLY), 0, path)
    } catch  where error.code == .absent && mode == .create {
      return unsafe try open(names, in: environment, number, 0, UInt32(MDB_CREATE), path)
    }
  }

  private static func open(
    _ names: [String], in environment: OpaquePointer, _ number: UInt32, _ transactionFlags: UInt32,
    _ tableFlags: UInt32, _ path: String
  ) throws(StoreError) -> [String: Table] {
    var begun: OpaquePointer?
    try check(
      unsafe mdb_txn_begin(environment, nil, transactionFlags, &begun), "mdb_txn_begin", path: path)
    guard let transaction = unsafe begun else { throw StoreError(MDB_PANIC, "mdb_txn_begin") }
    var tables: [String: Table] = [:]
    do throws(StoreError) {
      // lmdb.h, mdb_dbi_open: no name stands for the table in which the others lie.
      var main: UInt32 = 0
      try check(unsafe mdb_dbi_open(transaction, nil, 0, &main), "mdb_dbi_open", path: path)
      for name in names {
        var dbi: UInt32 = 0
        let result = unsafe mdb_dbi_open(transaction, name, tableFlags, &dbi)
        if result == MDB_NOTFOUND {
          throw StoreError(
            .absent, "mdb_dbi_open", "\(path) has no table \"\(name)\".",
            remedy: "Check that it is the right directory, or create the table.")
        }
        try check(result, "mdb_dbi_open", path: path)
        tables[name] = Table(name: name, dbi: dbi, tables: main, environment: number)
      }
    } catch {
      // lmdb.h, mdb_txn_abort: frees the handle; the tables opened in it are closed with it.
      unsafe mdb_txn_abort(transaction)
      throw error
    }
    let transactionNumber = UInt64(unsafe mdb_txn_id(transaction))
    do throws(StoreError) {
      // lmdb.h, mdb_dbi_open: the handles stay valid for later transactions only if this one commits.
      try check(unsafe mdb_txn_commit(transaction), "mdb_txn_commit", path: path)
    } catch {
      unsafe UnfinishedCommit(in: path).leave(transactionNumber, ifFatalIn: environment)
      throw error
    }
    return tables
  }
}
