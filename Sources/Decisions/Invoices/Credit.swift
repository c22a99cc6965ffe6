// Why: whatever a credit note takes back, a line, a tax or a prepayment, goes the same way.

internal import Documents
internal import Events
internal import Ledger

/// A credit on its way: first against what is open of the invoice, the rest to the customer's credit.
struct Credit {
  let open: OpenItem.Balance?
  let receivable: Place
  let rest: Place
  let currency: NameID
  private var split: CreditSplit

  init(
    of total: Int64, open: OpenItem.Balance?, lasting: Int64, receivable: Place, rest: Place,
    currency: NameID
  ) {
    split = CreditSplit(lasting: lasting, fits: total <= lasting)
    self.open = open
    self.receivable = open?.place ?? receivable
    self.rest = rest
    self.currency = currency
  }

  mutating func take(_ amount: Int64, worth value: Int64, to: Place, _ d: inout Decision) {
    let part = split.part(of: amount, worth: value)
    d.move(part.amount, worth: part.value, of: currency, from: receivable, to: to)
    d.move(amount - part.amount, worth: value - part.value, of: currency, from: rest, to: to)
  }

  /// Takes back what is due of something beside the lines.
  mutating func take(_ after: Invoice, _ side: Invoice.Side, _ d: inout Decision) {
    let (amount, value) = after.due(side)
    take(amount, worth: value, to: side.place, &d)
  }

  /// An invoice in another currency whose last part is credited closes in value too.
  func close(_ d: inout Decision, _ chart: Chart) throws(Obstacle) {
    guard let open, split.settled == open.amount else { return }
    try d.exchangeDifference(
      split.settledValue - open.value, of: currency, at: receivable, chart)
  }
}
