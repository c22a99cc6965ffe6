// Why: an invoice is where goods become money owed. What is stored is the whole document: the decision fills in the
// lines, prices, taxes and due days that the caller left to the order, the product or the customer.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension InvoiceIssued: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let invoice = try d.introduce(.invoice, self.invoice, s)
    let (customer, known) = try parties(&d, s)
    let currency = try d.currency(self.currency, s)
    self.currency = currency.code
    try checkPrepayment()
    if let known {
      lines = try billing(known, &d, s)
    } else {
      lines = try pricing(currency, &d, s)
    }
    try refuseNoLines()
    var nets: [(net: Int64, tax: Code?)] = []
    let chart = try s.chart()
    let receivable = Place(try chart.account(.receivable), invoice)
    for (line, net) in zip(lines, try checkedNets(currency)) {
      let product = try line.product.flatMap { (code) throws(Obstacle) in try s.id(.product, code) }
      nets.append((net, line.tax))
      let from =
        prepayment ?? false
        ? Place(try chart.account(.customerAdvances), invoice)
        : Place(try chart.account(.sales), product ?? .none)
      d.move(
        net, worth: try currency.value(net), of: currency.id, from: from, to: receivable)
    }
    try addTaxes(on: nets, at: receivable, of: customer, currency, &d, s)
    try recallPrepayments(from: receivable, of: customer, currency, &d, s)
    try d.roundCash(cashRounding, at: receivable, currency, chart)
    try checkEarlyDiscount(d.on)
    try d.check(instalments, due: due)
    due = try d.dueDay(given: instalments.last?.due ?? due, terms: terms, of: customer, s)
    try d.number(self.invoice, in: series, of: Self.kind, s)
  }

  /// Adds what is collected, each with the surcharge beside it, and takes off what the customer keeps back.
  private mutating func addTaxes(
    on nets: [(net: Int64, tax: Code?)], at receivable: Place, of customer: NameID,
    _ currency: DocumentCurrency, _ d: inout Decision, _ s: any Situation
  ) throws(Obstacle) {
    let (chart, party) = (try s.chart(), try s.document(Party.self, customer))
    let taxes = try d.taxes(on: nets, .sale, currency, s)
    if taxes.contains(where: { $0.kind == .intraCommunity }), party.taxID?.isEmpty ?? true {
      throw .refuse(
        "tax.noTaxID", "The tax number of \(try s.code(customer)) is not known.",
        remedy: "Record it (customer.revised) before selling without tax to another member state.")
    }
    let isSurcharged = surcharge ?? party.bearsSurcharge
    surcharge = isSurcharged ? true : surcharge
    let surcharges = isSurcharged ? try d.surcharges(on: taxes, currency, s) : [:]
    for tax in taxes {
      for tax in [tax, surcharges[tax.tax]].compactMap({ $0 }) {
        d.move(
          tax.amount, worth: tax.value, of: currency.id,
          from: Place(try chart.account(.taxCollected), tax.tax), to: receivable)
        try d.noteTaxBase(tax.base, worth: tax.baseValue, of: currency.id, tax.tax, chart)
      }
    }
    guard let withholding else { return }
    let kept = try d.withheld(
      withholding, on: total("lines", nets.lazy.map(\.net)), currency, s)
    d.move(
      kept.amount, worth: kept.value, of: currency.id, from: receivable,
      to: Place(try chart.account(.withheldByCustomers), kept.tax))
    try d.noteTaxBase(kept.base, worth: kept.baseValue, of: currency.id, kept.tax, chart)
  }

  /// The customer and, if there is one, the order; both fill what the invoice leaves open.
  private mutating func parties(
    _ d: inout Decision, _ s: any Situation
  ) throws(Obstacle) -> (customer: NameID, order: Order?) {
    guard let order else {
      guard let customer else {
        throw .refuse(
          "invoice.customer", "Invoice \(invoice) names neither an order nor a customer.",
          remedy: "Give the order that it bills, or a customer and lines.")
      }
      return (try d.refer(.customer, customer, s), nil)
    }
    let id = try d.refer(.order, order, s)
    let known = try s.document(Order.self, id)
    d.mention(known.customer)
    let owner = try s.code(known.customer)
    if let customer, customer != owner {
      throw .refuse(
        "invoice.customer", "Order \(order) is \(owner)'s, not \(customer)'s.",
        remedy: "Leave out the customer, or name \(owner).")
    }
    if let currency, currency != known.currency {
      throw .refuse(
        "invoice.currency", "Order \(order) is in \(known.currency), not in \(currency).",
        remedy: "Leave out the currency, or name \(known.currency).")
    }
    customer = owner
    currency = known.currency
    return (known.customer, known)
  }

  /// What each line comes to, each checked, less its share of the discount on the whole.
  private func checkedNets(_ currency: DocumentCurrency) throws(Obstacle) -> [Int64] {
    for line in lines {
      _ = try netAmount(
        quantity: line.quantity, price: line.price ?? .zero, discount: line.discount,
        decimals: currency.decimals)
    }
    try checkDiscount(discount)
    return try refusing("lines") { () throws(WireError) in
      try nets(decimals: currency.decimals)
    }
  }

  private func checkEarlyDiscount(_ on: Day) throws(Obstacle) {
    try checkDiscount(earlyDiscount)
    if (earlyDiscount == nil) != (earlyDue == nil) || earlyDue.map({ $0 < on }) ?? false {
      throw .refuse(
        "discount.terms", "The early-payment discount of \(invoice) is not complete.",
        remedy: "Give \"earlyDiscount\", the percent, and \"earlyDue\", a day on or after \(on).")
    }
  }

  private func refuseNoLines() throws(Obstacle) {
    if lines.isEmpty {
      throw .refuse("lines.empty", "There are no lines.", remedy: "Give at least one line.")
    }
    for (i, line) in lines.enumerated()
    where lines[..<i].contains(where: { $0.product == line.product && $0.text == line.text })
      || line.product != nil && lines[..<i].contains(where: { $0.product == line.product })
    {
      throw .refuse(
        "lines.duplicate", "\(line.product?.text ?? line.text ?? "") stands on two lines.",
        remedy: "Put each product on one line, and tell texts apart: credit notes refer to them.")
    }
  }
}
