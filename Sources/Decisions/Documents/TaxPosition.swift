// Why: a filing declares what has come together on a tax code through a day and has not been declared before. What was
// recorded late, for a period that had been filed, comes with the next one.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// What has come together on a tax code.
struct TaxPosition: Document {
  /// Base, tax owed and tax claimed back, in the books' currency; what is taken back is below zero.
  struct Sums: Sendable, Hashable {
    var base: Int64 = 0
    var collected: Int64 = 0
    var claimed: Int64 = 0

    mutating func add(_ other: Sums, _ sign: Int64 = 1) {
      base += sign * other.base
      collected += sign * other.collected
      claimed += sign * other.claimed
    }
  }
  private var days: [Day: Sums] = [:]
  private var filed = Sums()

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let filing = try event.event(TaxFiled.self) {
      // The decision mentions the tax codes in the order of the lines.
      for (tax, line) in zip(event.mentions.filter({ $0.is(.tax) }), filing.lines)
      where tax == id {
        filed.add(
          Sums(
            base: try line.base.units(decimals: chart.decimals),
            collected: try line.collected.units(decimals: chart.decimals),
            claimed: try line.claimed.units(decimals: chart.decimals)))
      }
      return
    }
    for move in event.moves {
      for (place, sign) in [(move.to, Int64(1)), (move.from, -1)] where place.subject == id {
        switch chart.role(of: place.account) {
        case .taxBase: days[move.on, default: Sums()].base += sign * move.value
        case .taxCollected: days[move.on, default: Sums()].collected -= sign * move.value
        case .taxDeductible: days[move.on, default: Sums()].claimed += sign * move.value
        default: break
        }
      }
    }
  }

  /// What is to be declared through `day`.
  func unfiled(through day: Day) -> Sums {
    var sums = Sums()
    for (on, part) in days where on <= day { sums.add(part) }
    sums.add(filed, -1)
    return sums
  }
}

/// A filing, and what of it is still to be paid.
struct Filing: Document {
  private(set) var on = Day()
  private(set) var through = Day()
  /// Debit − credit of the tax settlement: below zero is owed, above zero is claimed.
  private(set) var open: Int64 = 0

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let filed = try event.event(TaxFiled.self),
      event.introduced.contains(where: { $0.id == id })
    {
      on = event.on
      through = filed.through
    }
    for move in event.moves {
      for (place, sign) in [(move.to, Int64(1)), (move.from, -1)]
      where place.subject == id && chart.plays(.taxSettlement, place.account) {
        open += sign * move.value
      }
    }
  }
}
