// Why: a filing declares what has come together on a tax code through a day and has not been declared before. What was
// recorded late, for a period that had been filed, comes with the next one.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// What has come together on a tax code.
struct TaxPosition: Document {
  /// Base, tax owed (or withheld by us) and tax claimed back, in the books' currency; what is taken back is below zero.
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
    // What customers keep back is declared by them.
    let isTheirs = event.moves.contains { move in
      [move.from, move.to].contains {
        $0.subject == id && chart.plays(.withheldByCustomers, $0.account)
      }
    }
    if isTheirs { return }
    for move in event.moves {
      for (place, sign) in [(move.to, Int64(1)), (move.from, -1)] where place.subject == id {
        switch chart.role(of: place.account) {
        case .taxBase: days[move.on, default: Sums()].base += sign * move.value
        case .taxCollected, .withholdingPayable:
          days[move.on, default: Sums()].collected -= sign * move.value
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

/// What was earned and withheld on an account of wages.
struct WagePosition: Document {
  static let isKept = false
  /// What one payroll run or correction of it says on one day.
  private struct Part: Sendable {
    var on: Day
    var employee: NameID
    var gross: Int64
    var withheld: Int64
  }
  private var parts: [Part] = []
  private var filedGross: Int64 = 0
  private var filedWithheld: Int64 = 0
  private var filedThrough: Day?

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let filing = try event.event(TaxFiled.self) {
      // The decision mentions the accounts in the order of the lines.
      for (account, line) in zip(event.mentions.filter({ $0.is(.account) }), filing.wageLines)
      where account == id {
        filedGross += try line.gross.units(decimals: chart.decimals)
        filedWithheld += try line.withheld.units(decimals: chart.decimals)
        filedThrough = max(filedThrough ?? filing.through, filing.through)
      }
      return
    }
    guard event.kind == PayrollRun.kind.number || event.kind == PayrollCorrected.kind.number else {
      return
    }
    for move in event.moves {
      for (place, other, sign) in [(move.to, move.from, Int64(1)), (move.from, move.to, -1)]
      where place.account == id {
        let value = sign * move.value
        let isWithheld = chart.plays(.withholdingPayable, other.account)
        parts.append(
          Part(
            on: move.on, employee: place.subject, gross: value, withheld: isWithheld ? value : 0))
      }
    }
  }

  /// What is to be declared through `day`, and of how many employees something happened since the last filing.
  func unfiled(through day: Day) -> (employees: Int, gross: Int64, withheld: Int64) {
    let own = parts.filter { $0.on <= day }
    let paid = own.filter { part in filedThrough.map { part.on > $0 } ?? true }
    return (
      Set(paid.map(\.employee)).count, own.reduce(0) { $0 + $1.gross } - filedGross,
      own.reduce(0) { $0 + $1.withheld } - filedWithheld
    )
  }
}

/// A filing, and what of it is still to be paid.
struct Filing: Document {
  private(set) var on = Day()
  private(set) var through = Day()
  private var withholdings: Set<Code> = []
  private var declaresWages = false
  /// Debit − credit of the tax settlement: below zero is owed, above zero is claimed.
  private(set) var open: Int64 = 0

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let filed = try event.event(TaxFiled.self),
      event.introduced.contains(where: { $0.id == id })
    {
      on = event.on
      through = filed.through
      withholdings = Set(filed.withholdings)
      declaresWages = filed.wages ?? false
    }
    for move in event.moves {
      for (place, sign) in [(move.to, Int64(1)), (move.from, -1)]
      where place.subject == id && chart.plays(.taxSettlement, place.account) {
        open += sign * move.value
      }
    }
  }

  /// Whether it declares anything that `other` declares too.
  func overlaps(_ other: TaxFiled) -> Bool {
    let isOfWithholdings = declaresWages || !withholdings.isEmpty
    if isOfWithholdings != other.isOfWithholdings { return false }
    return !isOfWithholdings || declaresWages && other.wages ?? false
      || !withholdings.isDisjoint(with: other.withholdings)
  }
}

extension TaxFiled {
  /// Whether it declares what was withheld, and not the other taxes.
  var isOfWithholdings: Bool { wages ?? false || !withholdings.isEmpty }
}
