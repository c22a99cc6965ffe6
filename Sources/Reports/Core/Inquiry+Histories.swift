// Why: a report asks what happened to many things. Finding them one by one would read the same summaries and the same blocks of the
// log again and again; so what is asked about is gathered first, and then read together, once, in the order of the log.
// Events are looked at in place, and copied only when they are wanted.

internal import Documents
public import Events
public import Ledger
internal import Projections
public import Summaries
internal import Wire

extension Inquiry {
  /// Whether an event, read in place, is worth copying.
  typealias Filter = (borrowing RecordView) -> Bool

  /// Copies an event that is read in place, with its personal fields in the clear where the look may show them and unless they
  /// shall stay `sealed`.
  private func event(
    _ view: borrowing RecordView, sealed: Bool = false
  ) throws(ReportError) -> Recorded {
    guard let event = view.copy() else {
      throw ReportError(
        .damaged, "The event at position \(view.position) cannot be read.",
        remedy: "Run `diario verify`, and restore a backup if it finds damage.")
    }
    return sealed ? event : try reading { () throws(SummaryError) in try look.opened(event) }
  }

  /// Shows events in place.
  private func scan(
    _ positions: ClosedRange<Position>,
    _ body: (borrowing RecordView) throws(ReportError) -> Void
  ) throws(ReportError) {
    var failure: ReportError?
    try reading { () throws(SummaryError) in
      try look.scan(positions) { (view) throws(SummaryError) in
        if failure != nil { return }
        do throws(ReportError) { try body(view) } catch { failure = error }
      }
    }
    if let failure { throw failure }
  }

  /// Shows each event about any of `names` once, in place, in the order of recording, with those of the names that it is about
  /// and that `part` of the timeline has it for.
  func forEachView<P: TimelineProjection>(
    _ projection: P.Type, ofEach names: some Sequence<NameID>, _ part: HistoryPart = .all,
    _ body: ([NameID], borrowing RecordView) throws(ReportError) -> Void
  ) throws(ReportError) {
    let names = Set(names).sorted()
    if names.isEmpty { return }
    note(P.namespace)
    let lists = try reading { () throws(SummaryError) in
      try look.positions(projection, ofEach: names, part)
    }
    var mentions: [(position: Position, name: NameID)] = []
    for (name, list) in zip(names, lists) { mentions += list.map { ($0, name) } }
    if names.count > 1 { mentions.sort { $0 < $1 } }
    var next = 0
    for run in mentions.map(\.position).runs() {
      guard let first = run.first, let last = run.last else { continue }
      try scan(first...last) { (view) throws(ReportError) in
        let start = next
        while next < mentions.count, mentions[next].position == view.position { next += 1 }
        if next > start { try body(mentions[start..<next].map(\.name), view) }
      }
    }
  }

  /// Shows the events of a timeline about each of `names`, in the order of recording, each with the name that it is about.
  /// Personal texts cost a key each; who does not show them leaves them `sealed`.
  func forEachEvent<P: TimelineProjection>(
    _ projection: P.Type, ofEach names: some Sequence<NameID>, _ part: HistoryPart = .all,
    sealed: Bool = false, where isWanted: Filter = { _ in true },
    _ body: (NameID, Recorded) throws(ReportError) -> Void
  ) throws(ReportError) {
    try forEachView(projection, ofEach: names, part) { (names, view) throws(ReportError) in
      guard isWanted(view) else { return }
      let event = try event(view, sealed: sealed)
      for name in names { try body(name, event) }
    }
  }

  /// Shows the events about `name` (by a user: those that the user recorded), or all when it is none, in the order of
  /// their recording.
  func forEachEvent(
    about name: NameID = .none, where isWanted: Filter = { _ in true },
    _ body: (Recorded) throws(ReportError) -> Void
  ) throws(ReportError) {
    if name.is(.user) {
      try forEachEvent(Authors.self, ofEach: [name], where: isWanted) {
        (_, event) throws(ReportError) in try body(event)
      }
    } else if !name.isNone {
      try forEachEvent(Histories.self, ofEach: [name], where: isWanted) {
        (_, event) throws(ReportError) in try body(event)
      }
    } else if look.point.knownAt > 0 {
      try scan(1...look.point.knownAt) { (view) throws(ReportError) in
        if isWanted(view) { try body(try event(view)) }
      }
    }
  }
}

// What is gathered of them.
extension Inquiry {
  /// The events of a timeline, in the order of their recording, whatever day they are dated.
  public func recorded<P: TimelineProjection>(
    _ projection: P.Type, of name: NameID, _ part: HistoryPart = .all
  ) throws(ReportError) -> [Recorded] {
    var events: [Recorded] = []
    try forEachEvent(projection, ofEach: [name], part) { events.append($1) }
    return events
  }

  /// What happened to `name` up to the last day that counts, in the order of the recording.
  public func history(of name: NameID) throws(ReportError) -> [Recorded] {
    var events: [Recorded] = []
    try forEachEvent(about: name, where: isInTime) { events.append($0) }
    return events
  }

  /// Whether an event is dated no later than the last day that counts.
  func isInTime(_ view: borrowing RecordView) -> Bool {
    guard let asOf else { return true }
    return view.on <= asOf
  }

  /// The event that brought `name` into the books.
  func introduction(of name: NameID) throws(ReportError) -> Recorded? {
    try introductions(of: [name])[name]
  }

  /// The events that brought `names` into the books.
  func introductions(of names: some Sequence<NameID>) throws(ReportError) -> [NameID: Recorded] {
    var events: [NameID: Recorded] = [:]
    try forEachEvent(Histories.self, ofEach: names, .first(1)) { events[$0] = $1 }
    return events
  }

  /// A document folded from the events that concern it, up to the last day that counts.
  func document<D: Document>(_ type: D.Type, _ name: NameID) throws(ReportError) -> D {
    try documents(type, of: [name])[name] ?? D()
  }

  /// Documents folded from the events that concern them, up to the last day that counts.
  func documents<D: Document>(
    _ type: D.Type, of names: some Sequence<NameID>
  ) throws(ReportError) -> [NameID: D] {
    try documents(type, of: names, in: Histories.self, where: isInTime)
  }

  /// Documents folded from the events about them in a timeline; with their personal texts, unless those stay `sealed`.
  func documents<D: Document, P: TimelineProjection>(
    _ type: D.Type, of names: some Sequence<NameID>, in projection: P.Type, sealed: Bool = false,
    where isWanted: Filter = { _ in true }
  ) throws(ReportError) -> [NameID: D] {
    var documents: [NameID: D] = [:]
    for name in names { documents[name] = D() }
    try forEachEvent(projection, ofEach: documents.keys, sealed: sealed, where: isWanted) {
      (name, event) throws(ReportError) in
      try decoding { () throws(WireError) in
        try documents[name, default: D()].evolve(event, name, chart)
      }
    }
    return documents
  }

  /// What each of `names` was like at the end of the last day that counts: as it came into the books, on whatever day, and as it
  /// was revised since, in the order of the days.
  func definitions<D: Document>(
    _ type: D.Type, of names: some Sequence<NameID>, sealed: Bool = false
  ) throws(ReportError) -> [NameID: D] {
    var events: [NameID: [Recorded]] = [:]
    for name in names { events[name] = [] }
    try forEachEvent(Definitions.self, ofEach: events.keys, sealed: sealed) { (name, event) in
      let isFirst = events[name]?.isEmpty ?? true
      if isFirst || event.on <= asOf ?? event.on { events[name]?.append(event) }
    }
    var documents: [NameID: D] = [:]
    for (name, about) in events {
      var document = D()
      let revisions = about.dropFirst().sorted { ($0.on, $0.position) < ($1.on, $1.position) }
      for event in about.prefix(1) + revisions {
        try decoding { () throws(WireError) in try document.evolve(event, name, chart) }
      }
      documents[name] = document
    }
    return documents
  }

  /// The day of the last event about each of `names` that counts. What is recorded late lies before what was known already, so all are
  /// looked at. A name without any is left out.
  func lastDays(of names: [NameID]) throws(ReportError) -> [NameID: Day] {
    var days: [NameID: Day] = [:]
    try forEachView(Histories.self, ofEach: names) { (names, view) in
      guard isInTime(view) else { return }
      for name in names { days[name] = max(days[name] ?? view.on, view.on) }
    }
    return days
  }
}
