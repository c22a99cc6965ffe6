// Why: money also goes from one of the company's accounts to another, and to the bank for its services.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension PaymentTransferred: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let payment = try d.introduce(.payment, self.payment, s)
    let left = try d.currency(currency, s)
    let source = try d.ownAccount(from, holding: left.code, s)
    let chart = try s.chart()
    let id = try d.refer(.account, to, s)
    let reached = try d.currency(chart.accounts[id]?.currency, s)
    let target = try d.ownAccount(to, holding: reached.code, s)
    if source == target {
      throw .refuse(
        "payment.account", "The money would stay in account \(from).",
        remedy: "Name two different accounts.")
    }
    let amount = try d.positive(self.amount, left, "amount")
    let value = try left.value(amount)
    if left.id == reached.id {
      if let received, received != self.amount {
        throw .refuse(
          "payment.received", "\(self.amount) leaves, but \(received) arrives.",
          remedy: "Record what the bank kept as charge.booked.")
      }
      d.move(amount, worth: value, of: left.id, from: source, to: target)
      return
    }
    guard let received else {
      throw .refuse(
        "payment.received", "Account \(to) holds \(reached.code), the transfer is in \(left.code).",
        remedy: "Say how much arrived: \"received\", in \(reached.code).")
    }
    let arriving = try d.positive(received, reached, "received amount")
    let arrivingValue = try reached.value(arriving)
    // The two currencies meet in the account that bears the difference of their values.
    let role: Role = arrivingValue >= value ? .exchangeGain : .exchangeLoss
    let exchange = Place(try chart.account(role), payment)
    d.move(amount, worth: value, of: left.id, from: source, to: exchange)
    d.move(arriving, worth: arrivingValue, of: reached.id, from: exchange, to: target)
  }
}

extension ChargeBooked: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.charge, charge, s)
    let currency = try d.currency(self.currency, s)
    let bank = try d.ownAccount(account, holding: currency.code, s)
    let chart = try s.chart()
    let amount = try d.positive(self.amount, currency, "amount")
    let cost = Place(try chart.account(.bankCharges))
    d.move(amount, worth: try currency.value(amount), of: currency.id, from: bank, to: cost)
    try d.purchaseTaxes(
      on: [TaxedLine(net: amount, tax: tax, cost: cost)], at: bank, currency, s)
  }
}
