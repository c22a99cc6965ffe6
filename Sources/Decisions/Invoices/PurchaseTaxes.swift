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
      let isOwn = tax.kind == .reverseCharge || tax.kind == .intraCommunity
      let from = isOwn ? Place(try chart.account(.taxCollected), tax.tax) : owed
      move(
        tax.claimed, worth: tax.claimedValue, of: currency.id, from: from,
        to: Place(try chart.account(.taxDeductible), tax.tax))
      let code = try s.code(tax.tax)
      share(tax, among: lines.filter { $0.tax == code }, from: from, currency)
      try noteTaxBase(tax.base, worth: tax.baseValue, of: currency.id, tax.tax, chart)
    }
  }

  /// What may not be claimed back is borne by the lines, in proportion; the last one takes the cent.
  private mutating func share(
    _ tax: TaxAmount, among lines: [TaxedLine], from: Place, _ currency: DocumentCurrency
  ) {
    let (rest, restValue) = (tax.amount - tax.claimed, tax.value - tax.claimedValue)
    let total = lines.reduce(0) { $0 + $1.net }
    if total == 0 || rest == 0 && restValue == 0 { return }
    var (sum, given, givenValue): (Int64, Int64, Int64) = (0, 0, 0)
    for line in lines {
      sum += line.net
      let part = Exact.share(rest, sum, of: total) - given
      let value = Exact.share(restValue, sum, of: total) - givenValue
      move(part, worth: value, of: currency.id, from: from, to: line.cost)
      given += part
      givenValue += value
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
