// Why: what a filing moved and what it said are compared by the checks, and listed by the filings.

internal import Documents
internal import Events
internal import Ledger
internal import Summaries
internal import Wire

/// A tax filing with what it settled, up to the report's day.
struct FilingFigures {
  var filing: NameID
  var on: Day
  var filed: TaxFiled
  /// What it owes, claims back and declares as withheld, as moved.
  var collected: Int64 = 0
  var claimed: Int64 = 0
  var withheld: Int64 = 0
  /// Claims of earlier filings that were set off, below zero.
  var carried: Int64 = 0
  var paid: Int64 = 0

  /// What it comes to.
  var payable: Int64 { collected - claimed + withheld }
  /// What of it is to be paid; below zero what is to be paid back.
  var open: Int64 { payable + carried - paid }

  /// What its lines say that it comes to.
  func declared(decimals: Int) throws(WireError) -> Int64 {
    var sum: Int64 = 0
    for line in filed.lines {
      sum +=
        try line.collected.units(decimals: decimals) - line.claimed.units(decimals: decimals)
    }
    for line in filed.wageLines { sum += try line.withheld.units(decimals: decimals) }
    return sum
  }

  /// The taxes that it is about, in words.
  var taxes: String {
    let named = filed.withholdings.map(\.text) + (filed.wages ?? false ? ["wages"] : [])
    return named.isEmpty ? "all but what is withheld" : named.joined(separator: ", ")
  }
}

extension Inquiry {
  /// Every filing, in the order of their recording.
  func filings() throws(ReportError) -> [FilingFigures] {
    var found: [FilingFigures] = []
    for filing in try names(of: .filing) {
      let events = try history(of: filing)
      guard let first = events.first,
        let filed = try decoding({ () throws(WireError) in try first.event(TaxFiled.self) })
      else { continue }
      var figures = FilingFigures(filing: filing, on: first.on, filed: filed)
      for move in events.flatMap(\.moves) {
        // A credit of the settlement is owed.
        let isCredit = settles(move.from, filing)
        guard isCredit || settles(move.to, filing) else { continue }
        let owed = isCredit ? move.value : -move.value
        switch chart.role(of: isCredit ? move.to.account : move.from.account) {
        case .taxCollected: figures.collected += owed
        case .taxDeductible: figures.claimed -= owed
        case .withholdingPayable: figures.withheld += owed
        case .taxSettlement: figures.carried += owed
        default: figures.paid -= owed
        }
      }
      found.append(figures)
    }
    return found
  }

  private func settles(_ place: Place, _ filing: NameID) -> Bool {
    place.subject == filing && chart.plays(.taxSettlement, place.account)
  }
}
