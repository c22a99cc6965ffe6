// Why: who pays early may keep a little. What is let off was billed with its tax, so it takes its share of every tax of
// the document back with it, in proportion to the whole document; the rest is a discount on sales, or on purchases.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

extension Decision {
  /// What an allocation lets off, in smallest units.
  func earlyDiscount(
    _ discount: ExactDecimal?, _ code: Code, _ role: Role, _ currency: DocumentCurrency
  ) throws(Obstacle) -> Int64 {
    guard let discount else { return 0 }
    guard role == .receivable || role == .payable else {
      throw .refuse(
        "discount.document", "Nothing can be let off of \(code).",
        remedy: "Only invoices and bills have early-payment discounts.")
    }
    return try positive(discount, currency, "discount on \(code)")
  }

  /// Takes what a settlement lets off out of its document, with the taxes on it.
  mutating func letOff(_ settlement: Settlement, _ s: any Situation) throws(Obstacle) {
    let off = settlement.discount
    if off == 0 { return }
    let (item, chart) = (settlement.item, try s.chart())
    let claim = try s.document(Claim.self, item.place.subject)
    guard claim.gross > 0 else {
      throw .refuse(
        "discount.document",
        "What \(try s.code(item.place.subject)) billed is not known in these books.",
        remedy: "Write the rest off, or post it by hand.")
    }
    if item.role == .receivable { try checkAgreed(off, claim, item, s) }
    // The part that is settled with it closes at what it is carried at; so does this one.
    var left = off
    var leftValue =
      item.carrying(settlement.settled + off) - item.carrying(settlement.settled)
    for move in claim.taxMoves {
      let part = Exact.share(move.amount, off, of: claim.gross)
      let value = Exact.share(move.value, off, of: claim.gross)
      mention(move.from.subject)
      mention(move.to.subject)
      self.move(part, worth: value, of: move.commodity, from: move.to, to: move.from)
      let sign: Int64 =
        move.to == item.place ? 1 : move.from == item.place ? -1 : 0
      let side: Int64 = item.role.opensOnDebit ? sign : -sign
      left -= side * part
      leftValue -= side * value
    }
    let discounts = Place(
      try chart.account(item.role == .receivable ? .salesDiscounts : .purchaseVariance))
    move(
      left, worth: leftValue, of: item.currency,
      from: item.role == .receivable ? item.place : discounts,
      to: item.role == .receivable ? discounts : item.place)
  }

  private func checkAgreed(
    _ off: Int64, _ claim: Claim, _ item: OpenItem.Balance, _ s: any Situation
  ) throws(Obstacle) {
    let known = try s.document(Invoice.self, item.place.subject)
    let code = try s.code(item.place.subject)
    guard let percent = known.earlyDiscount, let due = known.earlyDue else {
      throw .refuse(
        "discount.notAgreed", "No early-payment discount was agreed for invoice \(code).",
        remedy: "Credit the difference with invoice.corrected, or leave it open.")
    }
    if on > due {
      throw .refuse(
        "discount.late", "The early-payment discount of \(code) ended on \(due), before \(on).",
        remedy: "Leave the difference open, or write it off.")
    }
    let claimed = claim.gross - known.credited
    let most = try refusing("discount") { () throws(WireError) in
      try Exact.product(
        ExactDecimal(digits: claimed, scale: 0), "1", percent, percentWithDecimals: 0)
    }
    if known.letOff + off > most {
      var rest = self
      let currency = try rest.carried(item.currency, s)
      throw .refuse(
        "discount.exceeded",
        "\(percent) % of the \(currency.text(claimed)) that invoice \(code) claims is \(currency.text(most)); \(currency.text(known.letOff)) of it is let off already, so \(currency.text(off)) is too much.",
        remedy: "Let off at most the agreed percent of the invoice, less its credit notes.")
    }
  }
}

/// What an invoice or a bill came to when it was recorded, and its taxes.
struct Claim: Document {
  /// All of it, in its currency's smallest unit.
  private(set) var gross: Int64 = 0
  /// The moves that made its taxes and noted their bases.
  private(set) var taxMoves: [Move] = []

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    guard event.introduced.contains(where: { $0.id == id }),
      event.kind != OpeningPosted.kind.number
    else { return }
    let role: Role = id.is(.invoice) ? .receivable : .payable
    let sign: Int64 = role.opensOnDebit ? 1 : -1
    for move in event.moves {
      for (place, side) in [(move.to, sign), (move.from, -sign)]
      where place.subject == id && chart.plays(role, place.account) {
        gross += side * move.amount
      }
      if [move.from, move.to].contains(where: {
        chart.role(of: $0.account)?.isOfTaxes ?? false
      }) {
        taxMoves.append(move)
      }
    }
  }
}

extension Role {
  /// Whether accounts of this role hold taxes of documents or their bases.
  fileprivate var isOfTaxes: Bool {
    switch self {
    case .taxCollected, .taxDeductible, .taxBase, .withholdingPayable, .withheldByCustomers: true
    default: false
    }
  }
}
