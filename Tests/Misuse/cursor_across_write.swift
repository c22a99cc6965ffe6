// A cursor must not stand across a write of the same transaction.
// expected: overlapping accesses to 'txn'
import LMDB

func misuse(_ environment: Environment, _ log: Table) throws(StoreError) {
  try environment.write { (txn: inout WriteTransaction) throws(StoreError) in
    var cursor = try txn.cursor(over: log)
    _ = try cursor.next()
    try txn.delete(UInt64(1), in: log)
    _ = try cursor.next()
  }
}
