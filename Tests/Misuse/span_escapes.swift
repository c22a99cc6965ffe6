// A value that is lent by a snapshot must not outlive it.
// expected: lifetime-dependent variable 'leaked' escapes its scope
import LMDB

func misuse(_ environment: Environment, _ log: Table) throws(StoreError) -> Int {
  var leaked: RawSpan?
  try environment.read { (txn) throws(StoreError) in leaked = try txn.get(UInt64(1), in: log) }
  return leaked?.byteCount ?? 0
}
