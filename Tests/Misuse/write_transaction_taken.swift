// Nor may the write transaction be taken out of its body.
// expected: missing reinitialization of inout parameter 'txn' after consume
import LMDB

func misuse(_ environment: Environment) throws(StoreError) {
  try environment.write { (txn: inout WriteTransaction) throws(StoreError) in
    let taken = txn
    _ = consume taken
  }
}
