// Nor may it be what the body returns.
// expected: Escapable
import LMDB

func misuse(_ environment: Environment, _ log: Table) throws(StoreError) -> Int {
  let span: RawSpan? = try environment.read { (txn) throws(StoreError) in
    return try txn.get(UInt64(1), in: log)
  }
  return span?.byteCount ?? 0
}
