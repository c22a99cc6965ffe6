// Why: what is left is given up on whichever side it stands: a claim that is a few cents too large is a loss, a debt that is
// too large a gain. In another currency it is an exchange difference.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension ResidueCleared: Decided {
  /// The most that may be cleared, in whole units of the books' currency.
  private static let most: Int64 = 10

  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let given: [(NameKind, Code)] = [
      invoice.map { (.invoice, $0) }, bill.map { (.bill, $0) }, payment.map { (.payment, $0) },
      correction.map { (.correction, $0) },
    ].compactMap { $0 }
    guard given.count == 1, let (kind, code) = given.first else {
      throw .refuse(
        "residue.document", "A residue is of one document.",
        remedy: "Name one invoice, bill, payment or credit note.")
    }
    let item = try s.document(OpenItem.self, try d.refer(kind, code, s))
    let roles: [Role] = [.receivable, .payable, .customerAdvances, .supplierAdvances]
    guard let open = roles.lazy.compactMap({ item.open($0) }).first else {
      throw .refuse(
        "residue.none", "Nothing of \(code) is open.", remedy: "Nothing needs to be done.")
    }
    if d.on < item.on {
      throw .refuse(
        "residue.early", "\(code) is of \(item.on), after \(d.on).",
        remedy: "Clear it on or after \(item.on).")
    }
    let chart = try s.chart()
    let unit = (0..<chart.decimals).reduce(Int64(1)) { unit, _ in unit * 10 }
    let currency = try d.carried(open.currency, s)
    if abs(open.value) > Self.most * unit {
      throw .refuse(
        "residue.large", "\(currency.text(open.amount)) of \(code) is more than a residue.",
        remedy:
          "Write it off (debt.writtenOff), credit it, or settle it; up to \(Self.most) \(chart.currency) may be cleared."
      )
    }
    try d.check(open.amount, of: open, code, currency)
    amount = ExactDecimal(digits: open.amount, scale: currency.decimals)
    d.mention(item.party)
    let isLoss = open.role.opensOnDebit
    let role: Role =
      open.currency == chart.currencyID
      ? .roundingDifference : isLoss ? .exchangeLoss : .exchangeGain
    let other = Place(try chart.account(role))
    d.move(
      open.amount, worth: open.value, of: open.currency, from: isLoss ? open.place : other,
      to: isLoss ? other : open.place)
  }
}
