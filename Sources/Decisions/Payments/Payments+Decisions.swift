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
      try d.settle(settlement, with: currency.id, at: bank, worth: value, by: payment, s)
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
    try d.send(
      Money(amount, currency, &d), currency, from: bank, by: payment, for: settlements, s)
  }
}

extension PaymentsSent: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let currency = try d.currency(self.currency, s)
    let bank = try d.ownAccount(account, holding: currency.code, s)
    guard !payments.isEmpty else {
      throw .refuse("lines.empty", "Nobody is paid.", remedy: "Say who gets what.")
    }
    var paid: Set<Code> = []
    for i in payments.indices {
      let line = payments[i]
      let payment = try d.introduce(.payment, line.payment, s)
      let supplier = try d.refer(.supplier, line.supplier, s)
      var allocations: [Allocation] = []
      for bill in line.bills {
        guard paid.insert(bill).inserted else {
          throw .refuse(
            "lines.duplicate", "\(bill) stands on two lines.",
            remedy: "Put each document on one line.")
        }
        allocations.append(try d.whole(bill, currency, s))
      }
      guard !allocations.isEmpty else {
        throw .refuse(
          "lines.empty", "Payment \(line.payment) pays no bill.", remedy: "Name its bills.")
      }
      let settlements = try d.settlements(allocations, under: .payable, of: supplier, currency, s)
      let sum = ExactDecimal(
        digits: try total("bills", settlements.lazy.map(\.amount)), scale: currency.decimals)
      if let amount = line.amount, amount != sum {
        throw .refuse(
          "payment.amount",
          "The bills of payment \(line.payment) come to \(currency.text(sum.digits)), not \(amount).",
          remedy: "Leave out the amount; a run pays bills whole.")
      }
      payments[i].amount = sum
      try d.send(Money(sum, currency, &d), currency, from: bank, by: payment, for: settlements, s)
    }
  }
}

extension Decision {
  /// Pays a supplier; what settles nothing is an advance.
  fileprivate mutating func send(
    _ money: Money, _ currency: DocumentCurrency, from bank: Place, by payment: NameID,
    for settlements: [Settlement], _ s: any Situation
  ) throws(Obstacle) {
    var money = money
    for settlement in settlements {
      let value = try money.take(settlement.amount, currency)
      try settle(settlement, with: currency.id, at: bank, worth: value, by: payment, s)
    }
    move(
      money.amount, worth: money.value, of: currency.id, from: bank,
      to: Place(try s.chart().account(.supplierAdvances), payment))
  }

  /// An allocation of all that is open of a bill.
  fileprivate func whole(
    _ bill: Code, _ currency: DocumentCurrency, _ s: any Situation
  ) throws(Obstacle) -> Allocation {
    var allocation = Allocation()
    allocation.bill = bill
    let item = try s.id(.bill, bill).map { (id) throws(Obstacle) in
      try s.document(OpenItem.self, id)
    }
    guard let item else { return allocation }
    guard let open = item.open(.payable) else {
      throw .refuse(
        "allocation.exceeded", "Nothing of \(bill) is open.", remedy: "Leave it out of the run.")
    }
    allocation.amount = ExactDecimal(digits: open.amount, scale: currency.decimals)
    return allocation
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
    let rest = try money.amount - total("allocations", sources.lazy.map(\.amount))
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
      let item = try advance.open(.customerAdvances, rest, of, currency)
      try d.check(rest, of: item, of, currency)
      sources.append(Settlement(item: item, amount: rest, settled: rest))
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
