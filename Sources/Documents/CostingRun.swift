// Why: what each issue costs follows from everything that moved before it, in the order of the days. So a late
// receipt changes the cost of issues that are already recorded; the difference is put right by value-only moves.

package import Events
package import Ledger
package import Wire

/// Works through the legs of one product in the order of their days.
package struct CostingRun: Sendable {
  /// What a receipt has changed of the cost of an issue that had found too little.
  package struct Correction: Sendable, Hashable {
    package var leg: StockLeg
    package var value: Int64
  }
  package let costing: Costing
  package private(set) var pools: [Place: StockPool] = [:]
  /// What each shipment took, and what has come back of it.
  private var shipped: [NameID: (amount: Int64, value: Int64)] = [:]

  private var corrections: [Correction] = []
  /// The cost of one unit of what last came in, as a fraction.
  private var lastCost: (value: Int64, amount: Int64)?

  /// Whether shipments of long ago have been forgotten.
  private var hasForgottenShipments = false

  package init(_ costing: Costing) { self.costing = costing }

  /// Forgets what each shipment took, but for the newest `kept` and those that follow: most returns are of one of them.
  package mutating func forgetShipments(but kept: Int) {
    guard shipped.count > kept else { return }
    hasForgottenShipments = true
    // Names are numbered in the order of their appearance.
    let forgotten = shipped.keys.sorted().dropLast(kept)
    for shipment in forgotten { shipped[shipment] = nil }
  }

  /// Whether it can be said what `leg` is worth.
  package func knows(_ leg: StockLeg) -> Bool {
    leg.valuation != .asIssued || !hasForgottenShipments || shipped[leg.tag] != nil
  }

  /// What the legs since the last call have changed of earlier issues.
  package mutating func takeCorrections() -> [Correction] {
    defer { corrections = [] }
    return corrections
  }

  /// What lies in `place`.
  package func pool(_ place: Place) -> StockPool { pools[place] ?? StockPool() }

  /// Takes one leg into account and returns what it is worth.
  /// - Throws: `WireError` `.overflow` when what lies somewhere, or is worth, does not fit.
  package mutating func take(_ leg: StockLeg) throws(WireError) -> Int64 {
    switch leg.valuation {
    case .restatement: return 0
    case .given where leg.amount == 0:
      let place = leg.toStock ? leg.to : leg.from
      try pools[place, default: StockPool()].revalue(
        by: leg.toStock ? leg.value : -leg.value, goodsOf: leg.goods)
      return leg.value
    case .given:
      try receive(leg, leg.value)
      return leg.value
    case .asIssued:
      let value = takeBack(leg)
      try receive(leg, value)
      return value
    case .atCost:
      let taken = try pools[leg.from, default: StockPool()].issue(
        leg.amount, before: leg.takesItsOwn ? leg.goods : .none)
      var value = try Exact.sum(taken.lazy.map(\.value))
      if leg.toStock {
        for layer in taken { try put(layer, leg.to) }
        return value
      }
      let short = leg.amount - taken.reduce(0) { $0 + $1.amount }
      if short > 0 {
        let thought = atLastCost(short)
        try pools[leg.from]?.owe(short, worth: thought, to: leg)
        try Exact.add(thought, to: &value)
      }
      if leg.tag.is(.shipment) {
        try add(leg.amount, worth: value, toShipment: leg.tag)
      }
      return value
    }
  }

  /// Notes that a shipment took more, or that what it took was worth more.
  private mutating func add(
    _ amount: Int64, worth value: Int64, toShipment tag: NameID
  ) throws(WireError) {
    var out = shipped[tag] ?? (0, 0)
    try Exact.add(amount, to: &out.amount)
    try Exact.add(value, to: &out.value)
    shipped[tag] = out
  }

  private mutating func receive(_ leg: StockLeg, _ value: Int64) throws(WireError) {
    if leg.amount > 0 { lastCost = (value, leg.amount) }
    try put(
      StockPool.Layer(
        tag: leg.tag, receipt: leg.receipt, on: leg.on, amount: leg.amount, value: value), leg.to)
  }

  private mutating func put(_ layer: StockPool.Layer, _ place: Place) throws(WireError) {
    for correction in try pools[place, default: StockPool()].receive(layer, costing) {
      corrections.append(correction)
      if shipped[correction.leg.tag] != nil {
        try add(0, worth: correction.value, toShipment: correction.leg.tag)
      }
    }
  }

  /// What goods that have not come yet are thought to cost: as much as the last that did.
  private func atLastCost(_ units: Int64) -> Int64 {
    guard let lastCost else { return 0 }
    return Exact.divide(Int128(lastCost.value) * Int128(units), Int128(lastCost.amount)) ?? 0
  }

  /// What is left of the shipment's cost, in proportion to what comes back of it.
  private mutating func takeBack(_ leg: StockLeg) -> Int64 {
    // A standard product comes back at its standard, whatever it left at.
    guard costing != .standard, let out = shipped[leg.tag], out.amount >= leg.amount else {
      return leg.value
    }
    let value = Exact.share(out.value, leg.amount, of: out.amount)
    shipped[leg.tag] = (out.amount - leg.amount, out.value - value)
    return value
  }
}
