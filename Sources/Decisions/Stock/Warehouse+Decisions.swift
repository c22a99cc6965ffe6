// Why: counts, adjustments, transfers and scrap: goods that change without a customer or a supplier.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension StockCounted: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let subject = try d.introduce(.count, count, s)
    let warehouse = try d.refer(.warehouse, self.warehouse, s)
    guard !lines.isEmpty else {
      throw .refuse("lines.empty", "There are no lines.", remedy: "Count at least one product.")
    }
    var seen: Set<NameID> = []
    for line in lines {
      let (id, product) = try d.product(line.product, among: &seen, s)
      let counted = try refusing("counted of \(line.product)") { () throws(WireError) in
        try Exact.bounded(
          try line.counted.units(decimals: product.decimals), decimals: product.decimals)
      }
      guard counted >= 0 else {
        throw .refuse(
          "quantity.negative", "\(line.product) was counted as \(line.counted).",
          remedy: "A count is zero or more.")
      }
      if !line.lots.isEmpty { d.lots[id] = line.lots }
      let place = Place(try s.chart().account(.inventory), warehouse)
      let expected = try s.stock(id, back: d.on).onHand(place, at: d.on)
      try d.adjust(
        counted - expected, worth: nil, of: id, line.product, in: warehouse, named: self.warehouse,
        against: .stockAdjustment, subject, s)
    }
  }
}

extension StockAdjusted: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let subject = try d.introduce(.adjustment, adjustment, s)
    let warehouse = try d.refer(.warehouse, self.warehouse, s)
    guard !lines.isEmpty else {
      throw .refuse("lines.empty", "There are no lines.", remedy: "Adjust at least one product.")
    }
    var seen: Set<NameID> = []
    for line in lines {
      let (id, product) = try d.product(line.product, among: &seen, s)
      let units = try refusing("quantity of \(line.product)") { () throws(WireError) in
        try Exact.bounded(
          try line.quantity.units(decimals: product.decimals), decimals: product.decimals)
      }
      if !line.lots.isEmpty { d.lots[id] = line.lots }
      var value: Int64?
      if let given = line.value { value = try d.currency(nil, s).units(given, "value") }
      guard units != 0, value.map({ $0 >= 0 && units > 0 }) ?? true else {
        throw .refuse(
          "adjustment.invalid", "\(line.product) is adjusted by \(line.quantity).",
          remedy: "Give a quantity that is not zero; a value only with goods that are found.")
      }
      try d.adjust(
        units, worth: value, of: id, line.product, in: warehouse, named: self.warehouse,
        against: .stockAdjustment, subject, s)
    }
  }
}

extension StockScrapped: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let subject = try d.introduce(.scrap, scrap, s)
    let warehouse = try d.refer(.warehouse, self.warehouse, s)
    for line in try QuantityLine.checked(lines, &d, s) {
      try d.adjust(
        -line.units, worth: nil, of: line.product, line.code, in: warehouse,
        named: self.warehouse, against: .scrap, subject, s)
    }
  }
}

extension Decision {
  /// The product of a line, which no line before it has: each is decided against what is recorded.
  fileprivate mutating func product(
    _ code: Code, among seen: inout Set<NameID>, _ s: any Situation
  ) throws(Obstacle) -> (NameID, Product) {
    let (id, product) = try product(code, s)
    guard seen.insert(id).inserted else {
      throw .refuse(
        "lines.duplicate", "\(code) stands on two lines.", remedy: "Put each product on one line.")
    }
    return (id, product)
  }

  /// Brings goods found into a warehouse (at `value`, else at the last known cost), or takes lost goods out, at cost.
  fileprivate mutating func adjust(
    _ units: Int64, worth value: Int64?, of product: NameID, _ code: Code, in warehouse: NameID,
    named name: Code, against role: Role, _ subject: NameID, _ s: any Situation
  ) throws(Obstacle) {
    if units == 0 { return }
    let other = Place(try s.chart().account(role), subject)
    if units < 0 {
      let line = QuantityLine.Checked(code: code, product: product, units: -units)
      return try issue(line, from: warehouse, named: name, to: other, s)
    }
    let place = Place(try s.chart().account(.inventory), warehouse)
    let stock = try s.document(ProductStock.self, product)
    let held = stock.onHand(place)
    let cost = held > 0 ? (stock.value(place), held) : stock.lastCost ?? (0, 1)
    let atLastCost = Exact.divide(Int128(cost.0) * Int128(units), Int128(cost.1))
    guard let found = value ?? atLastCost else {
      throw .refuse(
        "decimal.overflow", "\(code) found would be worth more than can be kept.",
        remedy: "Give a quantity that can be, or a value.")
    }
    try moveStock(
      units, worth: try bounded(found, s), of: product, from: other, to: place, s)
  }

  /// A value within the limits of amounts.
  private func bounded(_ value: Int64, _ s: any Situation) throws(Obstacle) -> Int64 {
    let decimals = try s.chart().decimals
    return try refusing("value") { () throws(WireError) in
      try Exact.bounded(value, decimals: decimals)
    }
  }
}
