// Why: money that bounces was never really there: everything that the payment did is taken back at the values at which
// it was done, so that both sides close, in another currency too, and what it had settled is open again. What it had let
// off is owed again, and a credit note that was smaller for that is put right.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension PaymentReturned: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.payment, payment, s)
    let id = try d.refer(.payment, returns, s)
    let trail = try s.document(PaymentTrail.self, id)
    guard trail.canBounce else {
      throw .refuse(
        "payment.notReturnable", "\(returns) is no payment of a customer or to a supplier.",
        remedy: "Record the opposite payment instead.")
    }
    if trail.isReturned {
      throw .refuse(
        "payment.returned", "Payment \(returns) has bounced already.",
        remedy: "Nothing needs to be done.")
    }
    if d.on < trail.lastDay {
      throw .refuse(
        "payment.early", "Payment \(returns) settled something on \(trail.lastDay), after \(d.on).",
        remedy: "Date the return on or after \(trail.lastDay).")
    }
    d.mention(trail.party)
    for name in trail.mentions where !name.is(.user) { d.mention(name) }
    for move in trail.moves {
      d.move(move.amount, worth: move.value, of: move.commodity, from: move.to, to: move.from)
    }
    try checkUnused(id, trail, s)
    for name in trail.mentions where name.is(.invoice) { try restoreCredit(on: name, &d, s) }
  }

  /// A discount for early payment is lost with the payment; a credit note that took its share of it back takes back what was
  /// billed after all.
  private func restoreCredit(
    on id: NameID, _ d: inout Decision, _ s: any Situation
  ) throws(Obstacle) {
    let chart = try s.chart()
    var known = try s.document(Invoice.self, id)
    guard !known.correction.isNone, known.recalled == 0 else { return }
    var reversal = Recorded()
    reversal.kind = Self.kind.number
    reversal.moves = d.moves
    try refusing("payment") { () throws(WireError) in try known.evolve(reversal, id, chart) }
    guard known.sides.reduce(0, { $0 + known.due($1).amount }) > 0 else { return }
    d.mention(known.correction)
    let currency =
      known.currency == chart.currency
      ? chart.currencyID : try d.refer(.currency, known.currency, s)
    let credit = Place(try chart.account(.customerAdvances), known.correction)
    for side in known.sides {
      let (amount, value) = known.due(side)
      d.move(amount, worth: value, of: currency, from: credit, to: side.place)
    }
    for base in known.bases {
      let (amount, value) = known.due(base)
      try d.noteTaxBase(-amount, worth: -value, of: currency, base.place.subject, chart)
    }
  }

  /// What was left of the payment must still be there, or there would be nothing to take it from.
  private func checkUnused(
    _ id: NameID, _ trail: PaymentTrail, _ s: any Situation
  ) throws(Obstacle) {
    let chart = try s.chart()
    let item = try s.document(OpenItem.self, id)
    for role in [Role.customerAdvances, .supplierAdvances] {
      var left: Int64 = 0
      for move in trail.moves {
        if move.to.subject == id, chart.plays(role, move.to.account) { left += move.amount }
        if move.from.subject == id, chart.plays(role, move.from.account) { left -= move.amount }
      }
      if abs(left) != item.open(role)?.amount ?? 0 {
        throw .refuse(
          "payment.used", "What was left of payment \(returns) has been paid back or posted since.",
          remedy: "Reverse that first, then record the return.")
      }
    }
  }
}
