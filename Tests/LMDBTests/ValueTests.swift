// What is put comes back, byte for byte, or an error names it.

import Foundation
import LMDB
import Testing

@Suite struct ValueTests {
  /// Bytes that differ at each place and for each length.
  private func pattern(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ count) }
  }

  @Test func `values of every small size, and around each page boundary, come back byte for byte`()
    throws
  {
    let scratch = try Scratch()
    let environment = try scratch.open(mapSize: 1 << 28)
    let log = try environment.table("log")
    let pages = (1...5).flatMap { page in (-40...2).map { page * 4096 + $0 } }
    let sizes = Array(0...2100) + pages + [16_360, 65_535, 65_536, 100_000]
    try environment.write { (txn) throws(StoreError) in
      for size in sizes { try txn.put(UInt64(size), pattern(size), in: log) }
    }
    try environment.read { (txn) throws(StoreError) in
      for size in sizes {
        let found = bytes(try txn.get(UInt64(size), in: log))
        #expect(found == pattern(size), "\(size) bytes")
      }
    }
  }

  @Test(arguments: [0, 1, 7, 8, 64, 2000, 4096, 16_360, 100_000])
  func `a value written into the page comes back byte for byte`(size: Int) throws {
    let scratch = try Scratch()
    let environment = try scratch.open()
    let log = try environment.table("log")
    try environment.write { (txn) throws(StoreError) in
      try txn.put(UInt64(1), count: size, in: log, .append) { output in
        output.append(copying: pattern(size))
      }
    }
    let found = try environment.read { (txn) throws(StoreError) in
      bytes(try txn.get(UInt64(1), in: log))
    }
    #expect(found == pattern(size))
  }

  @Test func `a value that does not fill what it reserved stops the program before the commit`()
    async
  {
    await #expect(processExitsWith: .signal(SIGILL)) { try fillTooLittle() }
  }

  @Test func `a page that is taken away from its put stops the program before the commit`() async {
    await #expect(processExitsWith: .signal(SIGILL)) { try keepOutput() }
  }

  @Test func `keys of every kind find their value and only it`() throws {
    let environment = try Scratch().open()
    let names = try environment.table("names")
    try environment.write { (txn) throws(StoreError) in
      try txn.put(UInt64(5), [1], in: names)
      try txn.put(UInt32(5), [2], in: names)
      try txn.put("430.0012", [3], in: names)
      try txn.put([9, 9, 9] as [UInt8], [4], in: names)
      try txn.put(Key().adding(UInt8(2)).adding(Int32(-1)), [5], in: names)
    }
    try environment.read { (txn) throws(StoreError) in
      #expect(bytes(try txn.get(UInt64(5), in: names)) == [1])
      #expect(bytes(try txn.get(UInt32(5), in: names)) == [2])
      #expect(bytes(try txn.get("430.0012", in: names)) == [3])
      #expect(bytes(try txn.get([9, 9, 9] as [UInt8], in: names)) == [4])
      #expect(bytes(try txn.get(Key().adding(UInt8(2)).adding(Int32(-1)), in: names)) == [5])
      #expect(try txn.get("430.0013", in: names) == nil)
      #expect(try txn.contains("430.0012", in: names))
    }
  }

  @Test func `a key has 1 to 511 bytes`() throws {
    let environment = try Scratch().open()
    let log = try environment.table("log")
    for count in [1, 511] {
      try environment.write { (txn) throws(StoreError) in
        try txn.put([UInt8](repeating: 1, count: count), [1], in: log)
      }
    }
    for count in [0, 512] {
      #expect(throws: error(.badSize)) {
        try environment.write { (txn) throws(StoreError) in
          try txn.put([UInt8](repeating: 1, count: count), [1], in: log)
        }
      }
    }
  }

  @Test func `inserting over a key and appending before the last one are refused`() throws {
    let environment = try Scratch().open()
    let log = try environment.table("log")
    try environment.fill([10])
    for (key, mode) in [(10, PutMode.insert), (10, .append), (9, .append)] {
      #expect(throws: error(.keyExists)) {
        try environment.write { (txn) throws(StoreError) in
          try txn.put(UInt64(key), [8], in: log, mode)
        }
      }
    }
    #expect(try environment.keys() == [10])
  }

  @Test func `replacing and deleting do what they say`() throws {
    let environment = try Scratch().open()
    let log = try environment.table("log")
    try environment.fill(Array(1...10))
    try environment.write { (txn) throws(StoreError) in
      try txn.put(UInt64(1), [1, 2, 3], in: log)
      #expect(try txn.delete(UInt64(2), in: log))
      #expect(try !txn.delete(UInt64(2), in: log))
      #expect(try txn.delete(from: UInt64(4), upTo: UInt64(8), in: log) == 4)
      #expect(try txn.delete(from: UInt64(100), upTo: UInt64(200), in: log) == 0)
      #expect(bytes(try txn.get(UInt64(1), in: log)) == [1, 2, 3])
    }
    #expect(try environment.keys() == [1, 3, 8, 9, 10])
    try environment.write { (txn) throws(StoreError) in try txn.empty(log) }
    #expect(try environment.keys() == [])
  }

  // The figures are of the Python package xxhash: xxh3_64_hexdigest(b'abc'), xxh3_128_hexdigest(b'abc').
  @Test func `checksums are those that other programs compute`() {
    let abc = Array("abc".utf8)
    #expect(unsafe Checksum.xxh3(abc.span.bytes) == 0x78af_5f94_892f_3950)
    #expect(unsafe Checksum.xxh3Wide(abc.span.bytes) == 0x06b0_5ab6_733a_6185_78af_5f94_892f_3950)
    #expect(Checksum.xxh3(RawSpan()) == 0x2d06_8005_38d3_94c2)
  }

  @Test func `parts of a key order as their numbers do`() {
    func written(_ key: Key) -> [UInt8] { key.withBytes { bytes($0) ?? [] } }
    let numbers: [Int32] = [.min, -70_000, -1, 0, 1, 255, 256, .max]
    let keys = numbers.map { written(Key().adding($0).adding("x")) }
    for (smaller, greater) in zip(keys, keys.dropFirst()) {
      #expect(smaller.lexicographicallyPrecedes(greater))
    }
    #expect(written(Key().adding(UInt16(0x0102)).adding("é")) == [1, 2, 0xc3, 0xa9])
    let back: [Int32] = numbers.map { number in
      Key().adding(number).withBytes { $0.keyPart() }
    }
    #expect(back == numbers)
  }
}

/// Reserves eight bytes and writes one.
private func fillTooLittle() throws {
  let environment = try Scratch().open()
  let log = try environment.table("log")
  try environment.write { (txn) throws(StoreError) in
    try txn.put(UInt64(1), count: 8, in: log) { $0.append(littleEndian: UInt8(1)) }
  }
}

/// Keeps the space to write to beyond its call, and leaves an empty one in its place.
private func keepOutput() throws {
  let environment = try Scratch().open()
  let log = try environment.table("log")
  try environment.write { (txn) throws(StoreError) in
    var kept = OutputRawSpan()
    try txn.put(UInt64(1), count: 8, in: log) { output in
      kept = consume output
      output = OutputRawSpan()
    }
    _ = consume kept
  }
}
