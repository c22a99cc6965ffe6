// Why: what was put aside is known from its event and from what has been released since.

package import Events
package import Ledger
package import Wire

/// An expense or income put aside for the months to which it belongs.
package struct Deferral: Document {
  package private(set) var isIncome = false
  /// Where it stands until it is released.
  package private(set) var place = Place(.none)
  /// The account of expenses or income to which it is released.
  package private(set) var account = NameID.none
  package private(set) var on = Day()
  package private(set) var through = Day()
  package private(set) var text = ""
  /// How it goes.
  package private(set) var plan = Plan(total: 0, from: Day(), length: nil)

  package init() {}

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let deferred = try event.event(ExpenseDeferred.self) {
      try open(deferred.amount, deferred.from, deferred.through, deferred.text, event, id, chart)
    } else if let deferred = try event.event(IncomeDeferred.self) {
      isIncome = true
      try open(deferred.amount, deferred.from, deferred.through, deferred.text, event, id, chart)
    } else if let released = try event.event(DeferralReleased.self) {
      try plan.post(released.lines, of: event, about: id, chart)
    } else if event.kind == JournalReversed.kind.number {
      plan.takeBack(event)
    }
  }

  private mutating func open(
    _ amount: ExactDecimal, _ from: Day, _ through: Day, _ text: String?, _ event: Recorded,
    _ id: NameID, _ chart: Chart
  ) throws(WireError) {
    account = event.mention(.account) ?? .none
    on = event.on
    self.through = through
    self.text = text ?? ""
    plan = Plan(
      total: try amount.units(decimals: chart.decimals), from: from,
      length: Months(from: from, through: through))
    for move in event.moves {
      if move.to.subject == id { place = move.to }
      if move.from.subject == id { place = move.from }
    }
  }
}
