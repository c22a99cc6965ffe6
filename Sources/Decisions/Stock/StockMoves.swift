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
    let moves = proposed.map {
      Move(
        amount: $0.units, value: $0.value, commodity: product, from: $0.from, to: $0.to, on: on)
    }
    let chart = try s.chart()
    func cost(by stock: ProductStock) -> (values: [Int64], restatements: [Move])? {
      stock.cost(
        moves, mentions: mentions, product: product, position: s.size() + 1, chart: chart)
    }
    var found = cost(by: try s.document(ProductStock.self, product))
    if found == nil { found = cost(by: try s.document(WholeProductStock.self, product).stock) }
    guard let cost = found else { preconditionFailure("the whole stock says what everything cost") }
    for (move, value) in zip(proposed, cost.values) {
      self.move(move.units, worth: value, of: product, from: move.from, to: move.to)
    }
    for restated in cost.restatements {
      self.move(
        0, worth: restated.value, of: product, from: restated.from, to: restated.to,
        on: restated.on)
    }
  }

  /// The moves that add `value` (or take off a negative one) to the cost of goods that lie in the places of `held`, in
  /// proportion; the last place takes the rest.
  func revaluation(
    by value: Int64, held: [(place: Place, units: Int64)], against other: Place
  ) -> [StockMove] {
    var (left, units) = (value, held.reduce(0) { $0 + $1.units })
    var moves: [StockMove] = []
    for part in held where units > 0 {
      let share = Exact.share(left, part.units, of: units)
      left -= share
      units -= part.units
      // A value-only move goes the way of its value, so that what costing sees is what is recorded.
      moves.append(
        StockMove(
          units: 0, value: abs(share), from: share < 0 ? part.place : other,
          to: share < 0 ? other : part.place))
    }
    return moves.filter { $0.value != 0 }
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
    let free = stock.free(place, from: on)
    if line.units > free {
      throw .refuse(
        "stock.short",
        "\(name) has \(try s.quantity(max(free, 0), line.product)) of \(line.code) to give on \(on), not \(try s.quantity(line.units, line.product)).",
        remedy: stock.onHand(place, at: on) >= line.units
          ? "It is needed later: receive goods first, or record what was received late."
          : "Record what was received first, or count the stock.")
    }
    if let account = chart.roles[.reserved] {
      let others = stock.reserved[Place(account, warehouse), default: 0] - reservedForIt
      if line.units > stock.onHand(place) - others {
        throw .refuse(
          "stock.reserved",
          "\(try s.quantity(others, line.product)) of \(line.code) in \(name) is reserved for others.",
          remedy: "Release a reservation first (stock.released).")
      }
    }
    try moveStock(line.units, worth: 0, of: line.product, from: place, to: to, s)
  }
}
