// What goes wrong in the store has a type that says so.
// expected: type 'any Error' cannot conform to 'StoreFailure'
import LMDB

func misuse(_ environment: Environment, _ log: Table) throws -> Bool {
  try environment.read { txn in
    _ = log.name
    return try txn.contains(UInt64(1), in: log)
  }
}
