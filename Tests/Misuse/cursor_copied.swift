// One cursor, one place: closing a copy would close the other.
// expected: 'cursor' used after consume
import LMDB

func misuse(_ environment: Environment, _ log: Table) throws(StoreError) {
  try environment.read { (txn) throws(StoreError) in
    var cursor = try txn.cursor(over: log)
    var copy = cursor
    _ = try copy.next()
    _ = try cursor.next()
  }
}
