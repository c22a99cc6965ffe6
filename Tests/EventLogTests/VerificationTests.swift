// Why: whatever is stored of a log besides the records follows from them. So each table is changed in each way (a row that says
// something else, one that is missing, one too many), with right checksums, and a check must name it.

internal import Events
internal import Foundation
internal import LMDB
internal import Ledger
internal import Support
internal import Testing
internal import Wire

@testable internal import EventLog

@Suite struct `Verifying a log` {
  /// Books of 70,000 small records with names and keys in many of them: several ranges, and tiles of three levels.
  private static let large = Result { try make(70_000) }
  private static let small = Result { try make(700) }

  private static func make(_ size: Position) throws -> StoredLog {
    let stored = try StoredLog()
    var next: Position = 1
    let log = try LMDBLog(at: stored.path)
    while next <= size {
      let last = min(size, next + 4_999)
      var records: [Recorded] = []
      for position in next...last {
        var record = SampleRecords.record(position)
        if position % 3 == 0, let code = try? Code("C-\(position)") {
          let id = NameID(.customer, UInt32(position / 3))
          record.introduced = [Introduced(id: id, code: code)]
        }
        if position % 5 == 0 {
          record.key = "key \(position)"
          record.digest = ContentDigest(position, 7)
        }
        records.append(record)
      }
      try log.append(SampleRecords.frame(records), expecting: next - 1)
      next = last + 1
    }
    return stored
  }

  /// What is found in a copy of the small log after its table `name` was changed.
  private func changed(
    _ name: String, isNew: Bool = false,
    _ body: (inout WriteTransaction, Table) throws(StoreError) -> Void
  ) throws -> [String] {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/log"
    try FileManager.default.copyItem(atPath: Self.small.get().path, toPath: path)
    do {
      let environment = try Environment(
        path: path, tables: LogTables.names.filter { $0 != name } + [name],
        mode: isNew ? .create : .readWrite)
      let table = try environment.table(name)
      try environment.write { (txn) throws(StoreError) in try body(&txn, table) }
    }
    return try LMDBLog(at: path, readOnly: true).verify().faults.map(\.description)
  }

  private static func copy(
    _ key: some TableKey, _ table: Table, _ txn: borrowing WriteTransaction
  ) throws(StoreError) -> [UInt8] {
    guard let row = try txn.get(key, in: table) else { return [] }
    return row.bytes(0..<row.byteCount)
  }

  private static func lastBlock(
    _ table: Table, _ txn: borrowing WriteTransaction
  ) throws(StoreError) -> (first: Position, bytes: [UInt8]) {
    var cursor = try txn.cursor(over: table)
    guard let last = try cursor.last() else { return (0, []) }
    return (last.key.keyPart(), last.value.bytes(0..<last.value.byteCount))
  }

  @Test func `that is sound counts everything`() throws {
    let log = try LMDBLog(at: Self.large.get().path, readOnly: true)
    let answer = try log.verify(roots: [0, 1, 255, 256, 65_536, 70_000, 80_000])
    #expect(answer.faults.map(\.description) == [])
    #expect(answer.records == 70_000)
    #expect(answer.names == 23_333)
    #expect(answer.keys == 14_000)
    #expect(answer.roots.keys.sorted() == [0, 1, 255, 256, 65_536, 70_000])
    for (size, root) in answer.roots { #expect(try log.root(at: size) == root, "\(size)") }
    #expect(try log.verify(isQuick: true).records == 1_024)
  }

  @Test func `finds a row that says something else, in every table`() throws {
    let code = Array("C-300".utf8)
    let name = [NameKind.customer.rawValue] + code
    for (table, key, text) in [
      ("names", name, "does not have customer C-300 of event 300"),
      ("ids", [0x14, 0, 0, 100], "customer number 100 of event 300"),
      ("keys", Array("key 300".utf8), "the key \"key 300\" of event 300"),
      ("counts", [NameKind.customer.rawValue], "names of the kind customer"),
      (
        "tiles", [0] + [UInt8](repeating: 0, count: 8),
        "Tile 0/0 of the tree is not that of the records"
      ),
      (
        "tiles", [1] + [UInt8](repeating: 0, count: 8),
        "Tile 1/0 of the tree is not that of the records"
      ),
    ] {
      let faults = try changed(table) { (txn, table) throws(StoreError) in
        var row = try Self.copy(key, table, txn)
        row[0] ^= 1
        try txn.put(key, row, in: table)
      }
      #expect(faults.count == 1 && faults[0].contains(text), "\(table): \(faults)")
    }
  }

  @Test func `finds a row that is missing, and one that no record brings`() throws {
    let name = [NameKind.customer.rawValue] + Array("C-300".utf8)
    let missing = try changed("names") { (txn, table) throws(StoreError) in
      try txn.delete(name, in: table)
    }
    #expect(missing.count == 1 && missing[0].contains("does not have customer C-300"), "\(missing)")
    for (table, key, text) in [
      ("names", [NameKind.customer.rawValue] + Array("C-0".utf8), "has customer C-0, which event"),
      ("ids", [0x14, 0xff, 0, 1], "which event"),
      ("keys", Array("nobody's".utf8), "taken for a retry"),
      ("tiles", [0] + [UInt8](repeating: 9, count: 8), "The table tiles has 4 tiles; 3"),
      ("counts", [NameKind.invoice.rawValue], "invoice"),
      ("head", Array("heap".utf8), "has 2 rows"),
    ] {
      let faults = try changed(table) { (txn, opened) throws(StoreError) in
        // A row of this table, under a key of its own.
        let model: [UInt8] =
          switch table {
          case "names": try Self.copy(name, opened, txn)
          case "ids": try Self.copy(NameID(.customer, 100).raw, opened, txn)
          case "keys": try Self.copy("key 300", opened, txn)
          case "tiles": try Self.copy([0] + [UInt8](repeating: 0, count: 8), opened, txn)
          default: [1, 0, 0, 0]
          }
        try txn.put(key, model, in: opened)
      }
      #expect(!faults.isEmpty && faults.contains { $0.contains(text) }, "\(table): \(faults)")
    }
  }

  @Test func `finds what lies behind the last event that counts`() throws {
    for (table, key, from) in [
      ("keys", Array("K".utf8), Array("key 300".utf8)),
      (
        "names", [NameKind.customer.rawValue] + Array("GHOST".utf8),
        [NameKind.customer.rawValue] + Array("C-300".utf8)
      ),
    ] {
      let faults = try changed(table) { (txn, opened) throws(StoreError) in
        var row = try Self.copy(from, opened, txn)
        // The position, 1,000,000, stands behind the number of a name and at the front of a key's row.
        let place = table == "names" ? 4 : 0
        for (index, byte) in [UInt8]([0x40, 0x42, 0x0f, 0, 0, 0, 0, 0]).enumerated() {
          row[place + index] = byte
        }
        try txn.put(key, row, in: opened)
      }
      #expect(
        faults.count == 1 && faults[0].contains("has 1 row of events behind the last one"),
        "\(table): \(faults)")
    }
    for more in [SampleRecords.frame(701...701).bytes, [1, 2, 3]] {
      let faults = try changed("blocks") { (txn, table) throws(StoreError) in
        let (first, block) = try Self.lastBlock(table, txn)
        try txn.put(first, block + more, in: table)
      }
      #expect(
        faults.count == 1 && faults[0].contains("there is more in its block"), "\(faults)")
    }
  }

  @Test(arguments: ["none", "short", "long"])
  func `nothing is laid behind a log whose last block is not what the head counts`(
    state: String
  ) throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/log"
    try FileManager.default.copyItem(atPath: Self.small.get().path, toPath: path)
    let log = try LMDBLog(at: path)
    // From now on the log knows the edge of its tree, and does not read it.
    try log.append(SampleRecords.frame(701...701), expecting: 700)
    let table = log.tables.blocks
    try log.environment.write { (txn) throws(StoreError) in
      let (first, block) = try Self.lastBlock(table, txn)
      switch state {
      case "none": try txn.delete(first, in: table)
      case "short":
        // As it was before its last record.
        let length = SampleRecords.frame(701...701).bytes.count
        try txn.put(first, Array(block.dropLast(length)), in: table)
      default: try txn.put(first, block + SampleRecords.frame(702...702).bytes, in: table)
      }
    }
    let thrown = #expect(throws: LogError.self) {
      try log.append(SampleRecords.frame(702...702), expecting: 701)
    }
    #expect(thrown?.code == .damaged && thrown?.message.contains("The end of the log") == true)
    #expect(try log.head().size == 701)
  }

  @Test func `finds a table that the format does not have, and shows its name on one line`() throws
  {
    for (name, shown) in [("notes", "notes"), ("no\ntes", #"no\u{a}tes"#)] {
      let faults = try changed(name, isNew: true) { (txn, table) throws(StoreError) in
        try txn.put("a", [1], in: table)
      }
      #expect(
        faults.count == 1 && faults[0].contains("The log has a table \"\(shown)\""), "\(faults)")
    }
  }

  @Test func `finds blocks that are not as they must be`() throws {
    // The first block's records under two keys: less than a block each.
    let split = try changed("blocks") { (txn, table) throws(StoreError) in
      let block = try Self.copy(UInt64(1), table, txn)
      let length = Int(block.raw.load(0, as: UInt32.self))
      try txn.put(UInt64(1), Array(block[..<length]), in: table)
      try txn.put(UInt64(2), Array(block[length...]), in: table)
    }
    #expect(
      !split.isEmpty
        && split.allSatisfy { $0.contains("begins before the one before it is full") }, "\(split)")
    let lost = try changed("blocks") { (txn, table) throws(StoreError) in
      try txn.delete(UInt64(1), in: table)
    }
    #expect(lost[0].contains("There is no block that holds events 1 to"), "\(lost)")
    #expect(lost.contains { $0.contains("brought") && $0.contains("customer C-102") }, "\(lost)")
    let changed = try changed("blocks") { (txn, table) throws(StoreError) in
      var block = try Self.copy(UInt64(1), table, txn)
      block[24] ^= 1  // the day of the first event
      try txn.put(UInt64(1), block, in: table)
    }
    #expect(changed.contains { $0.contains("The records give the root") }, "\(changed)")
    #expect(changed.contains { $0.contains("Tile 0/0") }, "\(changed)")
  }

  @Test func `goes on behind a block whose key is no position`() throws {
    let told = "A row of the table blocks has a key that is no position of an event."
    for isCopied in [false, true] {
      let faults = try changed("blocks") { (txn, table) throws(StoreError) in
        let block = try Self.copy(UInt64(1), table, txn)
        if !isCopied { try txn.delete(UInt64(1), in: table) }
        try txn.put([0, 0, 0, 0, 0, 0, 0, 1, 0], block, in: table)
      }
      #expect(faults.count { $0.contains(told) } == 1, "\(faults)")
      #expect(
        faults.contains { $0.contains("There is no block that holds events 1 to") } == !isCopied)
      // What lies behind it is compared with the indexes.
      #expect(
        faults.contains { $0.contains("brought") && $0.contains("customer C-102") } == !isCopied)
      #expect(faults.contains { $0.contains("any further") } == false, "\(faults)")
    }
  }

  @Test func `tells once of a key that is no position, also between what two threads read`() throws
  {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/log"
    try FileManager.default.copyItem(atPath: Self.large.get().path, toPath: path)
    for position in [40_000, 65_535, 65_536, 65_537] {
      // Behind a block that begins there, and in front of the next one.
      let key = [0, 0, 0, 0, 0] + [16, 8, 0].map { UInt8(position >> $0 & 255) } + [7]
      do {
        let environment = try Environment(path: path, tables: LogTables.names)
        let table = try environment.table("blocks")
        try environment.write { (txn) throws(StoreError) in try txn.put(key, [1, 2], in: table) }
      }
      let faults = try LMDBLog(at: path, readOnly: true).verify().faults.map(\.what)
      #expect(faults.count { $0.contains("has a key that is no position") } == 1, "\(faults)")
      #expect(faults.contains { $0.contains("no block that holds") } == false, "\(faults)")
      let environment = try Environment(path: path, tables: LogTables.names)
      let table = try environment.table("blocks")
      try environment.write { (txn) throws(StoreError) in try txn.delete(key, in: table) }
    }
  }

  @Test func `goes on behind a damaged block, and still checks the root`() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/log"
    try FileManager.default.copyItem(atPath: Self.large.get().path, toPath: path)
    let file = URL(filePath: path + "/data.mdb")
    var bytes = try Data(contentsOf: file)
    // The body of one record, in the middle of a block: its checksum fails.
    let needle = Data(SampleRecords.frame(40_001...40_001).bytes)
    let place = try #require(bytes.firstRange(of: needle)?.lowerBound)
    bytes[place + 110] ^= 4
    try bytes.write(to: file)
    let answer = try LMDBLog(at: path, readOnly: true).verify()
    let faults = answer.faults.map(\.description)
    #expect(faults.count == 2, "\(faults)")
    let positions = try #require(answer.faults.compactMap(\.positions).first)
    #expect(positions.contains(40_001))
    #expect(answer.records == 70_000 - UInt64(positions.count))
    #expect(faults[0].contains("damaged"), "\(faults)")
    #expect(faults[1].contains("names"), "\(faults)")
    // 40,001 is on no bound of a tile, so its root needs records that are lost; the others' do not, and nothing else is left out.
    let held = try LMDBLog(at: path, readOnly: true).verify(roots: [256, 40_001, 70_000])
    #expect(held.roots.keys.sorted() == [256, 70_000])
    #expect(held.faults.map(\.description) == faults)
    #expect(held.names == answer.names && held.keys == answer.keys && held.keys > 13_000)
  }

  @Test func `tells damage at the end once, when it is quick`() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/log"
    try FileManager.default.copyItem(atPath: Self.small.get().path, toPath: path)
    let file = URL(filePath: path + "/data.mdb")
    var bytes = try Data(contentsOf: file)
    let last = Data(SampleRecords.frame(698...698).bytes)
    let place = try #require(bytes.lastRange(of: last)?.lowerBound)
    bytes[place + 57] ^= 4
    try bytes.write(to: file)
    let faults = try LMDBLog(at: path, readOnly: true).verify(isQuick: true).faults
    #expect(faults.count == 1 && faults[0].what.hasPrefix("The block of records"), "\(faults)")
  }

  @Test func `finds a moment that cannot be, and blames nothing else for it`() throws {
    let stored = try StoredLog()
    var records = (1...3).map { SampleRecords.record($0) }
    for index in 0..<3 {
      let name = NameID(.customer, UInt32(index + 1))
      records[index].introduced = [Introduced(id: name, code: try Code("C-\(index + 1)"))]
    }
    records[0].at = Instant(microseconds: .min + 1)
    let frame = SampleRecords.frame(records)
    try stored.opened { log in _ = try log.append(frame, expecting: 0) }
    let faults = try LMDBLog(at: stored.path, readOnly: true).verify().faults.map(\.description)
    #expect(faults.count == 1 && faults[0].contains("Event 1 has a moment"), "\(faults)")
  }
}
