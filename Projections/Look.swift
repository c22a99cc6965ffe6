// Why: a report sees the books only through this protocol, at one point in time, so that it cannot mix two. Books implement it over
// the log and the summaries; a test may implement it over an array of events.

public import Events
public import Ledger
public import Summaries
public import Wire

/// The books at one point in time.
public protocol Look {
  /// The point in time.
  var point: Point { get }
  /// When the event at `point.knownAt` was recorded; `nil` at position 0.
  var knownAtInstant: Instant? { get }
  /// What the books are, for provenance.
  var provenance: Provenance { get }

  /// The sums of `keys` in the tally `P`, as of `day` (`nil` for no limit), as known at `point.knownAt`.
  func tally<P: TallyProjection>(
    _ projection: P.Type, _ keys: KeyRange, asOf day: Day?
  ) throws(SummaryError) -> TallyColumns

  /// The lines of `keys` in the tally `P` that count at one of two points and not at the other, in the order of their
  /// positions; neither point may lie beyond `point.knownAt`.
  func changes<P: TallyProjection>(
    _ projection: P.Type, _ keys: KeyRange, from first: Point, to second: Point
  ) throws(SummaryError) -> [TallyChange]

  /// The positions of the events that concern each of `names`, which rise, in the timeline `P`, as known at
  /// `point.knownAt`, rising: one list for each name.
  func positions<P: TimelineProjection>(
    _ projection: P.Type, ofEach names: [NameID], _ part: HistoryPart
  ) throws(SummaryError) -> [[Position]]

  /// The names of `kind` that the books knew at `point.knownAt`, in order of their appearance.
  func names(of kind: NameKind) throws(SummaryError) -> [NameID]
  /// The number of the name `code` of `kind`; `nil` when it was not known yet.
  func id(_ kind: NameKind, _ code: Code) throws(SummaryError) -> NameID?
  /// The characters of a name; `nil` when it was not known yet.
  func code(_ name: NameID) throws(SummaryError) -> Code?

  /// What the calendar and the clock on the wall said at `moment` in the time zone called `zone`.
  func localTime(of moment: Instant, in zone: String) throws(SummaryError) -> LocalTime

  /// The event at `position`; `nil` beyond `point.knownAt`.
  func record(at position: Position) throws(SummaryError) -> Recorded?
  /// Shows the events of `positions`, as far as they were known, to `body`, in order, read in place.
  func scan(
    _ positions: ClosedRange<Position>,
    _ body: (borrowing RecordView) throws(SummaryError) -> Void
  ) throws(SummaryError)
  /// An event that was read in place, with its personal fields in the clear where this look may show them.
  func opened(_ event: Recorded) throws(SummaryError) -> Recorded
}

extension Look {
  /// What is not sealed needs no opening.
  public func opened(_ event: Recorded) throws(SummaryError) -> Recorded { event }
}

/// What the calendar and the clock say at some place.
public struct LocalTime: Sendable, Hashable {
  /// The day there.
  public var day: Day
  /// The hour there, 0 to 23.
  public var hour: Int

  /// A day and an hour.
  public init(day: Day, hour: Int) {
    self.day = day
    self.hour = hour
  }
}

/// Where an answer comes from, so that it can be checked and given again.
public struct Provenance: Sendable, Hashable {
  /// The identity of the books.
  public var origin: String
  /// How many events the log's Merkle tree has.
  public var size: Position
  /// The tree's root at that size, as RFC 6962 defines it; 32 bytes.
  public var root: [UInt8]
  /// The books' currency.
  public var currency: NameID

  /// A provenance.
  public init(origin: String, size: Position, root: [UInt8], currency: NameID) {
    self.origin = origin
    self.size = size
    self.root = root
    self.currency = currency
  }
}

extension Look {
  /// The sums of `keys` in the tally `P` at this point in time.
  public func tally<P: TallyProjection>(
    _ projection: P.Type, _ keys: KeyRange = .all
  ) throws(SummaryError) -> TallyColumns {
    try tally(projection, keys, asOf: point.asOf)
  }

  /// The positions of the events that concern `name` in the timeline `P`, as known at `point.knownAt`, rising.
  public func positions<P: TimelineProjection>(
    _ projection: P.Type, of name: NameID, _ part: HistoryPart
  ) throws(SummaryError) -> [Position] {
    try positions(projection, ofEach: [name], part)[0]
  }

  /// What happened to `name`, in the order in which it was recorded; events dated after the point's day are left out.
  public func history(of name: NameID) throws(SummaryError) -> [Recorded] {
    var events: [Recorded] = []
    for position in try positions(Histories.self, of: name, .all) {
      guard let event = try record(at: position) else { continue }
      if let day = point.asOf, event.on > day { continue }
      events.append(event)
    }
    return events
  }
}
