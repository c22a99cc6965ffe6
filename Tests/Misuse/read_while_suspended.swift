// No transaction across a suspension: its thread might be another one afterwards.
// expected: is unavailable from asynchronous contexts
import LMDB

func misuse(_ environment: Environment, _ log: Table) async throws {
  try environment.read { (txn) throws(StoreError) in _ = try txn.get(UInt64(1), in: log) }
}
