// Why: goods go back to their supplier: refused ones are owed no more and still to come; accepted ones are credited if
// they were billed. Those that came leave, if they still lie there, at what they cost; what they are worth
// to the supplier is the order's price. What lies between the two is a purchase variance.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension GoodsRejected: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.supplierReturn, rejection, s)
    let receipt = try d.refer(.receipt, self.receipt, s)
    let known = try s.document(GoodsReceipt.self, receipt)
    d.mention(known.purchase)
    d.mention(known.supplier)
    let warehouse = try d.warehouse(self.warehouse, else: known.warehouse, s)
    if d.on < known.on {
      throw .refuse(
        "rejection.early", "Receipt \(self.receipt) is of \(known.on), after \(d.on).",
        remedy: "Date the rejection on or after \(known.on).")
    }
    let chart = try s.chart()
    let purchase = try s.document(Purchase.self, known.purchase)
    for (line, checked) in zip(lines, try QuantityLine.checked(lines, &d, s)) {
      let came = known.lines.first { $0.product == checked.product }?.units ?? 0
      if checked.units > came {
        throw .refuse(
          "rejection.exceeded",
          "Receipt \(self.receipt) brought \(try s.quantity(came, checked.product)) of \(line.product) that is not rejected yet, not \(try s.quantity(checked.units, checked.product)).",
          remedy: "Reject at most that.")
      }
      let ordered = try purchase.line(checked.product)
      let unbilled = try refusing("unbilled") { () throws(WireError) in try ordered.unbilled }
      if try refusing(
        "quantity",
        { () throws(WireError) in
          try unbilled.adding(line.quantity.negated).isNegative
        })
      {
        throw .refuse(
          "rejection.billed",
          "\(unbilled.isNegative ? "0" : "\(unbilled)") of \(line.product) is not billed yet, less than \(line.quantity).",
          remedy: "Send billed goods back with goods.returned; the supplier credits them.")
      }
      let value = try d.sendBack(
        line, checked, of: ordered, known.purchase, from: warehouse, s)
      d.move(
        checked.units, worth: value, of: checked.product,
        from: Place(try chart.account(.purchaseOrdered), known.purchase),
        to: Place(try chart.account(.onOrder), known.purchase))
    }
  }
}

extension GoodsReturned: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.supplierReturn, self.return, s)
    let purchase = try d.refer(.purchase, self.purchase, s)
    let known = try s.document(Purchase.self, purchase)
    d.mention(known.supplier)
    let warehouse = try d.warehouse(self.warehouse, else: .none, s)
    for (line, checked) in zip(lines, try QuantityLine.checked(lines, &d, s)) {
      let ordered = known.lines.first { $0.product == checked.product }
      let kept = ordered?.receipts.reduce(0) { $0 + ($1.on <= d.on ? $1.units : 0) } ?? 0
      let now = ordered?.receipts.reduce(0) { $0 + $1.units } ?? 0
      guard let ordered, checked.units <= min(kept, now) else {
        throw .refuse(
          "return.exceeded",
          "\(try s.quantity(max(0, min(kept, now)), checked.product)) of \(line.product) came under \(self.purchase) by \(d.on) and has not gone back, not \(try s.quantity(checked.units, checked.product)).",
          remedy: "Send back at most that.")
      }
      _ = try d.sendBack(line, checked, of: ordered, purchase, from: warehouse, s)
    }
  }
}

extension Purchase {
  /// The line of a product that came under it.
  fileprivate func line(_ product: NameID) throws(Obstacle) -> Line {
    guard let line = lines.first(where: { $0.product == product }) else {
      preconditionFailure("what came under a purchase order was ordered")
    }
    return line
  }
}

extension Decision {
  /// The warehouse called `code`, or another, mentioned.
  fileprivate mutating func warehouse(
    _ code: Code?, else other: NameID, _ s: any Situation
  ) throws(Obstacle) -> NameID {
    guard let code else {
      mention(other)
      return other
    }
    return try refer(.warehouse, code, s)
  }

  /// Takes goods of a purchase order out of a warehouse, at cost, and off what is received and not billed; what they
  /// were worth there.
  fileprivate mutating func sendBack(
    _ line: QuantityLine, _ checked: QuantityLine.Checked, of ordered: Purchase.Line,
    _ purchase: NameID, from warehouse: NameID, _ s: any Situation
  ) throws(Obstacle) -> Int64 {
    let chart = try s.chart()
    let variance = Place(try chart.account(.purchaseVariance), checked.product)
    try issue(checked, from: warehouse, named: try s.code(warehouse), to: variance, s)
    let value = try refusing("quantity") { () throws(WireError) in
      try ordered.worth(line.quantity)
    }
    move(
      0, worth: value, of: checked.product, from: variance,
      to: Place(try chart.account(.goodsReceivedNotInvoiced), purchase))
    return value
  }
}
