// The body returns to commit and throws to abort; it can do neither twice.
// expected: 'commit' is inaccessible
import LMDB

func misuse(_ environment: Environment) throws(StoreError) {
  try environment.write { (txn) throws(StoreError) in try txn.commit() }
}
