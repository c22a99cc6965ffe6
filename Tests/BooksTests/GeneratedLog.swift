// Why: the past must be right over a long log, and deciding 200,000 events takes minutes in a debug build. So a generated
// company is decided once, and its records are appended over and over, later and on other days each time.

internal import Books
internal import CompanyGenerator
internal import Decisions
internal import EventLog
internal import Events
internal import Foundation
internal import Ledger
internal import Projections
internal import Proofs
internal import Summaries
internal import Support
internal import Wire

/// Books whose log holds a generated company many times over. Opened by one test at a time.
struct GeneratedLog {
  let directory: TemporaryDirectory
  /// The records of the company, once.
  let company: [Recorded]
  /// When the company's last event was learned.
  private let end: Instant
  /// How many events the log holds.
  let size: Position
  var path: String { directory.path + "/books" }

  /// The company of `seed` with about `decided` events, until there are `size`.
  init(seed: UInt64, decided: Int, size: Int) throws {
    var settings = CompanyGenerator.Settings()
    settings.days = 240
    settings.products = 60
    settings.customers = 300
    settings.closesMonths = false
    let books = try MemoryBooks(chart: "generic", on: settings.start)
    for proposal in CompanyGenerator(seed: seed, events: decided, settings: settings) {
      try books.record(proposal)
    }
    company = books.records
    end = company.last?.at ?? Instant()
    self.size = Position(size)
    directory = try TemporaryDirectory()
    try Books.create(at: path, identity: (0..<16).map { UInt8($0) })
    try append(through: self.size)
  }

  /// The record at `position`: in each round the company's, on other days, and without names and keys after the first.
  func record(_ position: Position) -> Recorded {
    let round = Int(position - 1) / company.count
    var record = company[Int(position - 1) % company.count]
    if round == 0 { return record }
    record.position = position
    record.at = Instant(microseconds: end.microseconds + Int64(position))
    record.introduced = []
    record.key = ""
    record.digest = ContentDigest()
    let days = round * 17 % 61
    record.on = record.on + days
    for index in record.moves.indices { record.moves[index].on = record.moves[index].on + days }
    return record
  }

  /// Appends to the log at `path` until it has `size` events.
  func append(to path: String? = nil, through size: Position) throws {
    let log = try LMDBLog(at: "\(path ?? self.path)/log")
    var next = try log.head().size + 1
    while next <= size {
      let last = min(next + 8_191, size)
      try log.append(SampleRecords.frame((next...last).map { record($0) }), expecting: next - 1)
      next = last + 1
    }
  }

  /// Deletes the summaries. There are none where the books were only read since the last time.
  func deleteViews() throws {
    let views = path + "/views"
    if FileManager.default.fileExists(atPath: views) {
      try FileManager.default.removeItem(atPath: views)
    }
  }
}

extension Books {
  /// A digest of all summaries of each projection.
  func digests() throws -> [String: String] {
    var digests: [String: String] = [:]
    for projection in AllProjections.list {
      var hashes: [UInt8] = []
      try forEachSummary(of: projection) { range, bytes in
        hashes += Array("\(range.level)/\(range.index) ".utf8) + MerkleHash.of(bytes.raw).bytes
      }
      digests[projection.namespace] = "\(hashes.count) \(MerkleHash.of(hashes.raw))"
    }
    return digests
  }
}
