// All or nothing, one writer, and readers that see one moment.

import Foundation
import LMDB
import Testing

@Suite struct TransactionTests {
  @Test func `what is committed is there after opening again`() throws {
    let scratch = try Scratch()
    try scratch.open().fill([1, 2, 3])
    #expect(try scratch.open(.readOnly).keys() == [1, 2, 3])
  }

  @Test func `a body that throws leaves no trace and lets the next one write`() throws {
    let environment = try Scratch().open()
    let log = try environment.table("log")
    #expect(throws: Refused()) {
      try environment.write { (txn) throws(Refused) in
        do throws(StoreError) { try txn.put(UInt64(1), [1], in: log) } catch {
          throw Refused(store: error)
        }
        throw Refused()
      }
    }
    #expect(try environment.keys() == [])
    try environment.fill([2])
    #expect(try environment.keys() == [2])
  }

  @Test func `a reader sees the moment at which it began`() throws {
    let scratch = try Scratch()
    let environment = try scratch.open()
    try environment.fill([1])
    let log = try environment.table("log")
    try environment.read { (txn) throws(StoreError) in
      let written = DispatchSemaphore(value: 0)
      let writer = Thread {
        try? environment.fill([2, 3])
        written.signal()
      }
      writer.start()
      written.wait()
      #expect(try txn.statistics(of: log).entries == 1)
      #expect(try txn.get(UInt64(2), in: log) == nil)
    }
    #expect(try environment.keys() == [1, 2, 3])
  }

  @Test func `writing inside a write of the same thread is refused, not waited for`() throws {
    let environment = try Scratch().open()
    try environment.write { (_) throws(StoreError) in
      #expect(throws: error(.nested)) { try environment.fill([1]) }
    }
  }

  @Test func `an environment opened for reading refuses to write`() throws {
    let scratch = try Scratch()
    try scratch.open().fill([1])
    let environment = try scratch.open(.readOnly)
    #expect(throws: error(.permission)) { try environment.fill([2]) }
  }

  @Test func `a table of another environment stops the program`() async {
    await #expect(processExitsWith: .signal(SIGILL)) { try mixEnvironments() }
  }

  @Test func `threads that write at the same time lose nothing`() throws {
    let environment = try Scratch().open()
    let group = DispatchGroup()
    for thread in 0..<4 as Range<UInt64> {
      group.enter()
      Thread {
        for i in 0..<25 as Range<UInt64> { try? environment.fill([thread * 100 + i]) }
        group.leave()
      }.start()
    }
    group.wait()
    #expect(
      try environment.keys() == (0..<4).flatMap { thread in (0..<25).map { thread * 100 + $0 } })
  }

  @Test func `statistics and status count what is there`() throws {
    let environment = try Scratch().open()
    try environment.fill(Array(1...100), with: [UInt8](repeating: 1, count: 16_360))
    let log = try environment.table("log")
    let statistics = try environment.read { (txn) throws(StoreError) in
      try txn.statistics(of: log)
    }
    #expect(statistics.entries == 100)
    // 16,360 bytes, 8 of checksum and LMDB's page header of 16 fill four pages to the last byte.
    #expect(statistics.overflowPages == 400)
    let status = environment.status
    #expect(status.pageSize == 4096)
    #expect(status.usedBytes >= 400 * 4096 && status.usedBytes <= status.mapSize)
    #expect(try environment.readers().isEmpty)
    let reading = try environment.read { (_) throws(StoreError) in try environment.readers() }
    #expect(reading.map(\.process) == [Int(getpid())])
    #expect(reading.map(\.transaction) == [status.lastTransaction])
  }
}

/// Reads a table of one environment in a transaction of another.
private func mixEnvironments() throws {
  let (one, other) = (try Scratch().open(), try Scratch().open())
  let log = try one.table("log")
  try other.read { (txn) throws(StoreError) in _ = try txn.get(UInt64(1), in: log) }
}
