// Why: what a salvage may say is judged by the bytes: an event is intact if its record still stands somewhere in the file, and nothing
// else is ever taken for one.

internal import Events
internal import Foundation
internal import Ledger
internal import Proofs
internal import Support
internal import Testing
internal import Wire

@testable internal import EventLog

/// A log of 1,100 events (four full tiles and 76 events more), its file damaged in some way.
private final class DamagedLog {
  static let size: Position = 1_100
  let stored: StoredLog
  let head: LogHead
  /// The records, by position from 1, and the sound file.
  let records: [[UInt8]]
  let sound: Data
  private let everyPlace: [Position: [Int]]
  private let file: URL

  init() throws {
    stored = try StoredLog()
    file = URL(filePath: stored.path + "/data.mdb")
    var records: [[UInt8]] = []
    let all = (1...Self.size).map { position in
      var record = SampleRecords.record(position, body: position % 97 == 0 ? 9_000 : 90)
      if position % 50 == 0 {
        let id = NameID(.customer, UInt32(position / 50))
        record.introduced = [Introduced(id: id, code: Code(stringLiteral: "C-\(position)"))]
        record.key = "key-\(position)"
      }
      var frame = Frame()
      frame.append(record)
      records.append(frame.bytes)
      return record
    }
    // Commits of several sizes, so that older states of blocks lie about.
    var start = 0
    for step in [1, 7, 60, 300, 2, 500, 30, 200] {
      let part = Array(all[start..<min(start + step, all.count)])
      try stored.opened { log in
        _ = try log.append(SampleRecords.frame(part), expecting: Position(start))
      }
      start += part.count
    }
    var head: LogHead?
    try stored.opened { log in head = try log.head() }
    self.head = try #require(head)
    #expect(self.head.size == Self.size)
    self.records = records
    sound = try Data(contentsOf: file)
    everyPlace = Self.everyPlace(Array(sound), records)
    #expect(everyPlace.count == Int(Self.size))
  }

  /// Writes the file as `change` leaves it, and searches it.
  func search(_ change: (inout Data) -> Void) throws -> (remains: LogRemains, data: Data) {
    var data = sound
    change(&data)
    try data.write(to: file)
    let remains = try LogRemains.search(file.path())
    #expect(try Data(contentsOf: file) == data, "the damaged file is only read")
    return (remains, data)
  }

  /// Where a record stands in the sound file, each time: it begins at an even offset.
  func places(_ position: Position) -> [Int] { everyPlace[position] ?? [] }

  private static func everyPlace(_ sound: [UInt8], _ records: [[UInt8]]) -> [Position: [Int]] {
    var places: [Position: [Int]] = [:]
    for offset in stride(from: 0, to: sound.count, by: 2) {
      guard let record = RecordView(in: sound.raw, at: offset), record.position >= 1,
        record.position <= Self.size,
        record.bytes.bytes(0..<record.length) == records[Int(record.position) - 1]
      else { continue }
      places[record.position, default: []].append(offset)
    }
    return places
  }

  /// The positions that `remains` yields; each must be what was recorded, and proven where it says so.
  func yielded(_ remains: LogRemains) -> Set<Position> {
    var found: Set<Position> = []
    // A file without its newest head is proven by the one before it.
    let head = remains.head
    let genuine = head.map { self.root(at: $0.size) }
    #expect(head?.root == genuine)
    remains.forEachRecord(in: 1...Position.max) { record in
      let position = record.position
      let isGenuine =
        position <= Self.size
        && record.bytes.bytes(0..<record.length) == self.records[Int(position) - 1]
      #expect(isGenuine, "event \(position) is not what was recorded")
      #expect(found.insert(position).inserted)
      if let path = remains.inclusionPath(of: position, .leaf(record.bytes)), let head {
        let proven = MerkleProof.root(
          of: .leaf(record.bytes), at: position - 1, in: head.size, path)
        #expect(proven == genuine)
      }
    }
    return found
  }

  /// The root over the first `size` records.
  private func root(at size: Position) -> MerkleHash {
    var tree = MerkleTree()
    for record in records.prefix(Int(size)) { tree.append(.leaf(record.raw)) { _, _ in } }
    return tree.root
  }

  /// The positions whose records still stand in `data`.
  func present(in data: Data) -> Set<Position> {
    Set(
      (1...Self.size).filter { position in
        let record = Data(records[Int(position) - 1])
        return places(position).contains {
          $0 + record.count <= data.count && data[$0..<$0 + record.count] == record
        }
      })
  }
}

@Suite struct `Salvage of a log` {
  @Test func `of a sound file nothing is missing`() throws {
    let log = try DamagedLog()
    let (remains, _) = try log.search { _ in }
    #expect(remains.missing.isEmpty && remains.intactPrefix == DamagedLog.size)
    #expect(remains.head == log.head && remains.isHeadCertain)
    #expect(log.yielded(remains).count == Int(DamagedLog.size))
    #expect(remains.names[NameID(.customer, 3)]?.since == 150)
    #expect(remains.keys[150] == "key-150")
  }

  @Test(arguments: [1, 137, 400, 776, 1_000])
  func `a flipped bit costs one event, and the others are proven`(position: Position) throws {
    let log = try DamagedLog()
    let (remains, _) = try log.search { data in
      for place in log.places(position) { data[place + 100] ^= 4 }
    }
    #expect(remains.missing == [position...position])
    #expect(remains.doubtfulRecord(at: position)?.count == log.records[Int(position) - 1].count)
    #expect(log.yielded(remains).count == Int(DamagedLog.size) - 1)
    remains.forEachRecord(in: 1...DamagedLog.size) { record in
      #expect(remains.inclusionPath(of: record.position, .leaf(record.bytes)) != nil)
    }
    var tree = MerkleTree()
    for record in log.records[..<Int(position - 1)] { tree.append(.leaf(record.raw)) { _, _ in } }
    #expect(remains.continues(tree.root, position - 1) == true)
    #expect(remains.continues(log.head.root, position - 1) != true, "another root is not believed")
  }

  @Test func `what is lost with any page is exactly what stood on it alone`() throws {
    let log = try DamagedLog()
    let pages = log.sound.count / 4_096
    for page in 0..<pages {
      let (remains, data) = try log.search { data in
        data.replaceSubrange(page * 4_096..<(page + 1) * 4_096, with: Data(count: 4_096))
      }
      let present = log.present(in: data)
      let yielded = log.yielded(remains)
      #expect(yielded.isSubset(of: present), "page \(page)")
      // Behind the last full tile a single record has no hash of its own: a broken block there is lost as a whole.
      let lost = present.subtracting(yielded)
      #expect(lost.allSatisfy { $0 > 1_024 }, "page \(page): \(lost.sorted()) were not found")
      #expect(remains.size == DamagedLog.size || page < 2, "page \(page)")
    }
  }

  @Test func `both heads gone, every event is still found`() throws {
    let log = try DamagedLog()
    let (remains, _) = try log.search { $0.replaceSubrange(0..<8_192, with: Data(count: 8_192)) }
    #expect(!remains.isHeadCertain)
    #expect(remains.missing.isEmpty && remains.size == DamagedLog.size)
    #expect(log.yielded(remains).count == Int(DamagedLog.size))
    #expect(remains.head == log.head)
  }

  @Test func `a file cut at any page yields what is left of it, and no more`() throws {
    let log = try DamagedLog()
    for pages in stride(from: 2, to: log.sound.count / 4_096, by: 3) {
      let (remains, data) = try log.search { $0 = $0.prefix(pages * 4_096) }
      let yielded = log.yielded(remains)
      #expect(yielded.isSubset(of: log.present(in: data)), "\(pages) pages")
    }
  }

  @Test func `whatever is done to it, nothing false is taken for an event`() throws {
    let log = try DamagedLog()
    var numbers = SeededNumbers(seed: 77)
    let pages = log.sound.count / 4_096
    var (present, yielded) = (0, 0)
    for run in 0..<40 {
      let (remains, data) = try log.search { data in
        for _ in 0..<Int.random(in: 1...6, using: &numbers) {
          let page = Int.random(in: 0..<pages, using: &numbers) * 4_096
          let other = Int.random(in: 0..<pages, using: &numbers) * 4_096
          switch run % 4 {
          case 0:
            data[page + Int.random(in: 0..<4_096, using: &numbers)] ^=
              1 << UInt8.random(in: 0..<8, using: &numbers)
          case 1: data.replaceSubrange(page..<page + 4_096, with: Data(count: 4_096))
          case 2:
            let kept = data[page..<page + 4_096]
            data.replaceSubrange(page..<page + 4_096, with: data[other..<other + 4_096])
            data.replaceSubrange(other..<other + 4_096, with: kept)
          default:
            let noise = (0..<512).map { _ in UInt8.random(in: .min ... .max, using: &numbers) }
            data.replaceSubrange(page + 512..<page + 1_024, with: noise)
          }
        }
      }
      let found = log.yielded(remains)
      present += log.present(in: data).count
      yielded += found.count
    }
    #expect(Double(yielded) > 0.97 * Double(present), "\(yielded) of \(present)")
  }

  // More records than a block has bytes, 16,360: positions are not to be measured by those.
  @Test func `a block that no page leads to is found by its checksum, however far the log goes`()
    throws
  {
    let size: Position = 17_000
    let stored = try StoredLog()
    try stored.opened { log in
      _ = try log.append(SampleRecords.frame(1...size), expecting: 0)
    }
    let file = URL(filePath: stored.path + "/data.mdb")
    var data = try Data(contentsOf: file)
    // mdb.c, MDB_page: it begins with its number; its flags at 10, 2 for a leaf.
    let pages = [UInt8](data).raw
    let leaves = stride(from: 8_192, to: data.count, by: 4_096).filter {
      pages.load($0, as: UInt64.self) == UInt64($0 / 4_096)
        && pages.load($0 + 10, as: UInt16.self) == 2
    }
    for leaf in leaves { data.resetBytes(in: leaf..<leaf + 4_096) }
    try data.write(to: file)
    let remains = try LogRemains.search(file.path())
    #expect(!leaves.isEmpty && remains.intactPrefix == size && remains.missing.isEmpty)
  }

}
