// Why: a purchase order is a memorandum; goods received come into stock at the order's price, owed but not billed.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension PurchaseOrdered: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let purchase = try d.introduce(.purchase, self.purchase, s)
    _ = try d.refer(.supplier, supplier, s)
    let currency = try d.currency(currency, s)
    let chart = try s.chart()
    let quantities = lines.map { QuantityLine($0.product, $0.quantity) }
    for (line, checked) in zip(lines, try QuantityLine.checked(quantities, &d, s)) {
      let net = try currency.value(
        netAmount(
          quantity: line.quantity, price: line.price, discount: nil, decimals: currency.decimals))
      d.move(
        checked.units, worth: net, of: checked.product,
        from: Place(try chart.account(.purchaseOrdered), purchase),
        to: Place(try chart.account(.onOrder), purchase))
    }
  }
}

extension GoodsReceived: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.receipt, receipt, s)
    let (purchase, known) = try d.purchase(self.purchase, s)
    d.mention(known.supplier)
    let warehouse = try d.refer(.warehouse, self.warehouse, s)
    let currency = try d.currency(known.currency, s)
    let chart = try s.chart()
    for (line, checked) in zip(lines, try QuantityLine.checked(lines, &d, s)) {
      guard let ordered = known.lines.first(where: { $0.product == checked.product }) else {
        throw .refuse(
          "purchase.exceeded", "Purchase order \(self.purchase) has no \(line.product).",
          remedy: "Receive it under the order it belongs to, or order it first.")
      }
      if checked.units > ordered.toCome {
        throw .refuse(
          "purchase.exceeded",
          "\(try s.quantity(ordered.toCome, checked.product)) of \(line.product) is still to come under \(self.purchase), not \(try s.quantity(checked.units, checked.product)).",
          remedy: "Receive what was ordered, or order the rest first.")
      }
      let value = try currency.value(
        netAmount(
          quantity: line.quantity, price: ordered.price, discount: nil, decimals: currency.decimals)
      )
      try d.moveStock(
        checked.units, worth: value, of: checked.product,
        from: Place(try chart.account(.goodsReceivedNotInvoiced), purchase),
        to: Place(try chart.account(.inventory), warehouse), s)
      d.move(
        checked.units,
        worth: Exact.share(
          ordered.openValue, checked.units, of: ordered.toCome),
        of: checked.product, from: Place(try chart.account(.onOrder), purchase),
        to: Place(try chart.account(.purchaseOrdered), purchase))
    }
  }
}

extension Decision {
  /// The purchase order called `code`, which must be there on the day of the event: else less than nothing would be on
  /// order on some day. Mentioned.
  mutating func purchase(_ code: Code, _ s: any Situation) throws(Obstacle) -> (NameID, Purchase) {
    let id = try refer(.purchase, code, s)
    let known = try s.document(Purchase.self, id)
    if on < known.on {
      throw .refuse(
        "purchase.early", "Purchase order \(code) is of \(known.on), after \(on).",
        remedy: "Date it on or after \(known.on).")
    }
    return (id, known)
  }
}
