// Why: a lost debt leaves the receivables at what it is carried at; no money comes in, so no rate is asked for.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension DebtWrittenOff: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let id = try d.refer(.invoice, invoice, s)
    let item = try s.document(OpenItem.self, id)
    guard let open = item.open(.receivable) else {
      throw .refuse(
        "debt.settled", "Nothing of invoice \(invoice) is open.",
        remedy: "Check the code; a debt that was paid or credited cannot be lost.")
    }
    guard d.on >= item.on else {
      throw .refuse(
        "debt.early", "Invoice \(invoice) is of \(item.on), after \(d.on).",
        remedy: "Write it off on or after \(item.on).")
    }
    let currency = try d.carried(open.currency, s)
    var lost = open.amount
    if let amount { lost = try d.positive(amount, currency, "amount") }
    guard lost <= open.amount else {
      throw .refuse(
        "debt.exceeded",
        "\(currency.text(open.amount)) of \(invoice) is open, not \(currency.text(lost)).",
        remedy: "Write off at most what is open.")
    }
    try d.check(lost, of: open, invoice, currency)
    amount = ExactDecimal(digits: lost, scale: currency.decimals)
    d.mention(item.party)
    d.move(
      lost, worth: open.carrying(lost), of: currency.id, from: open.place,
      to: Place(try s.chart().account(.badDebt)))
  }
}
