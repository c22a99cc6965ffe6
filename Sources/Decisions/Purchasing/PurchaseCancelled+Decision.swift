// Why: what will never come is no longer on order.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension PurchaseCancelled: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let (purchase, known) = try d.purchase(self.purchase, s)
    d.mention(known.supplier)
    let chart = try s.chart()
    var given: [(product: NameID, units: Int64)] = known.lines.filter { $0.toCome > 0 }
      .map { ($0.product, $0.toCome) }
    if !lines.isEmpty {
      given = try QuantityLine.checked(lines, &d, s).map { ($0.product, $0.units) }
    }
    guard !given.isEmpty else {
      throw .refuse(
        "purchase.exceeded", "Nothing is still to come under \(self.purchase).",
        remedy: "Nothing needs to be done.")
    }
    for (product, units) in given {
      d.mention(product)
      let line = known.lines.first { $0.product == product }
      guard let line, units <= line.toCome else {
        throw .refuse(
          "purchase.exceeded",
          "\(try s.quantity(line?.toCome ?? 0, product)) of \(try s.code(product)) is still to come under \(self.purchase), not \(try s.quantity(units, product)).",
          remedy: "Cancel at most that.")
      }
      d.move(
        units, worth: Exact.share(line.openValue, units, of: line.toCome), of: product,
        from: Place(try chart.account(.onOrder), purchase),
        to: Place(try chart.account(.purchaseOrdered), purchase))
    }
  }
}
