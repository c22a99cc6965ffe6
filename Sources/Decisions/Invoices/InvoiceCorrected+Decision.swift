// Why: an invoice never changes; a credit note takes back some or all of it. Amounts fall in proportion, and the
// last unit takes what is left. What the customer has paid already becomes the customer's credit.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension InvoiceCorrected: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let correction = try d.introduce(.correction, self.correction, s)
    let id = try d.refer(.invoice, invoice, s)
    let known = try s.document(Invoice.self, id)
    d.mention(known.customer)
    d.mention(known.order)
    if d.on < known.on {
      throw .refuse(
        "correction.early", "Invoice \(invoice) is of \(known.on), after \(d.on).",
        remedy: "Date the credit note on or after \(known.on).")
    }
    if known.isVoided {
      throw .refuse(
        "invoice.voided", "Invoice \(invoice) has been voided.",
        remedy: "It claims nothing any more; there is nothing to credit.")
    }
    let after = try crediting(known)
    let chart = try s.chart()
    let currency =
      known.currency == chart.currency
      ? chart.currencyID : try d.refer(.currency, known.currency, s)
    let open = try s.document(OpenItem.self, id).open(.receivable)
    let prepaid = known.isPrepayment ? try d.prepaid(id, invoice, s) : nil
    let isRest = known.recalled != 0
    let net =
      isRest
      ? prepaid?.amount ?? 0
      : zip(known.lines, after.lines).reduce(0) { $0 + $1.1.taken.net - $1.0.taken.net }
    let total = net + after.sides.reduce(0) { $0 + after.due($1).amount }
    var credit = Credit(
      of: total, open: open, lasting: open?.lasting(from: d.on) ?? 0,
      receivable: Place(try chart.account(.receivable), id),
      rest: Place(try chart.account(.customerAdvances), correction), currency: currency)
    let returns = try chart.account(.salesReturns)
    if isRest, let prepaid {
      credit.take(prepaid.amount, worth: prepaid.value, to: prepaid.place, &d)
    }
    for (old, new) in zip(known.lines, after.lines) where !isRest {
      d.mention(old.product)
      let (before, now) = (old.taken, new.taken)
      credit.take(
        now.net - before.net, worth: now.value - before.value,
        to: prepaid?.place ?? Place(returns, old.product), &d)
    }
    for side in after.sides where !side.place.subject.is(.tax) { credit.take(after, side, &d) }
    for base in after.bases {
      d.mention(base.place.subject)
      for side in after.sides where side.place.subject == base.place.subject {
        credit.take(after, side, &d)
      }
      let (amount, value) = after.due(base)
      try d.noteTaxBase(-amount, worth: -value, of: currency, base.place.subject, chart)
    }
    try credit.close(&d, chart)
    try d.number(self.correction, in: series, of: Self.kind, s)
  }

  /// The invoice as it will be credited. Completes the lines of a whole credit.
  private mutating func crediting(_ known: Invoice) throws(Obstacle) -> Invoice {
    if known.recalled != 0, !lines.isEmpty {
      throw .refuse(
        "prepayment.lines", "A part of the prepayment \(invoice) has been recalled.",
        remedy: "Leave out the lines: all that is left of it is credited.")
    }
    if lines.isEmpty {
      for line in known.lines {
        var credited = CorrectionLine()
        credited.product = line.line.product
        credited.text = line.line.product == nil ? line.line.text : nil
        credited.quantity = try refusing("quantity") { () throws(WireError) in
          try line.line.quantity.adding(line.credited.negated)
        }
        if !credited.quantity.isZero { lines.append(credited) }
      }
      if lines.isEmpty {
        throw .refuse(
          "correction.exceeded", "Nothing of invoice \(invoice) is left to credit.",
          remedy: "It has been credited already, or was taken over without its lines.")
      }
    }
    var after = known
    for line in lines {
      let what = line.product?.text ?? line.text ?? "a line without product and text"
      guard line.quantity.digits > 0 else {
        throw .refuse(
          "quantity.notPositive", "The quantity of \(what) is \(line.quantity).",
          remedy: "Give a quantity above zero.")
      }
      guard let left = try refusing("quantity", { () throws(WireError) in try after.credit(line) })
      else {
        throw .refuse(
          "correction.unknown", "Invoice \(invoice) has no line for \(what).",
          remedy: "Name the product or the text as the invoice has it.")
      }
      if left.isNegative {
        throw .refuse(
          "correction.exceeded",
          "\(what) of invoice \(invoice) would be credited by \(left.negated) too much.",
          remedy: "Credit at most what has been invoiced and not yet credited.")
      }
    }
    return after
  }
}
