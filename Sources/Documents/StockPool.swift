// Why: what lies in one place, and what it cost. FIFO takes the oldest layer first; average takes every unit at
// the mean. Value is primary: the last unit takes whatever value is left, so none is ever lost in rounding.

package import Events
package import Ledger
package import Wire

/// Goods of one product in one place.
package struct StockPool: Sendable, Hashable {
  /// Goods that came in together.
  package struct Layer: Sendable, Hashable {
    /// The purchase or shipment that they belong to.
    package var tag: NameID
    /// The goods receipt that brought them; none where there was none.
    package var receipt: NameID
    /// The day on which they came into the books.
    package var on: Day
    package var amount: Int64
    package var value: Int64

    /// Whether they are the goods of a purchase, a shipment or a receipt.
    package func isOf(_ name: NameID) -> Bool { !name.isNone && (tag == name || receipt == name) }
  }
  /// Goods that left before they came, at what was thought to be their cost.
  package struct Shortfall: Sendable, Hashable {
    package var leg: StockLeg
    package var amount: Int64
    package var value: Int64
  }
  /// The layers, oldest first; at most one, unless goods are costed first in, first out.
  package private(set) var layers: [Layer] = []
  /// What is owed, oldest first; nothing while there are layers.
  package private(set) var shortfalls: [Shortfall] = []
  package private(set) var amount: Int64 = 0
  /// Includes value that came when no goods were left to carry it.
  package private(set) var value: Int64 = 0

  package init() {}

  /// Puts goods in. What is owed is filled first; the issues that found too little, with what they cost beyond what was
  /// thought.
  package mutating func receive(
    _ layer: Layer, _ costing: Costing
  ) throws(WireError) -> [CostingRun.Correction] {
    try Exact.add(layer.amount, to: &amount)
    try Exact.add(layer.value, to: &value)
    var (layer, corrections): (Layer, [CostingRun.Correction]) = (layer, [])
    while layer.amount > 0, let short = shortfalls.first {
      let part = min(short.amount, layer.amount)
      let cost = Exact.share(layer.value, part, of: layer.amount)
      let thought = Exact.share(short.value, part, of: short.amount)
      var difference = cost
      try Exact.add(-thought, to: &difference)
      corrections.append(CostingRun.Correction(leg: short.leg, value: difference))
      try Exact.add(-difference, to: &value)
      layer.amount -= part
      layer.value -= cost
      shortfalls[0].amount -= part
      shortfalls[0].value -= thought
      if part == short.amount { shortfalls.removeFirst() }
    }
    if layer.amount > 0 { try add(layer, costing) }
    return corrections
  }

  private mutating func add(_ layer: Layer, _ costing: Costing) throws(WireError) {
    if costing != .fifo, let last = layers.indices.last {
      try Exact.add(layer.amount, to: &layers[last].amount)
      try Exact.add(layer.value, to: &layers[last].value)
      layers[last].tag = layer.tag
      layers[last].receipt = layer.receipt
      layers[last].on = layer.on
    } else {
      layers.append(layer)
    }
  }

  /// Adds to the cost of what lies here: of the goods of `name` if they are still here, in proportion, else of the
  /// oldest. Where goods are owed instead, they are thought to cost as much less: what is worth −30.00 and falls by 6.00
  /// will be filled by goods worth 36.00.
  package mutating func revalue(by value: Int64, goodsOf name: NameID) throws(WireError) {
    try Exact.add(value, to: &self.value)
    let own = layers.indices.filter { layers[$0].isOf(name) }
    if !own.isEmpty {
      for (i, share) in zip(own, Exact.shares(of: value, by: own.map { layers[$0].amount })) {
        try Exact.add(share, to: &layers[i].value)
      }
    } else if !layers.isEmpty {
      try Exact.add(value, to: &layers[0].value)
    } else {
      for (i, share) in Exact.shares(of: -value, by: shortfalls.map(\.amount)).enumerated() {
        try Exact.add(share, to: &shortfalls[i].value)
      }
    }
  }

  /// Takes `amount` out, oldest first, or the goods of `own` before all others; the layers that left, with their value.
  /// More than there is leaves nothing behind and takes all the value; see ``owe(_:worth:to:)``.
  package mutating func issue(
    _ amount: Int64, before own: NameID = .none
  ) throws(WireError) -> [Layer] {
    var left = amount
    var taken: [Layer] = []
    while left > 0, !layers.isEmpty {
      let i = layers.firstIndex { $0.isOf(own) } ?? 0
      let first = layers[i]
      let part = min(left, first.amount)
      let value =
        part == first.amount ? first.value : Exact.share(first.value, part, of: first.amount)
      var layer = first
      layer.amount = part
      layer.value = value
      taken.append(layer)
      if part == first.amount {
        layers.remove(at: i)
      } else {
        layers[i].amount -= part
        layers[i].value -= value
      }
      left -= part
    }
    try Exact.add(-amount, to: &self.amount)
    try Exact.add(-Exact.sum(taken.lazy.map(\.value)), to: &value)
    if layers.isEmpty, value != 0, !taken.isEmpty {
      try Exact.add(value, to: &taken[taken.count - 1].value)
      value = 0
    }
    return taken
  }

  /// Notes that `leg` took `amount` more than there was, at `value`.
  package mutating func owe(
    _ amount: Int64, worth value: Int64, to leg: StockLeg
  ) throws(WireError) {
    try Exact.add(-value, to: &self.value)
    shortfalls.append(Shortfall(leg: leg, amount: amount, value: value))
  }
}
