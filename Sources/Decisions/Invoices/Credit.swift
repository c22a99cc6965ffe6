// Why: a credit note takes what is open off the invoice, and only the rest becomes the customer's money. Each of its lines is split by
// the same rule, whatever came before it.

internal import Documents
internal import Events
internal import Ledger

/// A credit on its way: first against what is open of the invoice, the rest to the customer's credit.
struct Credit {
  let open: OpenItem.Balance?
  let receivable: Place
  let rest: Place
  let currency: NameID
  /// What of the invoice was open on the credit note's day already: no more can be taken off it.
  private let lasting: Int64
  /// Whether all of it can be taken off that.
  private let fits: Bool
  private var settled: Int64 = 0
  private var settledValue: Int64 = 0
  /// What has become the customer's credit.
  private var credited: Int64 = 0

  init(
    of total: Int64, open: OpenItem.Balance?, lasting: Int64, receivable: Place, rest: Place,
    currency: NameID
  ) {
    self.lasting = lasting
    fits = total <= lasting
    self.open = open
    self.receivable = open?.place ?? receivable
    self.rest = rest
    self.currency = currency
  }

  mutating func take(_ amount: Int64, worth value: Int64, to: Place, _ d: inout Decision) {
    // What reduces the credit comes off the customer's credit first, if there is any yet.
    let part =
      fits
      ? amount
      : amount < 0
        ? amount - max(amount, -credited) : min(amount, lasting - settled)
    let partValue = part == amount ? value : part == 0 ? 0 : Exact.share(value, part, of: amount)
    d.move(part, worth: partValue, of: currency, from: receivable, to: to)
    d.move(amount - part, worth: value - partValue, of: currency, from: rest, to: to)
    credited += amount - part
    settled += part
    settledValue += partValue
  }

  /// Takes back what is due of something beside the lines.
  mutating func take(_ after: Invoice, _ side: Invoice.Side, _ d: inout Decision) {
    let (amount, value) = after.due(side)
    take(amount, worth: value, to: side.place, &d)
  }

  /// An invoice in another currency whose last part is credited closes in value too.
  func close(_ d: inout Decision, _ chart: Chart) throws(Obstacle) {
    guard let open, settled == open.amount else { return }
    try d.exchangeDifference(
      settledValue - open.value, of: currency, at: receivable, chart)
  }
}
