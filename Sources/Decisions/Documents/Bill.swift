// Why: a supplier's credit note takes back what one bill asked for, and never more.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// A supplier's bill with what has been credited of it.
struct Bill: Document {
  /// One line of it.
  struct Line: Sendable, Hashable {
    var line: BillLine
    /// In the smallest unit of the bill's currency.
    var net: Int64
    var creditedNet: Int64 = 0
    var credited = ExactDecimal()
  }
  /// What a line comes to without tax, and its tax.
  typealias TaxedNet = (net: Int64, tax: Code?)

  private(set) var supplier = NameID.none
  private(set) var purchase = NameID.none
  private(set) var currency = Code()
  private(set) var on = Day()
  private(set) var lines: [Line] = []
  /// The lines of each credit note on it, as far as they are taxed.
  private(set) var credits: [[TaxedNet]] = []
  /// What of its net amount was let off for early payment.
  private(set) var letOff: Int64 = 0
  /// The tax code of what was kept back from the supplier.
  private(set) var withholding: Code?

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let bill = try event.event(BillReceived.self) {
      supplier = event.mention(.supplier) ?? .none
      purchase = event.mention(.purchase) ?? .none
      currency = bill.currency
      withholding = bill.withholding
      on = event.on
      for line in bill.lines {
        lines.append(Line(line: line, net: try net(line.quantity, line.price, chart)))
      }
    } else if let credit = try event.event(BillCorrected.self) {
      var taxed: [TaxedNet] = []
      for line in credit.lines {
        let net = try net(line.quantity, line.price, chart)
        taxed.append((net, line.tax))
        guard let i = index(of: line) else { continue }
        try take(line, i, net)
      }
      credits.append(taxed)
    } else if event.kind != JournalPosted.kind.number, event.kind != JournalReversed.kind.number {
      readLettingOff(event, id, chart)
    }
  }

  /// A payment may let something off for paying early, and bounce.
  private mutating func readLettingOff(_ event: Recorded, _ id: NameID, _ chart: Chart) {
    for move in event.moves {
      for (own, other, sign) in [(move.to, move.from, Int64(1)), (move.from, move.to, -1)]
      where own.subject == id && chart.plays(.payable, own.account)
        && chart.plays(.purchaseVariance, other.account)
      {
        letOff += sign * move.amount
      }
    }
  }

  /// Its lines, as far as they are taxed.
  var taxed: [TaxedNet] { lines.map { ($0.net, $0.line.tax) } }

  private func net(
    _ quantity: ExactDecimal, _ price: ExactDecimal, _ chart: Chart
  ) throws(WireError) -> Int64 {
    try netUnits(
      quantity: quantity, price: price, discount: nil,
      decimals: Currency(currency)?.decimals ?? chart.decimals)
  }

  /// The line that `credit` is about.
  func index(of credit: BillCreditLine) -> Int? {
    lines.firstIndex {
      $0.line.product == credit.product && $0.line.account == credit.account
        && (credit.product != nil || credit.text == nil || credit.text == $0.line.text)
    }
  }

  /// Credits a line by `net`.
  mutating func take(_ credit: BillCreditLine, _ index: Int, _ net: Int64) throws(WireError) {
    lines[index].creditedNet += net
    if !credit.keepsGoods {
      lines[index].credited = try lines[index].credited.adding(credit.quantity)
    }
  }
}
