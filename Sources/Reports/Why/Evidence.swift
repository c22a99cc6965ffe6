// Why: a figure is explained by the events that made it. Whatever a row rests on, its evidence is found through the
// timelines of what it names, never by reading the whole log.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries

/// What one event contributes to a row on one day.
struct Evidence {
  var event: Recorded
  var on: Day
  /// Debit − credit in the commodity's smallest unit; `nil` when several commodities moved, or none.
  var amount: Int64?
  var commodity = NameID.none
  /// Debit − credit in the smallest unit of the books' currency; `nil` for a row that rests on no moves.
  var value: Int64?
}

extension Inquiry {
  /// The evidence behind `basis`, in the order of the recording: of days and positions for which `counts` is true, and
  /// of events after `position` only.
  func evidence(
    for basis: Basis, after position: Position = 0, _ counts: (Day, Position) -> Bool
  ) throws(ReportError) -> [Evidence] {
    var evidence: [Evidence] = []
    switch basis {
    case .events(let positions):
      for event in try events(at: positions.filter { $0 > position })
      where counts(event.on, event.position) {
        evidence.append(Evidence(event: event, on: event.on))
      }
    case .history(let name):
      for event in try events(at: try positions(of: [name], after: position))
      where counts(event.on, event.position) {
        evidence.append(Evidence(event: event, on: event.on))
      }
    case .moves(let ranges):
      let names = Set(ranges.map(\.mostSelectiveName))
      for event in try events(at: try positions(of: names, after: position)) {
        evidence += event.evidence(in: ranges, counts)
      }
    }
    return evidence
  }

  private func positions(
    of names: Set<NameID>, after position: Position
  ) throws(ReportError) -> [Position] {
    var positions: Set<Position> = []
    for name in names {
      let own = try reading { () throws(SummaryError) in
        try look.positions(Histories.self, of: name, .all)
      }
      positions.formUnion(own.lazy.filter { $0 > position })
    }
    return positions.sorted()
  }

  private func events(at positions: [Position]) throws(ReportError) -> [Recorded] {
    try reading { () throws(SummaryError) in
      var events: [Recorded] = []
      for position in positions {
        if let event = try look.record(at: position) { events.append(event) }
      }
      return events
    }
  }
}

extension KeyRange {
  /// The name of which the fewest events are to be expected, among those that every key of the range shares.
  fileprivate var mostSelectiveName: NameID {
    if first.subject == last.subject, !first.subject.isNone { return first.subject }
    if first.commodity == last.commodity, first.commodity.is(.product) { return first.commodity }
    return first.account
  }
}

extension Recorded {
  /// What the event moves in and out of `ranges`, day by day.
  fileprivate func evidence(
    in ranges: [KeyRange], _ counts: (Day, Position) -> Bool
  ) -> [Evidence] {
    var days: [Evidence] = []
    for move in moves where counts(move.on, position) {
      for (place, sign) in [(move.to, Int64(1)), (move.from, -1)] {
        let key = TallyKey(place.account, place.subject, move.commodity)
        guard ranges.contains(where: { $0.contains(key) }) else { continue }
        if let i = days.firstIndex(where: { $0.on == move.on }) {
          let isSame = days[i].commodity == move.commodity
          days[i].amount = isSame ? days[i].amount.map { $0 + sign * move.amount } : nil
          days[i].value = (days[i].value ?? 0) + sign * move.value
        } else {
          days.append(
            Evidence(
              event: self, on: move.on, amount: sign * move.amount, commodity: move.commodity,
              value: sign * move.value))
        }
      }
    }
    return days
  }
}
