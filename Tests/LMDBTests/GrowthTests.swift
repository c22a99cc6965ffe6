// The map grows by itself, between transactions, and never under a reader.

import Foundation
import LMDB
import Testing

@Suite struct GrowthTests {
  private let kilobyte = [UInt8](repeating: 9, count: 1024)

  @Test func `the map grows from one transaction to the next`() throws {
    let environment = try Scratch().open(mapSize: 1 << 16)
    for part in 0..<20 as Range<UInt64> {
      try environment.fill(Array(part * 1000..<part * 1000 + 1000), with: kilobyte)
    }
    #expect(try environment.keys() == Array(0..<20_000))
    #expect(environment.status.mapSize > 20_000 * 1024)
  }

  @Test func `a transaction larger than the map is refused whole, and fits once room is reserved`()
    throws
  {
    let environment = try Scratch().open(mapSize: 1 << 16)
    let log = try environment.table("log")
    func write(reserving bytes: Int) throws(StoreError) {
      try environment.write(reserving: bytes) { (txn) throws(StoreError) in
        for key in 0..<2000 as Range<UInt64> { try txn.put(key, kilobyte, in: log) }
      }
    }
    #expect(throws: error(.mapFull)) { try write(reserving: 0) }
    #expect(try environment.keys() == [])
    try write(reserving: 8 << 20)
    #expect(try environment.keys().count == 2000)
  }

  @Test func `growing waits for readers, and readers see their values throughout`() throws {
    let environment = try Scratch().open(mapSize: 1 << 16)
    try environment.fill(Array(0..<20), with: kilobyte)
    let log = try environment.table("log")
    let grown = DispatchSemaphore(value: 0)
    try environment.read { (txn) throws(StoreError) in
      let before = try txn.get(UInt64(3), in: log)
      Thread {
        try? environment.growMap(toHold: 1 << 30)
        grown.signal()
      }.start()
      #expect(grown.wait(timeout: .now() + 0.3) == .timedOut)
      #expect(bytes(before) == kilobyte)
      // A reader inside a reader goes on; otherwise it would wait for itself.
      #expect(try environment.keys().count == 20)
    }
    #expect(grown.wait(timeout: .now() + 5) == .success)
    #expect(environment.status.mapSize > 1 << 30)
    #expect(try environment.keys().count == 20)
  }

  @Test func `growing from inside a reader is refused at once`() throws {
    let environment = try Scratch().open(mapSize: 1 << 16)
    let started = ContinuousClock.now
    try environment.read { (_) throws(StoreError) in
      #expect(throws: error(.mapFull)) { try environment.growMap(toHold: 1 << 30) }
      // Writing from inside a reader goes on with the room that there is.
      try environment.fill([1])
    }
    #expect(ContinuousClock.now - started < .seconds(5))
    #expect(try environment.keys() == [1])
  }

  @Test func `readers and growing writers run side by side`() throws {
    let environment = try Scratch().open(mapSize: 1 << 16)
    let log = try environment.table("log")
    let group = DispatchGroup()
    let faults = Faults()
    for _ in 0..<3 {
      group.enter()
      Thread {
        for _ in 0..<300 {
          do throws(StoreError) {
            let seen = try environment.keys()
            if seen != Array(0..<UInt64(seen.count)) { faults.add("a hole") }
          } catch { faults.add("\(error)") }
        }
        group.leave()
      }.start()
    }
    for part in 0..<40 as Range<UInt64> {
      try environment.write(reserving: Int(part + 1) << 20) { (txn) throws(StoreError) in
        for key in part * 50..<part * 50 + 50 { try txn.put(key, kilobyte, in: log, .append) }
      }
    }
    group.wait()
    #expect(faults.all == [])
    #expect(try environment.keys().count == 2000)
  }

  @Test func `a forgotten reader is named, and the file grows no further, until it is gone`() throws
  {
    let scratch = try Scratch()
    let environment = try Environment(
      path: scratch.path, mapSize: 1 << 26, tables: ["log", "names"], mode: .create,
      heldBackLimit: 1 << 20)
    try environment.fill(Array(0..<100), with: kilobyte)
    let size = environment.status.usedBytes
    var refused: StoreError?
    var commits = 0
    try environment.read { (_) throws(StoreError) in
      // Each commit replaces pages that this snapshot still sees.
      while refused == nil, commits < 2_000 {
        do throws(StoreError) {
          try environment.fill(Array(0..<100), with: kilobyte)
          commits += 1
        } catch { refused = error }
      }
    }
    #expect(refused?.code == .heldBack, "\(commits) commits")
    #expect(refused?.message.contains("Process \(getpid()) ") == true, "\(refused?.message ?? "")")
    // A MiB is held back, and it is looked once a MiB.
    #expect(environment.status.usedBytes < size + 3 << 20)
    let grown = environment.status.usedBytes
    for _ in 0..<50 { try environment.fill(Array(0..<100), with: kilobyte) }
    #expect(environment.status.usedBytes == grown, "what was held back is used again")
  }

  @Test func `more address space than there is gives an error and the old map stays`() throws {
    let environment = try Scratch().open()
    try environment.fill([1])
    #expect(throws: error(.mapFull)) { try environment.growMap(toHold: 1 << 50) }
    #expect(try environment.keys() == [1])
    try environment.fill([2])
    #expect(try environment.keys() == [1, 2])
  }
}

/// What threads found wrong.
final class Faults: @unchecked Sendable {
  private let lock = NSLock()
  private var list: [String] = []

  func add(_ fault: String) { lock.withLock { list.append(fault) } }
  var all: [String] { lock.withLock { list } }
}
