// A transaction must not be kept.
// expected: implicit conversion to 'ReadTransaction?' is consuming
import LMDB

final class Box {
  var kept: ReadTransaction?
}

func misuse(_ environment: Environment, _ box: Box) throws(StoreError) {
  try environment.read { (txn: borrowing ReadTransaction) throws(StoreError) in box.kept = txn }
}
