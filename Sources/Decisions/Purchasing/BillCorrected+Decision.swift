// Why: a supplier's credit note takes back part of a bill. For goods that went back it clears what was still to be
// credited; goods that stay with us and are credited count as not billed again; and when only their price falls, the
// goods cost less. What is paid already becomes an advance to the supplier.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension BillCorrected: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let correction = try d.introduce(.correction, self.correction, s)
    let id = try d.refer(.bill, bill, s)
    var known = try s.document(Bill.self, id)
    d.mention(known.supplier)
    d.mention(known.purchase)
    if d.on < known.on {
      throw .refuse(
        "correction.early", "Bill \(bill) is of \(known.on), after \(d.on).",
        remedy: "Date the credit note on or after \(known.on).")
    }
    if lines.isEmpty { lines = try wholeOf(known) }
    // Rates of exchange and of taxes are those of the bill's own day.
    var billed = Decision(on: known.on)
    let currency = try billed.currency(known.currency, s)
    let chart = try s.chart()
    let open = try s.document(OpenItem.self, id).open(.payable)
    var credit = BillCredit(
      open: open, lasting: open?.lasting(from: d.on) ?? 0,
      rest: Place(try chart.account(.supplierAdvances), correction),
      payable: Place(try chart.account(.payable), id), currency: currency.id)
    var taxed: [TaxedLine] = []
    for i in lines.indices {
      let net = try netAmount(
        quantity: lines[i].quantity, price: lines[i].price, discount: nil,
        decimals: currency.decimals)
      try check(&lines[i], net, against: &known, currency)
      let value = try currency.value(net)
      if lines[i].product == nil, let account = lines[i].account {
        let cost = Place(try d.freeAccount(account, s))
        credit.take(net, worth: value, from: cost, &d)
        taxed.append(TaxedLine(net: net, tax: lines[i].tax, cost: cost))
      } else {
        try d.credit(lines[i], net, worth: value, under: known.purchase, &credit, s)
        let goods = try lines[i].product.flatMap { (code) throws(Obstacle) in
          try s.id(.product, code)
        }
        taxed.append(
          TaxedLine(
            net: net, tax: lines[i].tax,
            cost: Place(try chart.account(.purchaseVariance), goods ?? .none)))
      }
    }
    try credit.take(taxed, on: known, &billed, currency, &d, s)
    for name in billed.mentions { d.mention(name) }
    try credit.close(&d, chart)
    try checkLetOff(known, currency)
  }

  /// Refuses to credit what was let off for early payment: nobody paid it.
  private func checkLetOff(_ known: Bill, _ currency: DocumentCurrency) throws(Obstacle) {
    let net = known.lines.reduce(0) { $0 + $1.net }
    let credited = known.lines.reduce(0) { $0 + $1.creditedNet }
    if known.letOff == 0 || known.lines.isEmpty || credited + known.letOff <= net { return }
    throw .refuse(
      "correction.exceeded",
      "\(currency.text(known.letOff)) of the \(currency.text(net)) of bill \(bill) was let off for early payment; with this \(currency.text(credited)) would be credited.",
      remedy: "Give lines that come to at most \(currency.text(net - known.letOff)) without tax.")
  }

  /// Lines that take back all of a bill of which nothing has been credited.
  private func wholeOf(_ known: Bill) throws(Obstacle) -> [BillCreditLine] {
    guard !known.lines.isEmpty, known.lines.allSatisfy({ $0.creditedNet == 0 }) else {
      throw .refuse(
        "correction.lines", "Bill \(bill) cannot be credited as a whole.",
        remedy: "Part of it is credited already, or it was taken over without lines: give lines.")
    }
    return known.lines.map { billed in
      var line = BillCreditLine()
      line.product = billed.line.product
      line.account = billed.line.account
      line.text = billed.line.text
      line.quantity = billed.line.quantity
      line.price = billed.line.price
      line.tax = billed.line.tax
      return line
    }
  }

  /// Checks a line against the bill, and gives it the bill's tax.
  private func check(
    _ line: inout BillCreditLine, _ net: Int64, against known: inout Bill,
    _ currency: DocumentCurrency
  ) throws(Obstacle) {
    let what = line.product?.text ?? line.account?.text ?? "nothing"
    guard line.quantity.digits > 0 else {
      throw .refuse(
        "quantity.notPositive", "The quantity of \(what) is \(line.quantity).",
        remedy: "Give a quantity above zero.")
    }
    guard let i = known.index(of: line) else {
      throw .refuse(
        "correction.unknown", "Bill \(bill) has no line for \(what).",
        remedy: "Name the product or the account as the bill has it.")
    }
    let credit = line
    try refusing("quantity of \(what)") { () throws(WireError) in try known.take(credit, i, net) }
    let after = known.lines[i]
    let tooMuch = try refusing("quantity") { () throws(WireError) in
      try after.line.quantity.adding(after.credited.negated).isNegative
    }
    if tooMuch || after.creditedNet > after.net {
      throw .refuse(
        "correction.exceeded",
        "\(what) of bill \(bill), \(currency.text(after.net)) for \(after.line.quantity), would be credited by \(currency.text(after.creditedNet)) for \(after.credited).",
        remedy: "Credit at most what was billed and is not yet credited.")
    }
    line.tax = line.tax ?? after.line.tax
  }
}

extension Decision {
  /// Credits goods that were billed under a purchase order.
  fileprivate mutating func credit(
    _ line: BillCreditLine, _ net: Int64, worth value: Int64, under purchase: NameID,
    _ credit: inout BillCredit, _ s: any Situation
  ) throws(Obstacle) {
    guard let code = line.product else { return }
    let (id, product) = try self.product(code, s)
    let units = try units(line.quantity, code, product)
    let chart = try s.chart()
    let notInvoiced = Place(try chart.account(.goodsReceivedNotInvoiced), purchase)
    credit.take(net, worth: value, from: notInvoiced, &self)
    let known = try s.document(Purchase.self, purchase)
    guard let ordered = known.lines.first(where: { $0.product == id }) else { return }
    var variance: Int64 = 0
    if line.keepsGoods {
      // The goods that are still here get the lower price first.
      let held = try held(id, of: purchase, s)
      let here = min(units, held.reduce(0) { $0 + $1.units })
      let part = here == 0 ? 0 : Exact.share(value, here, of: units)
      // Nowhere are they worth less than nothing afterwards.
      let parts = zip(held, Exact.shares(of: part, by: held.map(\.units))).map {
        (place: $0.place, value: min($1, max(0, $0.value)))
      }
      variance = parts.reduce(0) { $0 + $1.value } - value
      let moves = parts.filter { $0.value != 0 }.map {
        StockMove(value: -$0.value, from: notInvoiced, to: $0.place)
      }
      try moveStock(moves, of: id, s)
    } else {
      variance = try refusing("quantity of \(code)") { () throws(WireError) in
        let settled = try ordered.settledByCredit(line.quantity)
        let kept = try ordered.unsettledValue(of: value, line.quantity, settled)
        return try -ordered.clearing(settled) - (value - kept)
      }
    }
    let currency = chart.currencyID
    move(
      0, worth: variance, of: currency, from: notInvoiced,
      to: Place(try chart.account(.purchaseVariance), id))
  }
}

/// A supplier's credit on its way: first against what is open of the bill, the rest as an advance.
private struct BillCredit {
  let open: OpenItem.Balance?
  let rest: Place
  let payable: Place
  let currency: NameID
  private var split: CreditSplit

  init(
    open: OpenItem.Balance?, lasting: Int64, rest: Place, payable: Place, currency: NameID
  ) {
    self.open = open
    split = CreditSplit(lasting: lasting)
    self.rest = rest
    self.payable = open?.place ?? payable
    self.currency = currency
  }

  /// Takes the taxes back with what bore them, each to where it came from.
  mutating func take(
    _ lines: [TaxedLine], on bill: Bill, _ billed: inout Decision, _ currency: DocumentCurrency,
    _ d: inout Decision, _ s: any Situation
  ) throws(Obstacle) {
    let chart = try s.chart()
    for tax in try billed.taxes(crediting: lines.map { ($0.net, $0.tax) }, of: bill, currency, s) {
      let code = try s.code(tax.tax)
      let claimed = Place(try chart.account(.taxDeductible), tax.tax)
      let owed = Place(try chart.account(.taxCollected), tax.tax)
      let parts =
        [(cost: claimed, amount: tax.claimed, value: tax.claimedValue)]
        + tax.unclaimed(among: lines.filter { $0.tax == code })
      for part in parts {
        if tax.isOwedByBuyer {
          d.move(part.amount, worth: part.value, of: currency.id, from: part.cost, to: owed)
        } else {
          take(part.amount, worth: part.value, from: part.cost, &d)
        }
      }
      try d.noteTaxBase(-tax.base, worth: -tax.baseValue, of: currency.id, tax.tax, chart)
    }
    guard let code = bill.withholding else { return }
    let kept = try billed.withheld(
      code, crediting: total("lines", lines.lazy.map(\.net)), of: bill, currency, s)
    take(
      -kept.amount, worth: -kept.value,
      from: Place(try chart.account(.withholdingPayable), kept.tax), &d)
    try d.noteTaxBase(-kept.base, worth: -kept.baseValue, of: currency.id, kept.tax, chart)
  }

  mutating func take(_ amount: Int64, worth value: Int64, from: Place, _ d: inout Decision) {
    let part = split.part(of: amount, worth: value)
    d.move(part.amount, worth: part.value, of: currency, from: from, to: payable)
    d.move(amount - part.amount, worth: value - part.value, of: currency, from: from, to: rest)
  }

  /// A bill in another currency whose last part is credited closes in value too.
  func close(_ d: inout Decision, _ chart: Chart) throws(Obstacle) {
    guard let open, split.settled == open.amount else { return }
    try d.exchangeDifference(open.value - split.settledValue, of: currency, at: payable, chart)
  }
}
