// Why: a report asks at one point in time; what it asks is answered from the summaries, and from the log for what no
// summary covers yet.

internal import Documents
internal import EventLog
public import Events
public import Ledger
public import Projections
internal import Proofs
public import Summaries
public import Wire

/// The books at one point in time.
public struct BooksLook: Look, Sendable {
  let books: Books
  public let point: Point
  public let knownAtInstant: Instant?
  public let provenance: Projections.Provenance

  public func tally<P: TallyProjection>(
    _ projection: P.Type, _ keys: KeyRange, asOf day: Day?
  ) throws(SummaryError) -> TallyColumns {
    try asking(P.self) { (store) throws(SummaryError) in
      try P.columns(
        at: Point(asOf: day, knownAt: point.knownAt), keys, tree: books.views.tree,
        in: store, log: books.views.source)
    }
  }

  public func changes<P: TallyProjection>(
    _ projection: P.Type, _ keys: KeyRange, from first: Point, to second: Point
  ) throws(SummaryError) -> [TallyChange] {
    try asking(P.self) { (store) throws(SummaryError) in
      try P.changes(
        from: first, to: second, keys, tree: books.views.tree, in: store,
        log: books.views.source)
    }
  }

  public func positions<P: TimelineProjection>(
    _ projection: P.Type, ofEach names: [NameID], _ part: HistoryPart
  ) throws(SummaryError) -> [[Position]] {
    try asking(P.self) { (store) throws(SummaryError) in
      try P.positions(
        ofEach: names, knownAt: point.knownAt, part, tree: books.views.tree, in: store,
        log: books.views.source)
    }
  }

  /// Asks the stored summaries but for those that are damaged; what fails all the same is the failure of `projection`.
  private func asking<P: Projection, R>(
    _ projection: P.Type, _ body: (ViewsReading) throws(SummaryError) -> R
  ) throws(SummaryError) -> R {
    try SummaryError.blaming(P.namespace) { () throws(SummaryError) in
      try books.views.reading.answer(body)
    }
  }

  /// The summary that the custom projection `P` keeps, of everything known at this point.
  public func summary<P: SummaryProjection>(
    _ projection: P.Type
  ) throws(SummaryError) -> P.Summary {
    try asking(P.self) { (store) throws(SummaryError) in
      try P.summary(
        knownAt: point.knownAt, tree: books.views.tree, in: store,
        log: books.views.source)
    }
  }

  public func names(of kind: NameKind) throws(SummaryError) -> [NameID] {
    do throws(LogError) {
      let count = try books.log.count(of: kind, knownAt: point.knownAt)
      return count == 0 ? [] : (1...count).map { NameID(kind, $0) }
    } catch { throw SummaryError(log: error) }
  }

  public func localTime(
    of moment: Instant, in zone: String
  ) throws(SummaryError) -> LocalTime { try Calendar.time(at: moment, in: zone) }

  public func id(_ kind: NameKind, _ code: Code) throws(SummaryError) -> NameID? {
    do throws(LogError) {
      guard let name = try books.log.name(kind, code), name.since <= point.knownAt else {
        return nil
      }
      return name.id
    } catch { throw SummaryError(log: error) }
  }

  public func code(_ name: NameID) throws(SummaryError) -> Code? {
    do throws(LogError) {
      guard let known = try books.log.name(name), known.since <= point.knownAt else { return nil }
      return known.code
    } catch { throw SummaryError(log: error) }
  }

  public func record(at position: Position) throws(SummaryError) -> Recorded? {
    if position > point.knownAt { return nil }
    do throws(BooksError) {
      return try books.event(at: position).map { (event) throws(BooksError) in
        try books.opened(event)
      }
    } catch { throw SummaryError(books: error) }
  }

  public func opened(_ event: Recorded) throws(SummaryError) -> Recorded {
    do throws(BooksError) { return try books.opened(event) } catch {
      throw SummaryError(books: error)
    }
  }

  public func scan(
    _ positions: ClosedRange<Position>,
    _ body: (borrowing RecordView) throws(SummaryError) -> Void
  ) throws(SummaryError) {
    let last = min(positions.upperBound, point.knownAt)
    if positions.lowerBound > last { return }
    try books.views.source.scan(positions.lowerBound...last, body)
  }
}

extension Books {
  /// The books as of the end of `day` (`nil`: every day), as they were known at `knownAt`.
  /// - Throws: ``BooksError`` `.question` for a point in time that does not exist.
  public func look(
    asOf day: Day? = nil, knownAt: KnownAt = .now
  ) throws(BooksError) -> BooksLook {
    let position = try position(knownAt)
    let at = position == 0 ? nil : try event(at: position)?.at
    let root = try reading { () throws(LogError) in try log.root(at: position) }
    let chart = try chart(knownAt: position)
    return BooksLook(
      books: self, point: Point(asOf: day, knownAt: position), knownAtInstant: at,
      provenance: Projections.Provenance(
        origin: log.identity, size: position, root: root.bytes, currency: chart.currencyID))
  }
}
