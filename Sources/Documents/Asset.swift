// Why: the register of assets is the fold of their events: what each cost, how it is depreciated, what is left of it.

package import Events
package import Ledger
package import Wire

/// Something that serves for years.
package struct Asset: Document {
  package private(set) var name = ""
  /// The account on which it stands.
  package private(set) var account = NameID.none
  package private(set) var acquiredOn = Day()
  package private(set) var disposedOn: Day?
  /// In the smallest unit of the books' currency.
  package private(set) var cost: Int64 = 0
  package private(set) var residual: Int64 = 0
  /// Over how many months it is depreciated.
  package private(set) var months: Int64?
  /// How its cost less its residual goes.
  package private(set) var plan = Plan(total: 0, from: Day(), length: nil)
  /// What stands about it on each account, debit − credit.
  package private(set) var balances: [NameID: Int64] = [:]

  package init() {}

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    for move in event.moves {
      if move.to.subject == id { balances[move.to.account, default: 0] += move.value }
      if move.from.subject == id { balances[move.from.account, default: 0] -= move.value }
    }
    if let acquired = try event.event(AssetAcquired.self) {
      name = acquired.name
      account = event.mention(.account) ?? .none
      acquiredOn = event.on
      cost = try acquired.cost.units(decimals: chart.decimals)
      residual = try (acquired.residual ?? .zero).units(decimals: chart.decimals)
      months = acquired.months
      plan = Plan(
        total: cost - residual, from: acquired.from ?? event.on, length: months.map { Months($0) })
      if let depreciated = acquired.depreciated {
        plan.post(
          try depreciated.units(decimals: chart.decimals), by: .none, beside: false, on: event.on)
      }
    } else if let depreciated = try event.event(AssetDepreciated.self) {
      try plan.post(depreciated.lines, of: event, about: id, chart)
    } else if event.kind == JournalReversed.kind.number {
      plan.takeBack(event)
    } else if try event.event(AssetDisposed.self) != nil {
      disposedOn = event.on
    }
  }
}
