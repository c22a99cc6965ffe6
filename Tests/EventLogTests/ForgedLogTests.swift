// Why: a checksum tells that a row is as somebody wrote it, not that it is true. Whoever writes a row makes its checksum; what it says must
// then cost neither the time nor the memory that it claims, and no crash.

internal import Events
internal import Foundation
internal import LMDB
internal import Ledger
internal import Proofs
internal import Support
internal import Testing
internal import Wire

@testable internal import EventLog

@Suite struct `A forged log` {
  private static let size: Position = 1_100

  private func log() throws -> StoredLog {
    let stored = try StoredLog()
    try stored.opened { log in
      _ = try log.append(SampleRecords.frame(1...Self.size, body: 90), expecting: 0)
    }
    return stored
  }

  private func put(
    _ value: [UInt8], _ key: some TableKey, _ name: String, _ stored: StoredLog
  ) throws {
    let environment = try Environment(path: stored.path, tables: LogTables.names)
    let table = try environment.table(name)
    try environment.write { (txn) throws(StoreError) in try txn.put(key, value, in: table) }
  }

  /// Lets the head count `size` events, with a root of its own peaks.
  private func forgeHead(_ size: UInt64, _ stored: StoredLog) throws {
    let peaks = (0..<size.nonzeroBitCount).map { MerkleHash.of([UInt8($0)].raw) }
    let identity = [UInt8](repeating: 7, count: 16)
    let tree = try #require(MerkleTree(size: size, peaks: peaks))
    let row = HeadRow(identity: identity, tree: tree, at: Instant(microseconds: 1_100))
    try put(row.bytes, "head", "head", stored)
  }

  @Test(arguments: [UInt64.max, 1 << 40])
  func `whose head counts more events than the file can hold is damaged`(size: UInt64) throws {
    let stored = try log()
    try forgeHead(size, stored)
    let error = #expect(throws: LogError.self) { try LMDBLog(at: stored.path, readOnly: true) }
    #expect(error?.code == .damaged)
    let remains = try LogRemains.search(stored.path + "/data.mdb")
    #expect(remains.head?.size != size && !remains.isHeadCertain)
    #expect(remains.size == Self.size && remains.missing.isEmpty)
  }

  @Test(arguments: [UInt64.max, 1 << 62, 1 << 40])
  func `with a block behind the end of all files is searched at once`(position: UInt64) throws {
    let stored = try log()
    var record = SampleRecords.record(1)
    record.position = position
    try put(SampleRecords.frame([record]).bytes, position, "blocks", stored)
    let file = URL(filePath: stored.path + "/data.mdb")
    let remains = try LogRemains.search(file.path())
    #expect(remains.size == Self.size && remains.missing.isEmpty)
    // Without a head nobody knows how long the file was.
    var data = try Data(contentsOf: file)
    data.replaceSubrange(0..<8_192, with: Data(count: 8_192))
    try data.write(to: file)
    let rest = try LogRemains.search(file.path())
    #expect(rest.intactPrefix == Self.size)
    var count = 0
    rest.forEachRecord(in: 1...Position.max) { _ in count += 1 }
    #expect(count == Int(Self.size) + (position == .max ? 0 : 1))
  }

  @Test func `with a record at the last of all numbers is searched`() throws {
    let stored = try log()
    let file = URL(filePath: stored.path + "/data.mdb")
    var data = try Data(contentsOf: file)
    var changed = 0
    for page in 2..<data.count / 4_096 {
      let start = page * 4_096 + 16
      let record = Array(data[start..<start + 56])
      guard record[6] == 1, (56...5_000).contains(record.raw.load(0, as: UInt32.self)),
        (1...Self.size).contains(record.raw.load(8, as: UInt64.self))
      else { continue }
      data.replaceSubrange(start + 8..<start + 16, with: [UInt8](repeating: 0xff, count: 8))
      changed += 1
    }
    #expect(changed > 5)
    try data.write(to: file)
    let remains = try LogRemains.search(file.path())
    remains.forEachRecord(in: 1...Position.max) { record in #expect(record.position <= Self.size) }
  }

  @Test(arguments: [
    [0, 0, 0, 0, 0, 0, 0, 0], [1], [0, 0, 0, 0, 0, 0, 0, 1, 0], [0xff, 0xff],
  ])
  func `with a block under a key that is no position is damaged, and crashes nobody`(
    key: [UInt8]
  ) throws {
    for isAlone in [true, false] {
      let stored = isAlone ? try StoredLog() : try log()
      let size = isAlone ? 0 : Self.size
      try put([], key, "blocks", stored)
      let log = try LMDBLog(at: stored.path)
      // Behind the last one nothing is laid.
      if isAlone || key[0] > 0 {
        let error = #expect(throws: LogError.self) {
          try log.append(SampleRecords.frame(size + 1...size + 1), expecting: size)
        }
        #expect(error?.code == .damaged)
      }
      var read: Position = 0
      do throws(LogError) {
        try log.scan(1...Self.size + 1) { (record) throws(LogError) in
          read = record.position
          return true
        }
      } catch { #expect(error.code == .damaged) }
      #expect(read <= size)
      let isSound = try log.verify().isSound
      #expect(!isSound)
    }
  }

  @Test func `with more names in its counts than there are is damaged, and asks for none of them`()
    throws
  {
    let stored = try StoredLog()
    var record = SampleRecords.record(1)
    record.introduced = [Introduced(id: NameID(.customer, 1), code: "C-1")]
    let frame = SampleRecords.frame([record, SampleRecords.record(2)])
    try LMDBLog(at: stored.path).append(frame, expecting: 0)
    #expect(try LMDBLog(at: stored.path).count(of: .customer, knownAt: 2) == 1)
    // 3 names, of which two have no row; and more than a name's 26 bits can number.
    for count in [[3, 0, 0, 0], [0xff, 0xff, 0xff, 0xff]] as [[UInt8]] {
      try put(count, [NameKind.customer.rawValue], "counts", stored)
      let log = try LMDBLog(at: stored.path)
      let error = #expect(throws: LogError.self) { try log.count(of: .customer, knownAt: 2) }
      #expect(error?.code == .damaged)
    }
  }

  @Test func `with a name that is no code leaves no event out in silence`() throws {
    let stored = try StoredLog()
    var record = SampleRecords.record(2)
    record.introduced = [Introduced(id: NameID(.customer, 1), code: "CODE-1")]
    let frame = SampleRecords.frame([SampleRecords.record(1), record, SampleRecords.record(3)])
    try stored.opened { log in _ = try log.append(frame, expecting: 0) }
    var block = frame.bytes
    let place = try #require(Data(block).firstRange(of: Data("CODE-1".utf8))?.lowerBound)
    block[place] = 0xff  // is in no text in UTF-8
    try put(block, UInt64(1), "blocks", stored)
    let log = try LMDBLog(at: stored.path)
    var seen: [Position] = []
    do throws(LogError) {
      try log.forEachPage(of: 1..<4, size: 1) { (_, events) throws(LogError) in
        seen += events.map(\.position)
      }
      Issue.record("the second event was left out")
    } catch { #expect(error.code == .damaged && error.message.contains("position 2"), "\(error)") }
    #expect(seen == [1])
  }

  @Test func `with a record that no recording writes is not sound`() throws {
    for (change, says) in [
      ({ $0.moves[0].value = .min }, "Event 1 has an amount"),
      ({ $0.moves[0].amount = .min }, "Event 1 has an amount"),
      ({ $0.on = Day(number: .max) }, "Event 1 has a day"),
      ({ $0.moves[0].on = Day(number: .min) }, "Event 1 has a move on a day"),
      // (One that is too late the head has as well, and then nothing is opened.)
      ({ $0.at = Instant(microseconds: .min + 1) }, "Event 1 has a moment"),
    ] as [((inout Recorded) -> Void, String)] {
      let stored = try StoredLog()
      var record = SampleRecords.record(1)
      change(&record)
      let frame = SampleRecords.frame([record, SampleRecords.record(2)])
      try stored.opened { log in _ = try log.append(frame, expecting: 0) }
      let faults = try LMDBLog(at: stored.path, readOnly: true).verify().faults.map(\.description)
      #expect(faults.count == 1 && faults[0].contains(says), "\(faults)")
    }
  }
}
