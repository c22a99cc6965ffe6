// Why: what was issued in error is taken back move by move, out of sales and not into returns. Only what nobody has
// acted on can be voided: after a payment or a credit note the invoice has become a fact for the customer too.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension InvoiceVoided: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let id = try d.refer(.invoice, invoice, s)
    let known = try s.document(Invoice.self, id)
    guard known.position > 0, let issued = try s.recorded(known.position) else {
      throw .refuse(
        "void.opening", "Invoice \(invoice) was taken over with the opening balances.",
        remedy: "Credit it in the books that issued it, or write it off.")
    }
    try check(known, id, d, s)
    d.mention(known.customer)
    d.mention(known.order)
    for name in issued.mentions where !name.is(.series) { d.mention(name) }
    lines = try billed(known)
    for move in issued.moves {
      d.move(move.amount, worth: move.value, of: move.commodity, from: move.to, to: move.from)
    }
  }

  private func check(
    _ known: Invoice, _ id: NameID, _ d: Decision, _ s: any Situation
  ) throws(Obstacle) {
    if known.isVoided {
      throw .refuse(
        "invoice.voided", "Invoice \(invoice) has been voided already.",
        remedy: "Nothing needs to be done.")
    }
    if d.on < known.on {
      throw .refuse(
        "void.early", "Invoice \(invoice) is of \(known.on), after \(d.on).",
        remedy: "Void it on or after \(known.on).")
    }
    let item = try s.document(OpenItem.self, id)
    let recalled =
      known.isPrepayment
      && item.open(.customerAdvances)?.amount ?? 0 != known.lines.reduce(0) { $0 + $1.net }
    guard item.open(.receivable)?.amount ?? 0 == known.gross, !recalled,
      known.lines.allSatisfy({ $0.credited.isZero })
    else {
      throw .refuse(
        "void.settled",
        "Invoice \(invoice) has been paid, credited or recalled, at least in part.",
        remedy: "Take it back with a credit note (invoice.corrected).")
    }
    // What had been paid or recalled and came back was not open in between.
    for case let open? in [item.open(.receivable), item.open(.customerAdvances)] {
      var asking = d
      let currency = try asking.carried(open.currency, s)
      try d.check(open.amount, of: open, invoice, currency)
    }
  }

  private func billed(_ known: Invoice) throws(Obstacle) -> [CorrectionLine] {
    known.lines.map { line in
      var billed = CorrectionLine()
      billed.product = line.line.product
      billed.text = line.line.product == nil ? line.line.text : nil
      billed.quantity = line.line.quantity
      return billed
    }
  }
}
