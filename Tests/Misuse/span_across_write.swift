// A write ends the life of what was lent before it: LMDB may move the page.
// expected: overlapping accesses to 'txn'
import LMDB

func misuse(_ environment: Environment, _ log: Table) throws(StoreError) {
  try environment.write { (txn: inout WriteTransaction) throws(StoreError) in
    let old = try txn.get(UInt64(1), in: log)
    try txn.put(UInt64(2), [7], in: log)
    _ = old?.byteCount
  }
}
