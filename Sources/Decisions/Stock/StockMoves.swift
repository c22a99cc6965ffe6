// Why: every decision that touches goods goes through here: what it takes must be there on its day and must not
// have been needed since; its cost follows from everything before it; and if it comes late, what it changes is
// restated by value-only moves (one policy for backdating, docs/DECISIONS.md).

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// A stock move as it is proposed: its value is the one given, or is worked out by costing.
struct StockMove: Sendable {
  var units: Int64
  var value: Int64
  var from: Place
  var to: Place
  /// Its day; the event's own when absent.
  var on: Day?

  init(units: Int64, value: Int64, from: Place, to: Place, on: Day? = nil) {
    self.units = units
    self.value = value
    self.from = from
    self.to = to
    self.on = on
  }

  /// A move of value only; below zero it goes the other way, so that what costing sees is what is recorded.
  init(value: Int64, from: Place, to: Place, on: Day? = nil) {
    self.init(
      units: 0, value: abs(value), from: value < 0 ? to : from, to: value < 0 ? from : to, on: on)
  }
}

extension Decision {
  /// Adds a stock move; its value is `value` if it brings a given one, else what costing says. Restatements of
  /// what it changes follow it.
  mutating func moveStock(
    _ units: Int64, worth value: Int64, of product: NameID, from: Place, to: Place,
    _ s: any Situation
  ) throws(Obstacle) {
    try moveStock(
      [StockMove(units: units, value: value, from: from, to: to)], of: product, s)
  }

  /// Adds all the stock moves that the event makes of one product: they are costed together, so that what they
  /// change is restated once.
  mutating func moveStock(
    _ proposed: [StockMove], of product: NameID, _ s: any Situation
  ) throws(Obstacle) {
    let stock = try s.document(ProductStock.self, product)
    let proposed = try atCounts(try atStandard(proposed, of: product, stock, s), stock, s)
    if proposed.isEmpty { return }
    var costed = self.costed[product] ?? CostedMoves()
    let earlier = costed.moves.count
    let moves =
      costed.moves
      + proposed.map {
        Move(
          amount: $0.units, value: $0.value, commodity: product, from: $0.from, to: $0.to,
          on: $0.on ?? on)
      }
    let chart = try s.chart()
    func cost(
      by stock: ProductStock
    ) throws(Obstacle) -> (values: [Int64], restatements: [Move])? {
      try refusing("stock") { () throws(WireError) in
        try stock.cost(
          moves, mentions: mentions, product: product, position: s.size() + 1, chart: chart)
      }
    }
    var found = try cost(by: stock)
    if found == nil { found = try cost(by: try s.document(WholeProductStock.self, product).stock) }
    guard let cost = found else { preconditionFailure("the whole stock says what everything cost") }
    var inLots: [(move: StockMove, lots: [(lot: NameID, units: Int64)])] = []
    for (move, value) in zip(proposed, cost.values.dropFirst(earlier)) {
      self.move(move.units, worth: value, of: product, from: move.from, to: move.to, on: move.on)
      if move.units == 0 { continue }
      // What keeps a count what it was takes back the lots of what came late.
      let late = inLots.first { $0.move.to == move.from || $0.move.from == move.to }
      let earlier = move.on == nil ? nil : late?.lots
      let count = stock.count(move.from, after: move.on ?? on)?.on
      inLots.append(
        (move, try moveLots(of: move, product, takingBack: earlier, before: count, s)))
    }
    let restatements = try refusing("stock") { () throws(WireError) in
      try costed.take(moves, cost.values, restating: cost.restatements, of: product)
    }
    self.costed[product] = costed
    for restated in restatements {
      self.move(
        0, worth: restated.value, of: product, from: restated.from, to: restated.to,
        on: restated.on)
      try noteRestated(restated, s)
    }
  }

  /// The moves that add `value` (or take off a negative one) to the cost of goods that lie in the places of `held`, in
  /// proportion; the last place takes the rest.
  func revaluation(
    by value: Int64, held: [(place: Place, units: Int64, value: Int64)], against other: Place
  ) -> [StockMove] {
    zip(held, Exact.shares(of: value, by: held.map(\.units)))
      .map { StockMove(value: $1, from: other, to: $0.place) }.filter { $0.value != 0 }
  }

  /// Takes goods out of a warehouse, at cost.
  /// - Throws: a refusal `stock.short` when they are not there on the day, are needed on a later one, or are
  ///   reserved for somebody else.
  mutating func issue(
    _ line: QuantityLine.Checked, from warehouse: NameID, named name: Code, to: Place,
    reservedForIt: Int64 = 0, _ s: any Situation
  ) throws(Obstacle) {
    let chart = try s.chart()
    let place = Place(try chart.account(.inventory), warehouse)
    let stock = try s.stock(line.product, back: on)
    let mayGoShort =
      try s.document(Warehouse.self, warehouse).allowsNegative
      && (chart.role(of: to.account)?.mayGoShort(to) ?? false)
    let free = stock.free(place, from: on)
    if line.units > free, !mayGoShort {
      throw .refuse(
        "stock.short",
        "\(name) has \(try s.quantity(max(free, 0), line.product)) of \(line.code) to give on \(on), not \(try s.quantity(line.units, line.product)).",
        remedy: stock.onHand(place, at: on) >= line.units
          ? "It is needed later: receive goods first, or record what was received late."
          : "Record what was received first, or count the stock.")
    }
    if let account = chart.roles[.reserved] {
      let others = stock.reserved[Place(account, warehouse), default: 0] - reservedForIt
      // What left before a count is not taken from what lies there now.
      let isCounted = stock.count(place, after: on) != nil
      if others > 0, !isCounted, line.units > stock.onHand(place) - others {
        throw .refuse(
          "stock.reserved",
          "\(try s.quantity(others, line.product)) of \(line.code) in \(name) is reserved for others.",
          remedy: "Release a reservation first (stock.released).")
      }
    }
    try moveStock(line.units, worth: 0, of: line.product, from: place, to: to, s)
  }
}

extension Role {
  /// Whether goods may go there that have not come yet, out of a warehouse that allows it.
  fileprivate func mayGoShort(_ place: Place) -> Bool {
    self == .costOfSales || self == .scrap
      || self == .stockAdjustment && !place.subject.is(.assembly)
  }
}
