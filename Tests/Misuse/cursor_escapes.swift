// A cursor must not outlive its transaction.
// expected: Escapable
import LMDB

func misuse(_ environment: Environment, _ log: Table) throws(StoreError) {
  let cursor: Cursor = try environment.read { (txn) throws(StoreError) in
    return try txn.cursor(over: log)
  }
  _ = consume cursor
}
