// An entry that a cursor lends must not outlive the transaction.
// expected: lifetime-dependent variable 'leaked' escapes its scope
import LMDB

func misuse(_ environment: Environment, _ log: Table) throws(StoreError) -> Int {
  var leaked: Entry?
  try environment.read { (txn) throws(StoreError) in
    var cursor = try txn.cursor(over: log)
    leaked = try cursor.next()
  }
  return leaked?.key.byteCount ?? 0
}
