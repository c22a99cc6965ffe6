// Why: decisions, fixtures and generated companies are tested without a disk: the simplest books that can be, a list
// of records and the documents folded from them. Whatever the real books do faster must come out the same.

internal import Charts
public import Decisions
public import Documents
public import Events
public import Ledger
public import Wire

/// Books in memory.
public final class MemoryBooks: Situation {
  /// What has been recorded, in order; position 1 stands first.
  public private(set) var records: [Recorded] = []
  private var ids: [NameKind: [Code: NameID]] = [:]
  private var codes: [NameID: Code] = [:]
  private var mentions: [NameID: [Int]] = [:]
  private var balances: [NameID: Int64] = [:]
  private var documents: [DocumentKey: Cached] = [:]
  private var positions: [String: Position] = [:]

  private struct DocumentKey: Hashable {
    var type: ObjectIdentifier
    var id: NameID
  }
  private struct Cached {
    var document: any Document
    /// How many of the mentions it has seen.
    var seen: Int
  }

  /// Books without any event.
  public init() {}

  /// Books that have been opened with a chart on a day, at a moment or soon after 1970.
  public convenience init(
    chart: String, currency: Code = "EUR", timeZone: String = "Europe/Madrid", on day: Day,
    openedAt: Instant? = nil
  ) throws(Obstacle) {
    self.init()
    var opened = BooksOpened()
    opened.name = "Test"
    opened.currency = currency
    opened.timeZone = timeZone
    opened.chart = Code(stringLiteral: chart)
    var proposals = [Proposal(opened, on: day)]
    proposals += (Charts.named(chart) ?? []).map { Proposal($0, on: day) }
    for (index, var proposal) in proposals.enumerated() {
      proposal.at = openedAt.map { Instant(microseconds: $0.microseconds + Int64(index)) }
      try record(proposal)
    }
  }

  /// Decides and records a proposal; one whose key is known already is not recorded again.
  /// - Throws: the refusal.
  @discardableResult public func record(_ proposal: Proposal) throws(Obstacle) -> Recorded {
    if !proposal.key.isEmpty, let known = positions[proposal.key] { return records[Int(known) - 1] }
    var record = try decide(proposal, self)
    record.position = Position(records.count + 1)
    let last = records.last?.at ?? Instant()
    if proposal.at != nil { record.flags = .imported }
    record.at = proposal.at ?? Instant(microseconds: last.microseconds + 1)
    precondition(record.at > last, "moments rise")
    if !proposal.key.isEmpty { positions[proposal.key] = record.position }
    for name in record.introduced {
      if let kind = name.id.kind { ids[kind, default: [:]][name.code] = name.id }
      codes[name.id] = name.code
    }
    for name in record.names { mentions[name, default: []].append(records.count) }
    for move in record.moves {
      balances[move.to.account, default: 0] += move.value
      balances[move.from.account, default: 0] -= move.value
    }
    records.append(record)
    return record
  }

  public func chart() throws(Obstacle) -> Chart { try document(Chart.self, .books) }
  public func id(_ kind: NameKind, _ code: Code) throws(Obstacle) -> NameID? { ids[kind]?[code] }
  public func code(_ id: NameID) throws(Obstacle) -> Code { codes[id] ?? "?" }
  public func count(of kind: NameKind) throws(Obstacle) -> UInt32 { UInt32(ids[kind]?.count ?? 0) }
  public func balance(_ account: NameID) throws(Obstacle) -> Int64 { balances[account] ?? 0 }
  public func size() -> Position { Position(records.count) }
  public func recorded(_ position: Position) throws(Obstacle) -> Recorded? {
    (1...size()).contains(position) ? records[Int(position) - 1] : nil
  }

  public func document<D: Document>(_ type: D.Type, _ id: NameID) throws(Obstacle) -> D {
    let key = DocumentKey(type: ObjectIdentifier(type), id: id)
    let about = mentions[id] ?? []
    // Taken out of the cache while it evolves, so that it is not copied.
    let cached = documents.removeValue(forKey: key)
    var document = cached?.document as? D ?? D()
    let seen = cached?.seen ?? 0
    if seen < about.count {
      let chart = type == Chart.self ? Chart() : try self.chart()
      for index in about[seen...] {
        do { try document.evolve(records[index], id, chart) } catch { throw .unreadable(error) }
      }
    }
    documents[key] = Cached(document: document, seen: about.count)
    return document
  }

  /// The balances (debit − credit) by account code, of the statements' accounts, without zeros: as of a day, as known at
  /// a position.
  public func trialBalance(
    asOf: Day, knownAt position: Position
  ) throws(Obstacle) -> [Code: Int64] {
    let chart = try chart()
    var sums: [Code: Int64] = [:]
    for record in records.prefix(Int(position)) {
      for move in record.moves where move.on <= asOf {
        for (place, sign) in [(move.to, Int64(1)), (move.from, -1)] {
          guard let account = chart.accounts[place.account], account.kind != .memo else { continue }
          sums[account.code, default: 0] += sign * move.value
        }
      }
    }
    return sums.filter { $0.value != 0 }
  }

  /// What lies where, in smallest units, and its value, by product and warehouse: as of a day, as known at a position.
  public func stock(
    asOf: Day, knownAt position: Position
  ) throws(Obstacle) -> [String: (quantity: Int64, value: Int64)] {
    let chart = try chart()
    var sums: [String: (quantity: Int64, value: Int64)] = [:]
    for record in records.prefix(Int(position)) {
      for move in record.moves where move.on <= asOf && move.commodity.is(.product) {
        for (place, sign) in [(move.to, Int64(1)), (move.from, -1)]
        where chart.plays(.inventory, place.account) {
          let key = "\(try code(move.commodity)) \(try code(place.subject))"
          sums[key, default: (0, 0)].quantity += sign * move.amount
          sums[key, default: (0, 0)].value += sign * move.value
        }
      }
    }
    return sums.filter { $0.value != (0, 0) }
  }
}
