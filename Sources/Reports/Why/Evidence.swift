// Why: a figure is explained by the events that made it. Whatever a row rests on, its evidence is found through the
// timelines and tallies of what it names, never by reading the whole log.

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
  /// What the memorandum account is called, where a row rests on money as well: the base of a tax beside the tax.
  var beside: String?
}

/// Two points in time, of which one answer is compared with the other; an answer by itself is compared with position 0.
struct Comparison: Hashable {
  var first: Point
  var second: Point

  /// Whether a line of `day`, recorded at `position`, counts at one of them only.
  func counts(_ day: Day, _ position: Position) -> Bool {
    first.counts(day, position) != second.counts(day, position)
  }

  /// The positions that may count at one of them only.
  var positions: PartialRangeFrom<Position> {
    (first.asOf == second.asOf ? min(first.knownAt, second.knownAt) + 1 : 1)...
  }
}

extension Inquiry {
  /// The events that count at one of two points only and concern `basis`, in the order of their recording.
  func evidence(
    for basis: Basis, _ points: Comparison
  ) throws(ReportError) -> [Evidence] {
    switch basis {
    case .events(let positions): try whole(positions.filter { points.positions ~= $0 }, points)
    case .history(let name): try whole(try positions(of: name, points), points)
    case .moves(let ranges):
      try events(at: try positions(touching: ranges, points))
        .flatMap { $0.evidence(in: ranges, points, chart) }
    }
  }

  /// Events that concern a row as a whole.
  private func whole(
    _ positions: [Position], _ points: Comparison
  ) throws(ReportError) -> [Evidence] {
    try events(at: positions).filter { points.counts($0.on, $0.position) }
      .map { Evidence(event: $0, on: $0.on) }
  }

  private func positions(
    of name: NameID, _ points: Comparison
  ) throws(ReportError) -> [Position] {
    try reading { () throws(SummaryError) in
      try look.positions(Histories.self, of: name, .all).filter { points.positions ~= $0 }
    }
  }

  /// A document's or a product's timeline is short. An account's may be as long as the log, but its tally finds the
  /// lines that make the difference.
  private func positions(
    touching ranges: [KeyRange], _ points: Comparison
  ) throws(ReportError) -> [Position] {
    var found: Set<Position> = []
    for name in Set(ranges.map(\.mostSelectiveName)) {
      if name.is(.account) {
        let changes = try reading { () throws(SummaryError) in
          try look.changes(
            AccountBalances.self, .account(name), from: points.first, to: points.second)
        }
        found.formUnion(changes.lazy.map(\.position))
      } else {
        found.formUnion(try positions(of: name, points))
      }
    }
    return found.sorted()
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
  /// What the event moves in and out of `ranges`, day by day; memoranda apart where `ranges` hold money too.
  fileprivate func evidence(
    in ranges: [KeyRange], _ points: Comparison, _ chart: Chart
  ) -> [Evidence] {
    func memorandum(_ account: NameID) -> String? {
      chart.accounts[account].flatMap { $0.kind == .memo ? $0.name : nil }
    }
    let isMixed = ranges.contains { memorandum($0.first.account) == nil }
    var days: [Evidence] = []
    for move in moves where points.counts(move.on, position) {
      for (place, sign) in [(move.to, Int64(1)), (move.from, -1)] {
        let key = TallyKey(place.account, place.subject, move.commodity)
        guard ranges.contains(where: { $0.contains(key) }) else { continue }
        let beside = isMixed ? memorandum(place.account) : nil
        if let i = days.firstIndex(where: { $0.on == move.on && $0.beside == beside }) {
          let isSame = days[i].commodity == move.commodity
          days[i].amount = isSame ? days[i].amount.map { $0 + sign * move.amount } : nil
          days[i].value = (days[i].value ?? 0) + sign * move.value
        } else {
          days.append(
            Evidence(
              event: self, on: move.on, amount: sign * move.amount, commodity: move.commodity,
              value: sign * move.value, beside: beside))
        }
      }
    }
    return days
  }
}
