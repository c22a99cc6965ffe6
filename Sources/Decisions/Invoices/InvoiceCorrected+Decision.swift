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
    let after = try crediting(known)
    let chart = try s.chart()
    let currency =
      known.currency == chart.currency
      ? chart.currencyID : try d.refer(.currency, known.currency, s)
    let open = try s.document(OpenItem.self, id).open(.receivable)
    var credit = Credit(
      open: open, receivable: Place(try chart.account(.receivable), id),
      rest: Place(try chart.account(.customerAdvances), correction), currency: currency)
    for (old, new) in zip(known.lines, after.lines) {
      d.mention(old.product)
      let (before, now) = (old.taken, new.taken)
      credit.take(
        now.net - before.net, worth: now.value - before.value,
        to: Place(try chart.account(.salesReturns), old.product), &d)
    }
    for tax in known.taxes {
      d.mention(tax.tax)
      let before = tax.taken(known.lines)
      let now = tax.taken(after.lines)
      credit.take(
        now.amount - before.amount, worth: now.value - before.value,
        to: Place(try chart.account(.taxCollected), tax.tax), &d)
      try d.noteTaxBase(
        before.base - now.base, worth: before.baseValue - now.baseValue, of: currency, tax.tax,
        chart)
    }
    try credit.close(&d, chart)
    try d.number(self.correction, in: series, s)
  }

  /// The invoice as it will be credited. Completes the lines of a whole credit.
  private mutating func crediting(_ known: Invoice) throws(Obstacle) -> Invoice {
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

extension Invoice.Line {
  /// What has been taken back of it, in proportion to the quantity credited.
  fileprivate var taken: (net: Int64, value: Int64) {
    (share(of: net), share(of: value))
  }

  private func share(of whole: Int64) -> Int64 {
    let scale = Int(max(credited.scale, line.quantity.scale))
    func digits(_ number: ExactDecimal) -> Int128 {
      (Int(number.scale)..<scale).reduce(Int128(number.digits)) { digits, _ in digits * 10 }
    }
    // Credited is at most the quantity, so the share is at most the whole and fits.
    let (product, overflow) = Int128(whole).multipliedReportingOverflow(by: digits(credited))
    guard !overflow, let share = Exact.divide(product, digits(line.quantity)) else {
      preconditionFailure("quantities of a recorded invoice are bounded")
    }
    return share
  }
}

extension TaxAmount {
  /// What has been taken back of it, in proportion to the base credited.
  fileprivate func taken(_ lines: [Invoice.Line]) -> TaxAmount {
    var taken = TaxAmount(tax: tax, base: 0, baseValue: 0, amount: 0, value: 0)
    for line in lines where line.tax == tax {
      taken.base += line.taken.net
      taken.baseValue += line.taken.value
    }
    if base != 0 {
      taken.amount = Exact.share(amount, taken.base, of: base)
      taken.value = Exact.share(value, taken.base, of: base)
    }
    return taken
  }
}

/// A credit on its way: first against what is open of the invoice, the rest to the customer's credit.
private struct Credit {
  let open: OpenItem.Balance?
  let receivable: Place
  let rest: Place
  let currency: NameID
  private var settled: Int64 = 0
  private var settledValue: Int64 = 0

  init(open: OpenItem.Balance?, receivable: Place, rest: Place, currency: NameID) {
    self.open = open
    self.receivable = open?.place ?? receivable
    self.rest = rest
    self.currency = currency
  }

  mutating func take(_ amount: Int64, worth value: Int64, to: Place, _ d: inout Decision) {
    let part = min(amount, (open?.amount ?? 0) - settled)
    let partValue = part == amount ? value : part == 0 ? 0 : Exact.share(value, part, of: amount)
    d.move(part, worth: partValue, of: currency, from: receivable, to: to)
    d.move(amount - part, worth: value - partValue, of: currency, from: rest, to: to)
    settled += part
    settledValue += partValue
  }

  /// An invoice in another currency whose last part is credited closes in value too.
  func close(_ d: inout Decision, _ chart: Chart) throws(Obstacle) {
    guard let open, settled == open.amount else { return }
    try d.exchangeDifference(
      settledValue - open.value, of: currency, at: receivable, chart)
  }
}
