// Why: money comes in from customers and goes out to suppliers; it settles documents, and what settles none is an
// advance until it does.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension PaymentReceived: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let payment = try d.introduce(.payment, self.payment, s)
    let customer = try d.refer(.customer, self.customer, s)
    let currency = try d.currency(self.currency, s)
    let bank = try d.ownAccount(account, holding: currency.code, s)
    let settlements = try d.settlements(allocations, under: .receivable, of: customer, currency, s)
    let chart = try s.chart()
    var money = try Money(amount, currency, &d)
    for settlement in settlements {
      let value = try money.take(settlement.amount, currency)
      try d.settle(
        settlement.amount, of: currency.id, from: settlement.item.place,
        worth: settlement.item.carrying(settlement.amount), to: bank, worth: value, chart)
    }
    d.move(
      money.amount, worth: money.value, of: currency.id,
      from: Place(try chart.account(.customerAdvances), payment), to: bank)
  }
}

extension PaymentSent: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let payment = try d.introduce(.payment, self.payment, s)
    let supplier = try d.refer(.supplier, self.supplier, s)
    let currency = try d.currency(self.currency, s)
    let bank = try d.ownAccount(account, holding: currency.code, s)
    let settlements = try d.settlements(allocations, under: .payable, of: supplier, currency, s)
    let chart = try s.chart()
    var money = try Money(amount, currency, &d)
    for settlement in settlements {
      let value = try money.take(settlement.amount, currency)
      try d.settle(
        settlement.amount, of: currency.id, from: bank, worth: value, to: settlement.item.place,
        worth: settlement.item.carrying(settlement.amount), chart)
    }
    d.move(
      money.amount, worth: money.value, of: currency.id, from: bank,
      to: Place(try chart.account(.supplierAdvances), payment))
  }
}

extension PaymentRefunded: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.payment, payment, s)
    let customer = try d.refer(.customer, self.customer, s)
    let currency = try d.currency(self.currency, s)
    let bank = try d.ownAccount(account, holding: currency.code, s)
    let chart = try s.chart()
    var money = try Money(amount, currency, &d)
    var sources = try d.settlements(
      allocations, under: .customerAdvances, of: customer, currency, s)
    let rest = money.amount - sources.reduce(0) { $0 + $1.amount }
    if rest > 0 {
      guard let of else {
        throw .refuse(
          "refund.source", "\(currency.text(rest)) of refund \(payment) comes from nothing.",
          remedy:
            "Say which payment (\"of\") or which credit notes (\"allocations\") are paid back.")
      }
      let advance = try d.advance(of, s)
      try d.check(advance.item, of, advance.kind, customer, s)
      if sources.contains(where: { $0.item.place.subject == advance.id }) {
        throw .refuse(
          "lines.duplicate", "\(of) stands on two lines.", remedy: "Put each document on one line.")
      }
      sources.append(
        Settlement(
          item: try advance.open(.customerAdvances, rest, of, currency, s), amount: rest))
    }
    for source in sources {
      let value = try money.take(source.amount, currency)
      try d.settle(
        source.amount, of: currency.id, from: bank, worth: value, to: source.item.place,
        worth: source.item.carrying(source.amount), chart)
    }
  }
}

/// What is left of a payment, at the rate of its day.
private struct Money {
  private(set) var amount: Int64
  private(set) var value: Int64

  init(_ amount: ExactDecimal, _ currency: DocumentCurrency, _ d: inout Decision) throws(Obstacle) {
    self.amount = try d.positive(amount, currency, "amount")
    value = try currency.value(self.amount)
  }

  /// Takes a part of it; what that part is worth. The last part takes all that is left.
  mutating func take(_ part: Int64, _ currency: DocumentCurrency) throws(Obstacle) -> Int64 {
    guard part <= amount else {
      throw .refuse(
        "allocation.exceeded", "The allocations come to \(currency.text(part - amount)) too much.",
        remedy: "Allocate at most the payment's amount.")
    }
    let worth = part == amount ? value : Exact.share(value, part, of: amount)
    amount -= part
    value -= worth
    return worth
  }
}
