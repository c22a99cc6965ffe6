// What LMDB takes for granted of its pages is checked without it: every page in use that is damaged is named, and LMDB never crashes on
// a file that was found whole.

import Foundation
import Testing

@testable import LMDB

@Suite struct StructureTests {
  /// An environment with two tables of several levels, large values, and pages that were freed.
  private func filled() throws -> Scratch {
    let scratch = try Scratch()
    let environment = try scratch.open()
    let (log, names) = (try environment.table("log"), try environment.table("names"))
    for round in 0..<6 as Range<UInt64> {
      try environment.write { (txn) throws(StoreError) in
        for key in round * 150..<round * 150 + 200 {
          let size = key % 40 == 0 ? 9_000 : 60
          try txn.put(key, [UInt8](repeating: UInt8(key & 255), count: size), in: log)
          try txn.put("name \(key * 7_919 % 1_000)", [1, 2, 3], in: names)
        }
        try txn.delete(from: round * 90, upTo: round * 90 + 60, in: log)
      }
    }
    return scratch
  }

  /// What the check finds in a file; the error when it is not even opened.
  private func faults(_ scratch: Scratch) -> Result<[PageFault], StoreError> {
    Result { () throws(StoreError) in
      try Environment(path: scratch.path, mapSize: 1 << 24, tables: [], mode: .readOnly)
        .checkPages()
    }
  }

  @Test func `a tree that is deeper than LMDB makes any is none`() {
    // Branch pages, each with one node that leads to the next (MDB_page, MDB_node): followed to its end, it overflows the stack.
    let free = FreePages(pageSize: 4_096, present: 1_000_000) { page, _ in
      var bytes = [UInt8](repeating: 0, count: 4_096)
      func put(_ value: UInt64, _ count: Int, at offset: Int) {
        for index in 0..<count { bytes[offset + index] = UInt8(value >> (8 * UInt64(index)) & 255) }
      }
      put(page, 8, at: 0)
      put(1, 2, at: 10)
      put(18, 2, at: 12)
      put(4_088, 2, at: 14)
      put(4_088, 2, at: 16)
      put((page + 1) & 0xffff, 2, at: 4_088)
      put((page + 1) >> 16, 2, at: 4_090)
      return bytes
    }
    var lists = 0
    #expect(!free.forEachList(2) { _, _ in lists += 1 })
    #expect(lists == 0)
  }

  private func isFound(_ result: Result<[PageFault], StoreError>) -> Bool {
    switch result {
    case .success(let faults): !faults.isEmpty
    case .failure(let error):
      error.code == .damaged || error.code == .truncated || error.code == .versionMismatch
    }
  }

  @Test func `files that LMDB wrote are whole`() throws {
    #expect(try faults(filled()).get() == [])
    let empty = try Scratch()
    _ = try empty.open()
    #expect(try faults(empty).get() == [])
  }

  @Test func `a page that is zeroed or takes another's place is found, unless it is free`() throws {
    let scratch = try filled()
    let clean = try Data(contentsOf: scratch.dataFile)
    let pages = clean.count / 4_096
    let keys = try scratch.open(.readOnly).keys()
    func page(_ number: Int) -> Data { clean.subdata(in: number * 4_096..<(number + 1) * 4_096) }
    var found = 0
    for number in 0..<pages {
      for other in [nil, (number + 1) % pages] {
        var damaged = clean
        damaged.replaceSubrange(
          number * 4_096..<(number + 1) * 4_096, with: other.map(page) ?? Data(count: 4_096))
        try damaged.write(to: scratch.dataFile)
        if isFound(faults(scratch)) {
          found += 1
        } else {
          // A free page, or the inside of a large value, which its checksum protects.
          let read = Result { () throws(StoreError) in try scratch.open(.readOnly).keys() }
          #expect(read == .success(keys) || read == .failure(error(.damaged)), "page \(number)")
        }
      }
    }
    #expect(found > pages / 2, "otherwise this test shows nothing")
    try clean.write(to: scratch.dataFile)
  }

  @Test func `a bit of a page's head or of a node is found, or LMDB reads on without a crash`()
    throws
  {
    let scratch = try filled()
    let clean = try Data(contentsOf: scratch.dataFile)
    let keys = try scratch.open(.readOnly).keys()
    var random = SystemRandomNumberGenerator()
    var found = 0
    for _ in 0..<1_500 {
      let page = Int.random(in: 2..<clean.count / 4_096, using: &random)
      // The head and the offsets of nodes stand at the beginning of a page, nodes at its end.
      let offset = Bool.random() ? Int.random(in: 0..<200) : Int.random(in: 2_048..<4_096)
      let bit = UInt8(1) << UInt8.random(in: 0..<8)
      var damaged = clean
      damaged[page * 4_096 + offset] ^= bit
      try damaged.write(to: scratch.dataFile)
      if isFound(faults(scratch)) {
        found += 1
        continue
      }
      let read = Result { () throws(StoreError) in try scratch.open(.readOnly).keys() }
      switch read {
      case .success(let answer):
        #expect(answer == keys, "page \(page), byte \(offset), bit \(bit)")
      case .failure(let error): #expect(error.code == .damaged)
      }
    }
    #expect(found > 100, "otherwise this test shows nothing")
    try clean.write(to: scratch.dataFile)
  }

  @Test func `a fault says which keys were to be found`() throws {
    let scratch = try filled()
    let clean = try Data(contentsOf: scratch.dataFile)
    var told: [PageFault] = []
    for page in 2..<clean.count / 4_096 {
      var damaged = clean
      damaged[page * 4_096 + 14] ^= 0x40  // mp_upper
      try damaged.write(to: scratch.dataFile)
      told += (try? faults(scratch).get()) ?? []
    }
    let leaves = told.filter { $0.table == "log" && $0.lower != nil && $0.upper != nil }
    #expect(!leaves.isEmpty)
    for fault in leaves {
      let (lower, upper) = (try #require(fault.lower), try #require(fault.upper))
      #expect(lower.lexicographicallyPrecedes(upper), "\(fault)")
    }
    #expect(told.contains { $0.table == "names" })
  }

  @Test func `it holds its snapshot while others write`() throws {
    let scratch = try filled()
    let environment = try scratch.open()
    let writer = Thread {
      for round in 0..<300 as Range<UInt64> {
        try? environment.fill(Array(round * 3..<round * 3 + 40))
      }
    }
    writer.start()
    var checks = 0
    while !writer.isFinished || checks == 0 {
      #expect(try environment.checkPages() == [])
      checks += 1
    }
  }
}
