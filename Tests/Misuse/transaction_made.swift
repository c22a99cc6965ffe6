// Only an environment makes transactions.
// expected: 'ReadTransaction' initializer is inaccessible
import LMDB

func misuse(_ handle: TransactionHandle) {
  _ = ReadTransaction(handle)
}
