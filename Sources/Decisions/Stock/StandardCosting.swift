// Why: under standard costing goods lie in stock at the standard of the day. Whatever they really cost beyond it, by order,
// bill or freight, is a purchase variance, and so is what a new standard makes of the goods on hand. What is
// recorded late, of before a standard was changed, is revalued on the day of that change like the rest.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

extension Decision {
  /// The moves of a standard product as they are at its standard; what differs moves to purchase variance. Others come
  /// back as they are.
  mutating func atStandard(
    _ proposed: [StockMove], of product: NameID, _ stock: ProductStock, _ s: any Situation
  ) throws(Obstacle) -> [StockMove] {
    guard stock.costing == .standard, let standard = stock.standards.standard(on: on) else {
      return proposed
    }
    let chart = try s.chart()
    let variance = Place(try chart.account(.purchaseVariance), product)
    var moves: [StockMove] = []
    for var move in proposed {
      let comes = chart.role(of: move.to.account)?.keepsStock ?? false
      let leaves = chart.role(of: move.from.account)?.keepsStock ?? false
      if move.units == 0 {
        self.move(
          0, worth: move.value, of: product, from: leaves ? variance : move.from,
          to: comes ? variance : move.to, on: move.on)
        continue
      }
      if comes, !leaves {
        let value = try self.value(of: move.units, standard, product, s)
        // Goods that come back from a customer have no other value.
        if chart.role(of: move.from.account) != .costOfSales {
          self.move(0, worth: move.value - value, of: product, from: move.from, to: variance)
        }
        move.value = value
      }
      moves.append(move)
      for (older, newer) in zip(stock.standards, stock.standards.dropFirst()) where newer.on > on {
        let difference =
          try value(of: move.units, newer, product, s) - value(of: move.units, older, product, s)
        let day = max(newer.on, chart.firstOpenDay ?? newer.on)
        let revalued = Place(variance.account)
        if comes {
          moves.append(StockMove(value: difference, from: revalued, to: move.to, on: day))
        }
        if leaves {
          moves.append(StockMove(value: -difference, from: revalued, to: move.from, on: day))
        }
      }
    }
    return moves
  }

  /// Revalues all goods of a product at a new standard.
  mutating func setStandard(
    _ cost: ExactDecimal, of product: NameID, _ code: Code, _ s: any Situation
  ) throws(Obstacle) {
    let stock = try s.document(ProductStock.self, product)
    guard stock.costing == .standard else {
      throw .refuse(
        "product.notStandard", "\(code) is costed by \(stock.costing.rawValue), not at a standard.",
        remedy:
          "Leave out \"standardCost\": what goods cost follows from what they were bought for.")
    }
    guard !cost.isNegative, cost.scale <= 6 else {
      throw .refuse(
        "product.standardCost", "A standard cost of \(cost) is not possible.",
        remedy: "Give an amount of zero or more with at most 6 decimals.")
    }
    if on < max(stock.lastMoved, stock.standards.last?.on ?? stock.lastMoved) {
      throw .refuse(
        "product.standardLate",
        "\(code) has moved, or its standard has changed, after \(on) already.",
        remedy: "Let the new standard hold from \(stock.lastMoved) or later.")
    }
    let revalued = Place(try s.chart().account(.purchaseVariance))
    for (place, pool) in stock.pools where pool.amount != 0 {
      let value = try value(of: pool.amount, StandardCost(on: on, cost: cost), product, s)
      move(0, worth: value - pool.value, of: product, from: revalued, to: place)
    }
  }

  /// What goods are worth at a standard.
  private func value(
    of units: Int64, _ standard: StandardCost, _ product: NameID, _ s: any Situation
  ) throws(Obstacle) -> Int64 {
    let decimals = try s.document(Product.self, product).decimals
    let currencyDecimals = try s.chart().decimals
    return try refusing("quantity") { () throws(WireError) in
      try standard.value(of: units, decimals: decimals, currencyDecimals: currencyDecimals)
    }
  }
}
