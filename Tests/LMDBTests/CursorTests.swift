// A cursor moves in the order of the keys and never past an end.

import LMDB
import Testing

@Suite struct CursorTests {
  private let scratch: Scratch
  private let environment: Environment
  private let log: Table

  init() throws {
    scratch = try Scratch()
    environment = try scratch.open()
    log = try environment.table("log")
    try environment.fill([10, 20, 30, 256, 70_000])
  }

  @Test func `a new cursor walks forwards from the first and backwards from the last`() throws {
    try environment.read { (txn) throws(StoreError) in
      var forwards: [UInt64] = []
      var backwards: [UInt64] = []
      var cursor = try txn.cursor(over: log)
      while let entry = try cursor.next() { forwards.append(entry.key.keyPart()) }
      var other = try txn.cursor(over: log)
      while let entry = try other.previous() { backwards.append(entry.key.keyPart()) }
      #expect(forwards == [10, 20, 30, 256, 70_000])
      #expect(backwards == [70_000, 256, 30, 20, 10])
    }
  }

  // Sought key; smallest key at or above it; greatest key at or below it.
  @Test(
    arguments: [
      (0, 10, nil), (9, 10, nil), (10, 10, 10), (11, 20, 10), (255, 256, 30), (257, 70_000, 256),
      (70_000, 70_000, 70_000), (70_001, nil, 70_000),
    ] as [(UInt64, UInt64?, UInt64?)])
  func `seeking finds the nearest key on either side`(
    key: UInt64, above: UInt64?, below: UInt64?
  ) throws {
    try environment.read { (txn) throws(StoreError) in
      var cursor = try txn.cursor(over: log)
      let atLeast = number(try cursor.seek(atLeast: key))
      let atMost = number(try cursor.seek(atMost: key))
      #expect(atLeast == above)
      #expect(atMost == below)
    }
  }

  @Test func `next and previous go on from where seeking stopped`() throws {
    try environment.read { (txn) throws(StoreError) in
      var cursor = try txn.cursor(over: log)
      _ = try cursor.seek(atLeast: UInt64(15))
      let after = number(try cursor.next())
      #expect(after == 30)
      _ = try cursor.seek(atMost: UInt64(299))
      let before = number(try cursor.previous())
      #expect(before == 30)
      let first = number(try cursor.first())
      let last = number(try cursor.last())
      #expect(first == 10 && last == 70_000)
      #expect(try cursor.next() == nil)
    }
  }

  @Test func `what a cursor lent stays readable while it moves on`() throws {
    try environment.read { (txn) throws(StoreError) in
      var cursor = try txn.cursor(over: log)
      let first = try cursor.next()
      _ = try cursor.last()
      let key = number(first)
      #expect(key == 10)
    }
  }

  @Test func `an empty table has no entry anywhere`() throws {
    let names = try environment.table("names")
    try environment.read { (txn) throws(StoreError) in
      var cursor = try txn.cursor(over: names)
      #expect(try cursor.first() == nil)
      #expect(try cursor.last() == nil)
      #expect(try cursor.next() == nil)
      #expect(try cursor.previous() == nil)
      #expect(try cursor.seek(atLeast: UInt64(1)) == nil)
      #expect(try cursor.seek(atMost: UInt64(1)) == nil)
    }
  }

  @Test func `a cursor in a write transaction sees what the transaction wrote`() throws {
    let keys = try environment.write { (txn) throws(StoreError) in
      try txn.put(UInt64(15), [1], in: log)
      var keys: [UInt64] = []
      var cursor = try txn.cursor(over: log)
      while let entry = try cursor.next() { keys.append(entry.key.keyPart()) }
      return keys
    }
    #expect(keys == [10, 15, 20, 30, 256, 70_000])
  }
}
