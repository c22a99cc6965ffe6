// Why: every decision that touches goods goes through here: what it takes must be there on its day and must not
// have been needed since; its cost follows from everything before it; and if it comes late, what it changes is
// restated by value-only moves (one policy for backdating, docs/DECISIONS.md).

internal import Documents
internal import Events
internal import Ledger
internal import Wire

extension Decision {
  /// Adds a stock move; its value is `value` if it brings a given one, else what costing says. Restatements of
  /// what it changes follow it.
  mutating func moveStock(
    _ units: Int64, worth value: Int64, of product: NameID, from: Place, to: Place,
    _ s: any Situation
  ) throws(Obstacle) {
    let stock = try s.document(ProductStock.self, product)
    let move = Move(
      amount: units, value: value, commodity: product, from: from, to: to, on: on)
    let cost = stock.cost(
      [move], mentions: mentions, product: product, position: s.size() + 1,
      chart: try s.chart())
    self.move(units, worth: cost.values[0], of: product, from: from, to: to)
    for restated in cost.restatements {
      self.move(
        0, worth: restated.value, of: product, from: restated.from, to: restated.to,
        on: restated.on)
    }
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
    let stock = try s.document(ProductStock.self, line.product)
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
