// The control: everything that the other programs do, done rightly. It must compile, or they would prove nothing.
// expected: nothing
import LMDB

func control(_ environment: Environment) throws(StoreError) -> UInt64 {
  let log = try environment.table("log")
  try environment.write { (txn) throws(StoreError) in
    let length = try txn.get(UInt64(1), in: log)?.byteCount ?? 0
    try txn.put(UInt64(2), count: 8, in: log) { $0.append(littleEndian: UInt64(length)) }
  }
  return try environment.read { (txn) throws(StoreError) in
    var cursor = try txn.cursor(over: log)
    let first = try cursor.next()
    let second = try cursor.next()
    guard let first, let second else { return 0 }
    return first.key.keyPart() + second.key.keyPart()
  }
}
