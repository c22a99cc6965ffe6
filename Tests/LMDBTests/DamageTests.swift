// A changed byte is found and named; a shortened file is refused, never mapped.

import Foundation
import LMDB
import Testing

@Suite struct DamageTests {
  /// Where `needle` stands in the data file, each time.
  private func places(of needle: [UInt8], in data: Data) -> [Int] {
    var places: [Int] = []
    var start = data.startIndex
    while let range = data.range(of: Data(needle), in: start..<data.endIndex) {
      places.append(range.lowerBound)
      start = range.upperBound
    }
    return places
  }

  /// Where the leaf page of `count` entries with keys of 8 bytes begins.
  ///
  /// lmdb.h says nothing of pages; mdb.c, struct MDB_page: flags at 10 (2: a leaf), then the end of the places, which are 2 bytes each
  /// from 16; struct MDB_node: 6 bytes, the key's length, the key.
  private func leaf(of count: Int, in data: Data) throws -> Int {
    try #require(
      stride(from: 8_192, to: data.count, by: 4_096).first {
        data.u16(at: $0 + 10) == 2 && data.u16(at: $0 + 12) == 16 + 2 * count
          && data.u16(at: $0 + data.u16(at: $0 + 16) + 6) == 8
      })
  }

  @Test func `one flipped bit anywhere in a value or its checksum is named with table and key`()
    throws
  {
    let scratch = try Scratch()
    let value = Array("Ferretería Aranda, 28 de marzo".utf8)
    try scratch.open().fill([0xabcd], with: value)
    let clean = try Data(contentsOf: scratch.dataFile)
    let place = try #require(places(of: value, in: clean).last)
    for offset in 0..<value.count + 8 {
      var flipped = clean
      flipped[place + offset] ^= UInt8(1 << (offset % 8))
      try flipped.write(to: scratch.dataFile)
      let environment = try scratch.open(.readOnly)
      let log = try environment.table("log")
      let thrown = #expect(throws: error(.damaged)) {
        try environment.read { (txn) throws(StoreError) in _ = try txn.get(UInt64(0xabcd), in: log)
        }
      }
      #expect(thrown?.table == "log")
      #expect(thrown?.key == [0, 0, 0, 0, 0, 0, 0xab, 0xcd])
      #expect(throws: error(.damaged)) { _ = try environment.keys() }
    }
  }

  @Test(arguments: [(0xa2, "log", 2), (0xa3, "names", 1)] as [(UInt8, String, UInt64)])
  func `a value copied under another key or into another table is not taken for its own`(
    mark: UInt8, name: String, key: UInt64
  ) throws {
    let scratch = try Scratch()
    // Three values of the same length, told apart by their first byte.
    try fillThree(try scratch.open())
    let first = try #require(try stored(0xa1, scratch))
    let other = try #require(try stored(mark, scratch))
    var data = try Data(contentsOf: scratch.dataFile)
    data.replaceSubrange(other.place..<other.place + 39, with: first.bytes)
    try data.write(to: scratch.dataFile)
    let environment = try scratch.open(.readOnly)
    let (log, table) = (try environment.table("log"), try environment.table(name))
    try environment.read { (txn) throws(StoreError) in
      #expect(bytes(try txn.get(UInt64(1), in: log))?.first == 0xa1)
      #expect(throws: error(.damaged)) { _ = try environment.copy(key, table) }
    }
  }

  private func fillThree(_ environment: Environment) throws {
    let (log, names) = (try environment.table("log"), try environment.table("names"))
    try environment.write { (txn) throws(StoreError) in
      try txn.put(UInt64(1), [0xa1] + [UInt8](repeating: 0x5e, count: 30), in: log)
      try txn.put(UInt64(2), [0xa2] + [UInt8](repeating: 0x5e, count: 30), in: log)
      try txn.put(UInt64(1), [0xa3] + [UInt8](repeating: 0x5e, count: 30), in: names)
    }
  }

  /// The stored bytes (value and checksum) of the value that begins with `first`.
  private func stored(_ first: UInt8, _ scratch: Scratch) throws -> (place: Int, bytes: Data)? {
    let data = try Data(contentsOf: scratch.dataFile)
    let value = [first] + [UInt8](repeating: 0x5e, count: 30)
    guard let place = places(of: value, in: data).last else { return nil }
    return (place, data[place..<place + 39])
  }

  // The figure is of the Python package xxhash: seed = xxh3_64(key, xxh3_64("log")), key = 8 bytes big-endian.
  @Test func `the checksum behind a value is the one that the format says`() throws {
    let scratch = try Scratch()
    try scratch.open().fill([1], with: Array("abc".utf8))
    let expected: UInt64 = 0xab85_cb9c_2221_d579
    let bytes = Array("abc".utf8) + (0..<8).map { UInt8(truncatingIfNeeded: expected >> (8 * $0)) }
    #expect(!places(of: bytes, in: try Data(contentsOf: scratch.dataFile)).isEmpty)
  }

  @Test func `a file cut at any multiple of 512 bytes is refused or serves whole values`() throws {
    let scratch = try Scratch()
    let value = [UInt8](repeating: 0x33, count: 900)
    for part in 0..<6 {
      try scratch.open().fill(Array(UInt64(part * 10)..<UInt64(part * 10 + 10)), with: value)
    }
    let whole = try Data(contentsOf: scratch.dataFile)
    var refused = 0
    for length in stride(from: 0, to: whole.count, by: 512) {
      let copy = try Scratch()
      try whole.prefix(length).write(to: copy.dataFile)
      for mode in [OpenMode.readOnly, .readWrite] {
        do throws(StoreError) {
          let environment = try copy.open(mode)
          // Only pages that were given back may be missing: then every value must be there.
          #expect(try environment.keys().count == 60, "\(length) bytes")
        } catch {
          #expect(error.code == .truncated, "\(length) bytes: \(error)")
          refused += 1
        }
      }
    }
    #expect(refused == 2 * (whole.count / 512), "every cut of this file takes a page in use")
  }

  @Test func `pages that were taken and given back at the end of the file are not missed`() throws {
    // LMDB never writes such pages, so the file is shorter than its head says, and whole all the same.
    let scratch = try Scratch()
    var shorter = 0
    for round in 0..<8 as Range<UInt64> {
      let environment = try scratch.open()
      let log = try environment.table("log")
      try environment.write { (txn) throws(StoreError) in
        try txn.put(round, [UInt8](repeating: 1, count: 40_000 << round), in: log)
        try txn.delete(round, in: log)
        try txn.put(round, [UInt8(round)], in: log)
      }
      let size = try #require(
        try FileManager.default.attributesOfItem(atPath: scratch.dataFile.path)[.size] as? Int)
      if size < environment.status.usedBytes { shorter += 1 }
      #expect(try environment.keys().count == Int(round) + 1)
    }
    #expect(shorter > 0, "otherwise this test shows nothing")
    #expect(try scratch.open(.readOnly).keys() == Array(0..<8))
  }

  @Test func `a table whose root was changed into that of an earlier commit is refused`() throws {
    let scratch = try Scratch()
    for round in 0..<6 as Range<UInt64> { try scratch.open().fill([1], with: [UInt8(round)]) }
    let clean = try Data(contentsOf: scratch.dataFile)
    // mdb.c: the record of a table (MDB_db) stands behind its name, its root 40 bytes from its beginning; a page begins with its number.
    let places = places(of: Array("log".utf8), in: clean).map { $0 + 3 + 40 }
    // The leaves of earlier commits: one node, with a key of 8 bytes.
    let leaves = stride(from: 8_192, to: clean.count, by: 4_096).filter {
      clean.u16(at: $0 + 10) == 2 && clean.u16(at: $0 + 12) == 18
        && clean.u16(at: $0 + clean.u16(at: $0 + 16) + 6) == 8
    }
    let copy = try Scratch()
    var refused = 0
    for leaf in leaves {
      var damaged = clean
      for place in places { damaged[place] = UInt8(leaf / 4_096) }
      try damaged.write(to: copy.dataFile)
      do throws(StoreError) {
        let environment = try copy.open(.readOnly)
        let log = try environment.table("log")
        #expect(try environment.copy(UInt64(1), log) == [5], "page \(leaf / 4_096)")
      } catch {
        #expect(error.code == .damaged)
        refused += 1
      }
    }
    #expect(refused == leaves.count - 1 && refused > 1, "\(refused) of \(leaves.count)")
  }

  @Test func `a key that was changed makes looking for it an error, not a miss`() throws {
    let scratch = try Scratch()
    // Values that tell which key is theirs; enough for several leaves.
    let environment = try scratch.open()
    let log = try environment.table("log")
    try environment.write { (txn) throws(StoreError) in
      for key in 0..<600 as Range<UInt64> {
        try txn.put(key, [UInt8(key >> 8), UInt8(key & 255), 0x5e, 0x5e, 0x5e], in: log)
      }
    }
    let clean = try Data(contentsOf: scratch.dataFile)
    let copy = try Scratch()
    for key in stride(from: 0, to: 600, by: 101) as StrideTo<UInt64> {
      let stored = (0..<8).map { UInt8(truncatingIfNeeded: key >> (56 - 8 * $0)) }
      let entry = stored + [UInt8(key >> 8), UInt8(key & 255), 0x5e, 0x5e, 0x5e]
      // Copies on pages that were split are no longer in use; so each is changed.
      let found = places(of: entry, in: clean)
      for bit in [0, 8, 17, 63] {
        var damaged = clean
        for place in found { damaged[place + 7 - bit / 8] ^= 1 << (bit % 8) }
        try damaged.write(to: copy.dataFile)
        let environment = try copy.open(.readOnly)
        let log = try environment.table("log")
        #expect(throws: error(.damaged), "key \(key), bit \(bit)") {
          _ = try environment.copy(key, log)
        }
      }
    }
  }

  @Test
  func `a place in a page that leads to another entry makes looking for what it hides an error`()
    throws
  {
    let scratch = try Scratch()
    try scratch.open().fill(Array(0..<100))
    let clean = try Data(contentsOf: scratch.dataFile)
    let count = 100
    let leaf = try leaf(of: count, in: clean)
    let copy = try Scratch()
    for hidden in stride(from: 0, to: count, by: 7) {
      for shown in [0, 1, hidden - 1, hidden + 1, count / 2, count - 1]
      where shown != hidden && (0..<count).contains(shown) {
        var damaged = clean
        for byte in 0...1 {
          damaged[leaf + 16 + 2 * hidden + byte] = clean[leaf + 16 + 2 * shown + byte]
        }
        try damaged.write(to: copy.dataFile)
        let environment = try copy.open(.readOnly)
        let log = try environment.table("log")
        for key in 0..<100 as Range<UInt64> {
          do throws(StoreError) {
            #expect(try environment.copy(key, log) != nil, "\(key): \(hidden) shows \(shown)")
          } catch { #expect(error.code == .damaged) }
        }
      }
    }
  }

  @Test func `a changed number of a transaction does not bring back the commit before`() throws {
    let scratch = try Scratch()
    for key in 0..<4 as Range<UInt64> { try scratch.open().fill([key]) }
    let clean = try Data(contentsOf: scratch.dataFile)
    let numbers = [0, 4_096].map { Array(clean[$0 + 144..<$0 + 152]).little(0) }
    for (page, number) in zip([0, 4_096], numbers) {
      for bit in 0..<64 {
        let changed = number ^ 1 << UInt64(bit)
        var damaged = clean
        damaged[page + 144 + bit / 8] ^= 1 << (bit % 8)
        try damaged.write(to: scratch.dataFile)
        #expect(throws: error(.damaged), "\(number) to \(changed)") {
          _ = try scratch.open(.readOnly)
        }
      }
    }
  }

  @Test func `a commit whose head could not be written is passed over where that was noted`() throws
  {
    let scratch = try Scratch()
    // The last commit frees pages and needs no new ones.
    for key in [1, 2, 3, 3] as [UInt64] { try scratch.open().fill([key]) }
    var data = try Data(contentsOf: scratch.dataFile)
    func number(_ page: Int, _ offset: Int) -> UInt64 {
      Array(data[page + offset..<page + offset + 8]).little(0)
    }
    let newest = number(0, 144) > number(4_096, 144) ? 0 : 4_096
    let transaction = number(newest, 144)
    // mdb.c, mdb_env_write_meta: the last page and the number of the head that stood there before, over what is new.
    data[newest + 144] -= 2
    try data.write(to: scratch.dataFile)
    let note = URL(fileURLWithPath: scratch.path + "/unfinished-commit")
    #expect(throws: error(.damaged), "nobody noted it") { _ = try scratch.open() }
    try Data([UInt8(transaction - 1)] + [UInt8](repeating: 0, count: 7)).write(to: note)
    #expect(throws: error(.damaged), "another one was noted") { _ = try scratch.open() }
    try Data([UInt8(transaction)] + [UInt8](repeating: 0, count: 7)).write(to: note)
    #expect(try scratch.open(.readOnly).keys() == [1, 2, 3])
    try scratch.open().fill([4])
    #expect(!FileManager.default.fileExists(atPath: note.path), "the next commit takes its place")
    #expect(try scratch.open(.readOnly).keys() == [1, 2, 3, 4])
  }

  @Test func `a head that makes no sense is refused`() throws {
    let scratch = try Scratch()
    try scratch.open().fill([1])
    let clean = try Data(contentsOf: scratch.dataFile)
    // Magic, version, page size (MDB_meta from 16 in each of the two pages).
    for (offset, code) in [(16, StoreError.Code.damaged), (20, .versionMismatch), (40, .damaged)] {
      for page in [0, 4096] {
        var broken = clean
        broken[page + offset] ^= 0x7f
        try broken.write(to: scratch.dataFile)
        #expect(throws: error(code), "byte \(offset) of page \(page / 4096)") {
          _ = try scratch.open(.readOnly)
        }
      }
    }
  }

  @Test func `the least key, hidden by a place in the middle of its page, is an error too`() throws
  {
    let scratch = try Scratch()
    try scratch.open().fill(Array(0..<30))
    let clean = try Data(contentsOf: scratch.dataFile)
    let leaf = try leaf(of: 30, in: clean)
    // LMDB begins in the middle. A byte further on, an entry seems to have neither key nor value: less than all keys before it.
    var hidden = 0
    for place in 0..<30 {
      var damaged = clean
      damaged[leaf + 16 + 2 * place] ^= 1
      try damaged.write(to: scratch.dataFile)
      let environment = try scratch.open(.readOnly)
      let log = try environment.table("log")
      do throws(StoreError) {
        #expect(try environment.copy(0, log) == [7], "place \(place)")
      } catch {
        #expect(error.code == .damaged)
        hidden += 1
      }
    }
    #expect(hidden > 1, "otherwise this test shows nothing")
  }

  @Test func `an entry that its page no longer counts is missed`() throws {
    let scratch = try Scratch()
    try scratch.open().fill(Array(0..<30))
    let clean = try Data(contentsOf: scratch.dataFile)
    let leaf = try leaf(of: 30, in: clean)
    for counted in 1..<30 {
      var damaged = clean
      damaged[leaf + 12] = UInt8(16 + 2 * counted)
      try damaged.write(to: scratch.dataFile)
      let environment = try scratch.open(.readOnly)
      let log = try environment.table("log")
      #expect(throws: error(.damaged), "\(counted) of 30") { _ = try environment.copy(29, log) }
      // What is there is found, and checked by itself.
      #expect(try environment.copy(0, log) == [7])
    }
  }

  @Test func `flags that would make LMDB compare keys in another way are refused`() throws {
    let scratch = try Scratch()
    try scratch.open().fill(Array(0..<10))
    let clean = try Data(contentsOf: scratch.dataFile)
    // mdb.c, struct MDB_db: 4 bytes, then the flags (u16). It stands behind the table's name, and twice in each of the two heads: of
    // the free pages at 40, of the tables at 88.
    let records = places(of: Array("log".utf8), in: clean).map { [$0 + 3] }
    let heads = [40, 88].map { [$0, $0 + 4_096] }
    for copies in [records.flatMap(\.self)] + heads {
      for bit in 0..<16 {
        var damaged = clean
        for place in copies { damaged[place + 4 + bit / 8] ^= 1 << (bit % 8) }
        try damaged.write(to: scratch.dataFile)
        #expect(throws: error(.damaged), "flag \(bit) at \(copies)") {
          _ = try scratch.open(.readOnly)
        }
      }
    }
  }
}

extension [UInt8] {
  /// The little-endian number at `offset`.
  fileprivate func little(_ offset: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(self[offset + $1]) << (8 * UInt64($1)) }
  }
}
