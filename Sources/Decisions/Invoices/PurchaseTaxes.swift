// Why: tax on a purchase is claimed back, as far as it may be; the rest is part of what was bought. Under reverse charge
// and within the Union the buyer owes the tax too, so the supplier is owed only the price.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// A line of a purchase: its net amount, its tax, and where its cost lies.
struct TaxedLine: Sendable {
  var net: Int64
  var tax: Code?
  var cost: Place
}

extension Decision {
  /// Books the taxes of a purchase that is owed or paid at `owed`.
  mutating func purchaseTaxes(
    on lines: [TaxedLine], at owed: Place, _ currency: DocumentCurrency, _ s: any Situation
  ) throws(Obstacle) {
    let chart = try s.chart()
    for tax in try taxes(on: lines.map { ($0.net, $0.tax) }, .purchase, currency, s) {
      let from = tax.isOwedByBuyer ? Place(try chart.account(.taxCollected), tax.tax) : owed
      move(
        tax.claimed, worth: tax.claimedValue, of: currency.id, from: from,
        to: Place(try chart.account(.taxDeductible), tax.tax))
      let code = try s.code(tax.tax)
      for part in tax.unclaimed(among: lines.filter { $0.tax == code }) {
        move(part.amount, worth: part.value, of: currency.id, from: from, to: part.cost)
      }
      try noteTaxBase(tax.base, worth: tax.baseValue, of: currency.id, tax.tax, chart)
    }
  }

  /// Keeps back from a supplier what is owed to the tax office instead.
  mutating func withhold(
    _ code: Code?, on base: Int64, from owed: Place, _ currency: DocumentCurrency,
    _ s: any Situation
  ) throws(Obstacle) {
    guard let code else { return }
    let tax = try withheld(code, on: base, currency, s)
    let chart = try s.chart()
    move(
      tax.amount, worth: tax.value, of: currency.id,
      from: Place(try chart.account(.withholdingPayable), tax.tax), to: owed)
    try noteTaxBase(tax.base, worth: tax.baseValue, of: currency.id, tax.tax, chart)
  }
}

extension TaxAmount {
  /// Whether the buyer owes it, and not the supplier.
  var isOwedByBuyer: Bool { kind == .reverseCharge || kind == .intraCommunity }

  /// What may not be claimed back is borne by the lines, in proportion; the last one takes the cent.
  func unclaimed(among lines: [TaxedLine]) -> [(cost: Place, amount: Int64, value: Int64)] {
    let (rest, restValue) = (amount - claimed, value - claimedValue)
    let total = lines.reduce(0) { $0 + $1.net }
    if total == 0 || rest == 0 && restValue == 0 { return [] }
    var (sum, given, givenValue): (Int64, Int64, Int64) = (0, 0, 0)
    return lines.map { line in
      sum += line.net
      let part = Exact.share(rest, sum, of: total) - given
      let value = Exact.share(restValue, sum, of: total) - givenValue
      given += part
      givenValue += value
      return (line.cost, part, value)
    }
  }
}
