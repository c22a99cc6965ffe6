// Why: money asked for ahead of a delivery is not yet a sale. A prepayment invoice owes its net amount to the customer,
// with its tax due at once; the invoices for the deliveries bill everything and recall the prepayment, each a part of its
// net and of its tax, the last one all that is left, so that all of them together come to the price and to its tax, to
// the cent.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

extension InvoiceIssued {
  /// Checks that a prepayment names no goods: those are billed when they are delivered.
  func checkPrepayment() throws(Obstacle) {
    guard prepayment ?? false else { return }
    if lines.isEmpty || lines.contains(where: { $0.product != nil }) {
      throw .refuse(
        "prepayment.line", "The prepayment \(invoice) does not say in words what is asked for.",
        remedy: "Give it lines with a text and a price; goods are billed when they are delivered.")
    }
    if !recalls.isEmpty || !recallParts.isEmpty {
      throw .refuse(
        "prepayment.recall", "The prepayment \(invoice) recalls another one.",
        remedy: "Recall prepayments on the invoice for the delivery.")
    }
  }

  /// Takes the prepayments off what this invoice claims.
  func recallPrepayments(
    from receivable: Place, of customer: NameID, _ currency: DocumentCurrency, _ d: inout Decision,
    _ s: any Situation
  ) throws(Obstacle) {
    let parts =
      recalls.map { ($0, ExactDecimal?.none) } + recallParts.map { ($0.prepayment, $0.net) }
    for (i, (code, net)) in parts.enumerated() {
      let id = try d.refer(.invoice, code, s)
      let known = try s.document(Invoice.self, id)
      guard known.isPrepayment, !known.isVoided, !parts[..<i].contains(where: { $0.0 == code })
      else {
        throw .refuse(
          "prepayment.unknown", "\(code) is no prepayment that could be recalled.",
          remedy: "Name each prepayment invoice once.")
      }
      guard known.customer == customer, known.currency == currency.code, known.on <= d.on else {
        throw .refuse(
          "prepayment.other",
          "The prepayment \(code) is of another customer, in another currency or of a later day.",
          remedy: "Recall what the same customer was asked for before, in the same currency.")
      }
      let open = try d.prepaid(id, code, s)
      var part = open.amount
      if let net { part = try d.positive(net, currency, "part of \(code)") }
      guard part <= open.amount else {
        throw .refuse(
          "prepayment.left",
          "\(currency.text(open.amount)) of the prepayment \(code) is left, not \(currency.text(part)).",
          remedy: "Recall at most what is left, without its tax.")
      }
      try d.check(part, of: open, code, currency)
      try d.recall(part, of: known, open, from: receivable, currency, s)
    }
    try checkNotOverdrawn(receivable, d, currency)
  }

  private func checkNotOverdrawn(
    _ receivable: Place, _ d: Decision, _ currency: DocumentCurrency
  ) throws(Obstacle) {
    let claim = d.moves.reduce(0) {
      $0 + ($1.to == receivable ? $1.amount : 0) - ($1.from == receivable ? $1.amount : 0)
    }
    if claim < 0 {
      throw .refuse(
        "prepayment.exceeded",
        "The prepayments come to \(currency.text(-claim)) more than the invoice.",
        remedy: "Recall them on an invoice that comes to at least as much, or credit them.")
    }
  }
}

extension Decision {
  /// Recalls `part` of the net of a prepayment of which `open` is left, and the tax on it.
  fileprivate mutating func recall(
    _ part: Int64, of known: Invoice, _ open: OpenItem.Balance, from receivable: Place,
    _ currency: DocumentCurrency, _ s: any Situation
  ) throws(Obstacle) {
    let chart = try s.chart()
    try settle(
      part, of: currency.id, from: receivable, worth: try currency.value(part), to: open.place,
      worth: open.carrying(part), chart)
    for base in known.bases {
      let tax = base.place.subject
      mention(tax)
      for side in known.sides where side.place.subject == tax {
        let due = known.recalling(side, part, of: open.amount)
        move(due.amount, worth: due.value, of: currency.id, from: receivable, to: side.place)
      }
      let due = known.recalling(base, part, of: open.amount)
      try noteTaxBase(-due.amount, worth: -due.value, of: currency.id, tax, chart)
    }
  }

  /// What of a prepayment has not been recalled yet: what the customer is owed for it.
  func prepaid(
    _ id: NameID, _ code: Code, _ s: any Situation
  ) throws(Obstacle) -> OpenItem.Balance {
    guard let open = try s.document(OpenItem.self, id).open(.customerAdvances) else {
      throw .refuse(
        "prepayment.recalled",
        "All of the prepayment \(code) has been recalled or credited already.",
        remedy: "Credit the invoice that recalled it instead.")
    }
    return open
  }

  /// Rounds what an invoice claims at `receivable` to a multiple of `step`; the difference is a rounding difference.
  mutating func roundCash(
    _ step: ExactDecimal?, at receivable: Place, _ currency: DocumentCurrency, _ chart: Chart
  ) throws(Obstacle) {
    guard let step else { return }
    let unit = try positive(step, currency, "cash rounding")
    let claim = moves.reduce(0) {
      $0 + ($1.to == receivable ? $1.amount : 0) - ($1.from == receivable ? $1.amount : 0)
    }
    guard let steps = Exact.divide(Int128(claim), Int128(unit)),
      let rounded = Int64(exactly: Int128(steps) * Int128(unit))
    else { return }
    let difference = rounded - claim
    move(
      difference, worth: try currency.value(difference), of: currency.id,
      from: Place(try chart.account(.roundingDifference)), to: receivable)
  }
}
