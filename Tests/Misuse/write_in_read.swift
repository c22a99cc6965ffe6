// A snapshot cannot be written.
// expected: has no member 'put'
import LMDB

func misuse(_ environment: Environment, _ log: Table) throws(StoreError) {
  try environment.read { (txn: borrowing ReadTransaction) throws(StoreError) in
    try txn.put(UInt64(1), [7], in: log)
  }
}
