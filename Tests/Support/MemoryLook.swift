// Why: reports are tested without a disk and without summaries: a look that works everything out from the records, one
// by one, at any point in time.

internal import Books
public import Events
public import Ledger
public import Projections
public import Summaries
public import Wire

/// Books in memory at one point in time.
public struct MemoryLook: Look {
  public let point: Point
  public let knownAtInstant: Instant?
  public let provenance: Projections.Provenance
  private let log: MemoryRecords
  private let records: [Recorded]

  /// The look at `records` as of `day`, as known at `position` (the last one when absent).
  public init(_ records: [Recorded], asOf day: Day? = nil, knownAt position: Position? = nil) {
    let size = min(position ?? .max, Position(records.count))
    self.records = Array(records.prefix(Int(size)))
    log = MemoryRecords(self.records)
    point = Point(asOf: day, knownAt: size)
    knownAtInstant = self.records.last?.at
    provenance = Projections.Provenance(
      origin: "test", size: size, root: [UInt8](repeating: 0xab, count: 32), currency: .none)
  }

  // No leaf is ever complete, so every answer is worked out from the records.
  private static let tree = SummaryTree(leafSize: 65_536, fanout: 16)

  public func tally<P: TallyProjection>(
    _ projection: P.Type, _ keys: KeyRange, asOf day: Day?
  ) throws(SummaryError) -> TallyColumns {
    try P.columns(
      at: Point(asOf: day, knownAt: point.knownAt), keys, tree: Self.tree, in: NoSummaries(),
      log: log)
  }

  public func changes<P: TallyProjection>(
    _ projection: P.Type, _ keys: KeyRange, from first: Point, to second: Point
  ) throws(SummaryError) -> [TallyChange] {
    try P.changes(
      from: first, to: second, keys, tree: Self.tree, in: NoSummaries(), log: log)
  }

  public func positions<P: TimelineProjection>(
    _ projection: P.Type, ofEach names: [NameID], _ part: HistoryPart
  ) throws(SummaryError) -> [[Position]] {
    try P.positions(
      ofEach: names, knownAt: point.knownAt, part, tree: Self.tree, in: NoSummaries(), log: log)
  }

  public func names(of kind: NameKind) throws(SummaryError) -> [NameID] {
    records.flatMap(\.introduced).map(\.id).filter { $0.is(kind) }.sorted()
  }

  public func localTime(
    of moment: Instant, in zone: String
  ) throws(SummaryError) -> LocalTime { try Calendar.time(at: moment, in: zone) }

  public func id(_ kind: NameKind, _ code: Code) throws(SummaryError) -> NameID? {
    records.lazy.flatMap(\.introduced).first { $0.id.is(kind) && $0.code == code }?.id
  }

  public func code(_ name: NameID) throws(SummaryError) -> Code? {
    records.lazy.flatMap(\.introduced).first { $0.id == name }?.code
  }

  public func record(at position: Position) throws(SummaryError) -> Recorded? {
    (1...point.knownAt).contains(position) ? records[Int(position) - 1] : nil
  }

  public func scan(
    _ positions: ClosedRange<Position>,
    _ body: (borrowing RecordView) throws(SummaryError) -> Void
  ) throws(SummaryError) {
    try log.scan(positions.clamped(to: 1...point.knownAt), body)
  }
}

/// No summaries at all.
struct NoSummaries: SummarySource {
  func get<Answer>(
    _ namespace: String, _ range: SummaryRange, part: Int,
    _ body: (RawSpan) throws(SummaryError) -> Answer
  ) throws(SummaryError) -> Answer? { nil }
}

/// Records laid out as in the log.
struct MemoryRecords: RecordSource {
  private var frame = Frame()
  private var offsets: [Int] = []

  init(_ records: [Recorded]) {
    for record in records {
      offsets.append(frame.bytes.count)
      frame.append(record)
    }
  }

  func scan(
    _ positions: ClosedRange<Position>,
    _ body: (borrowing RecordView) throws(SummaryError) -> Void
  ) throws(SummaryError) {
    let bytes = frame.bytes
    for index in Int(positions.lowerBound - 1)..<Int(positions.upperBound) {
      guard let record = RecordView(in: bytes.raw, at: offsets[index]) else {
        throw SummaryError(.source, "A record is damaged.", remedy: "Test something else.")
      }
      try body(record)
    }
  }
}
