// Why: depreciation and deferrals are posted alike: line by line what the plan says is due, each part on its own day, or an
// amount beside the plan that is still left.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// Something whose amount goes by a plan.
protocol Planned: Document {
  /// What such things are called.
  static var kind: NameKind { get }
  var plan: Plan { get }
  /// The day on which it came into the books; nothing of it goes before.
  var beginsOn: Day { get }
  /// Whether it has left the books, so that nothing of it is due any more.
  var isGone: Bool { get }
  /// Refuses to post anything of it on `day`.
  func checkPosting(_ code: Code, on day: Day) throws(Obstacle)
  /// Whence and where to what goes of it moves.
  func way(_ id: NameID, _ chart: Chart) throws(Obstacle) -> (from: Place, to: Place)
}

extension Asset: Planned {
  static var kind: NameKind { .asset }
  var beginsOn: Day { acquiredOn }
  var isGone: Bool { disposedOn != nil }

  func checkPosting(_ code: Code, on day: Day) throws(Obstacle) {
    if let disposedOn {
      throw .refuse(
        "asset.gone", "\(code) was disposed of on \(disposedOn).", remedy: "Check the code.")
    }
    if day < acquiredOn {
      throw .refuse(
        "asset.early", "\(code) was acquired on \(acquiredOn), after \(day).",
        remedy: "Date it \(acquiredOn) or later.")
    }
  }

  func way(_ id: NameID, _ chart: Chart) throws(Obstacle) -> (from: Place, to: Place) {
    (
      Place(try chart.account(.accumulatedDepreciation), id),
      Place(try chart.account(.depreciation))
    )
  }
}

extension Deferral: Planned {
  static var kind: NameKind { .deferral }
  var beginsOn: Day { on }
  var isGone: Bool { false }

  func checkPosting(_ code: Code, on day: Day) throws(Obstacle) {
    if day < on {
      throw .refuse(
        "deferral.early", "\(code) is of \(on), after \(day).", remedy: "Date it \(on) or later.")
    }
  }

  func way(_ id: NameID, _ chart: Chart) -> (from: Place, to: Place) {
    isIncome ? (Place(account), place) : (place, Place(account))
  }
}

extension Decision {
  /// Posts `lines`, or all that is due when there are none, and fills in what they came to. An amount that equals what is
  /// due is the plan's, so that what was recorded is decided alike again; another, or one said to be unplanned, goes beside.
  mutating func post<Line: PlanLine, Thing: Planned>(
    _ lines: inout [Line], of type: Thing.Type, through: Day, _ s: any Situation
  ) throws(Obstacle) {
    let currency = try currency(nil, s)
    if lines.isEmpty { lines = try due(of: type, through: through, s) }
    for i in lines.indices {
      let code = lines[i].subject
      let id = try refer(Thing.kind, code, s)
      let thing = try s.document(Thing.self, id)
      try thing.checkPosting(code, on: on)
      if lines[..<i].contains(where: { $0.subject == code }) {
        throw .refuse(
          "lines.duplicate", "\(code) stands on two lines.",
          remedy: "Put each \(Thing.kind.label) on one line.")
      }
      var parts = thing.plan.due(through: through)
      if let amount = lines[i].amount {
        let given = try given(amount, of: code, left: thing.plan.left, currency)
        lines[i].unplanned = lines[i].unplanned || given != parts.reduce(0) { $0 + $1.amount }
        if lines[i].unplanned { parts = [(through, given)] }
      } else {
        lines[i].unplanned = false
      }
      try move(parts, of: thing, id, currency, s)
      let sum = parts.reduce(0) { $0 + $1.amount }
      lines[i].amount = ExactDecimal(digits: sum, scale: currency.decimals)
    }
  }

  /// Moves parts of what is planned, each on its day: not before the thing came, nor into a closed period.
  mutating func move(
    _ parts: [(on: Day, amount: Int64)], of thing: some Planned, _ id: NameID,
    _ currency: DocumentCurrency, _ s: any Situation
  ) throws(Obstacle) {
    let chart = try s.chart()
    let way = try thing.way(id, chart)
    for part in parts {
      move(
        part.amount, worth: part.amount, of: currency.id, from: way.from, to: way.to,
        on: open(max(part.on, thing.beginsOn), chart))
    }
  }

  /// A line for everything of which something is due.
  private func due<Line: PlanLine, Thing: Planned>(
    of type: Thing.Type, through: Day, _ s: any Situation
  ) throws(Obstacle) -> [Line] {
    var lines: [Line] = []
    for id in try s.names(of: Thing.kind) {
      let thing = try s.document(Thing.self, id)
      if thing.isGone || thing.plan.due(through: through).isEmpty { continue }
      var line = Line()
      line.subject = try s.code(id)
      lines.append(line)
    }
    return lines
  }
}
