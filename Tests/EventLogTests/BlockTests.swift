// Why: the layout on disk is a promise to later versions, and the checksums are a promise to everybody.

internal import Events
internal import Foundation
internal import LMDB
internal import Ledger
internal import Support
internal import Testing
internal import Wire

@testable internal import EventLog

@Suite struct `Blocks` {
  /// First positions and lengths of the stored blocks.
  private func blocks(_ stored: StoredLog) throws -> [(first: Position, length: Int)] {
    let log = try LMDBLog(at: stored.path)
    let table = log.tables.blocks
    return try log.environment.read { (txn) throws(LogError) in
      var blocks: [(Position, Int)] = []
      do throws(StoreError) {
        var cursor = try txn.cursor(over: table)
        while let entry = try cursor.next() {
          blocks.append((entry.key.keyPart(), entry.value.byteCount))
        }
      } catch { throw LogError(store: error) }
      return blocks
    }
  }

  @Test func `are filled up commit by commit, and take four pages with their checksum`() throws {
    let stored = try StoredLog()
    // 56 + 40 + 4 + 20 = 120 bytes each; 136 of them are 16,320, one more would be 16,440 > 16,360.
    for start in stride(from: Position(0), to: 410, by: 5) {
      try stored.opened { log in
        _ = try log.append(SampleRecords.frame(start + 1...start + 5, body: 20), expecting: start)
      }
    }
    let blocks = try blocks(stored)
    #expect(blocks.map(\.first) == [1, 137, 273, 409])
    #expect(blocks.map(\.length) == [16_320, 16_320, 16_320, 240])
    #expect(LMDBLog.maximumBlock + 8 == 16_368)
  }

  @Test func `of any records never pass the limit, but for one record too big for it`() throws {
    let stored = try StoredLog()
    var numbers = SeededNumbers(seed: 16_368)
    var next: Position = 1
    for _ in 0..<60 {
      try stored.opened { log in
        var records: [Recorded] = []
        for _ in 0..<Int.random(in: 1...20, using: &numbers) {
          let size = Int.random(
            in: 0...(Bool.random(using: &numbers) ? 200 : 9_000), using: &numbers)
          records.append(SampleRecords.record(next, body: next % 97 == 0 ? 40_000 : size))
          next += 1
        }
        let size = records[0].position - 1
        _ = try log.append(SampleRecords.frame(records), expecting: size)
      }
    }
    var expected: Position = 1
    for (first, length) in try blocks(stored) {
      #expect(first == expected)
      let log = try LMDBLog(at: stored.path)
      var bytes = 0
      while bytes < length {
        let record = try #require(try log.record(at: expected))
        var frame = Frame()
        frame.append(record)
        bytes += frame.bytes.count
        expected += 1
      }
      #expect(bytes == length)
      #expect(length <= LMDBLog.maximumBlock || expected == first + 1, "a big record is alone")
    }
    #expect(expected == next)
  }

  @Test func `of a newer format are left alone`() throws {
    let stored = try StoredLog()
    try Self.raiseFormat(LMDBLog(at: stored.path), readableFrom: 0)
    for readOnly in [false, true] {
      do throws(LogError) {
        _ = try LMDBLog(at: stored.path, readOnly: readOnly)
        Issue.record("a newer format was opened")
      } catch {
        #expect(error.code == .newerFormat)
        #expect(error.message.contains("format \(LMDBLog.formatVersion + 1)"))
      }
    }
  }

  @Test func `of a newer format that this one's readers can read are read, and not written to`()
    throws
  {
    let stored = try StoredLog()
    do {
      let log = try LMDBLog(at: stored.path)
      let head = try log.append(SampleRecords.frame(1...3), expecting: 0)
      // A newer program takes them over while this one has them open.
      try Self.raiseFormat(log, readableFrom: LMDBLog.formatVersion)
      do throws(LogError) {
        try log.append(SampleRecords.frame(4...4), expecting: 3)
        Issue.record("a newer format was written to")
      } catch { #expect(error.code == .newerFormat) }
      #expect(try log.head() == head)
    }
    #expect(try LMDBLog(at: stored.path, readOnly: true).head().size == 3)
    do throws(LogError) {
      _ = try LMDBLog(at: stored.path)
      Issue.record("a newer format was opened for writing")
    } catch {
      #expect(error.code == .newerFormat && error.message.contains("can read them"))
    }
  }

  private static func raiseFormat(_ log: LMDBLog, readableFrom: UInt32) throws(StoreError) {
    let table = log.tables.head
    try log.environment.write { (txn) throws(StoreError) in
      var row = try Self.copy(txn, table)
      row[0] = UInt8(LMDBLog.formatVersion) + 1
      row[4] = UInt8(readableFrom)
      try txn.put("head", row.raw, in: table)
    }
  }

  private static func copy(
    _ txn: borrowing WriteTransaction, _ table: Table
  ) throws(StoreError) -> [UInt8] {
    guard let row = try txn.get("head", in: table) else { return [] }
    return row.bytes(0..<row.byteCount)
  }

  @Test func `with a flipped byte are named, and never read wrong`() throws {
    let stored = try StoredLog()
    let all = (1...300).map { SampleRecords.record($0, body: 100) }
    try stored.opened { log in _ = try log.append(SampleRecords.frame(all), expecting: 0) }
    let blocks = try blocks(stored)
    #expect(blocks.count == 4)
    let file = URL(filePath: stored.path + "/data.mdb")
    let sound = try Data(contentsOf: file)
    var numbers = SeededNumbers(seed: 34)
    for (first, length) in blocks {
      let frame = SampleRecords.frame(Array(all[Int(first) - 1..<min(Int(first) + 20, 300)]))
      let start = try #require(sound.firstRange(of: Data(frame.bytes.prefix(256)))?.lowerBound)
      // The first and the last byte of the records, of the checksum behind them, and some between.
      var places = [0, length - 1, length, length + 7]
      for _ in 0..<20 { places.append(.random(in: 0..<length + 8, using: &numbers)) }
      for place in places {
        var damaged = sound
        damaged[start + place] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
        try damaged.write(to: file)
        let log = try LMDBLog(at: stored.path)
        var read: [Recorded] = []
        do throws(LogError) {
          try log.scan(1...300) { (record) throws(LogError) in
            if let copy = record.copy() { read.append(copy) }
            return true
          }
          Issue.record("byte \(place) of block \(first) was not missed")
        } catch {
          #expect(error.code == .damaged)
          #expect(error.message.contains("position \(first)"), "\(error)")
        }
        #expect(read == Array(all[..<(Int(first) - 1)]), "what comes before is shown, no more")
        for block in blocks {
          let outcome = Result { () throws(LogError) in try log.record(at: block.first) }
          switch outcome {
          case .success(let record):
            #expect(block.first != first && record == all[Int(block.first) - 1])
          case .failure(let error): #expect(block.first == first && error.code == .damaged)
          }
        }
      }
    }
    try sound.write(to: file)
  }

  @Test func `are not appended to when the last one is damaged`() throws {
    let stored = try StoredLog()
    try stored.opened { log in _ = try log.append(SampleRecords.frame(1...10), expecting: 0) }
    let file = URL(filePath: stored.path + "/data.mdb")
    var bytes = try Data(contentsOf: file)
    let start = try #require(
      bytes.firstRange(of: Data(SampleRecords.frame(1...10).bytes))?.lowerBound)
    bytes[start + 70] ^= 1
    try bytes.write(to: file)
    let log = try LMDBLog(at: stored.path)
    do throws(LogError) {
      try log.append(SampleRecords.frame(11...11), expecting: 10)
      Issue.record("appended behind a damaged block")
    } catch { #expect(error.code == .damaged) }
    #expect(try log.head().size == 10)
  }
}
