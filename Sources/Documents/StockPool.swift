// Why: what lies in one place, and what it cost. FIFO takes the oldest layer first; average takes every unit at
// the mean. Value is primary: the last unit takes whatever value is left, so none is ever lost in rounding.

package import Events
package import Ledger

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
  /// The layers, oldest first; under average costing at most one.
  package private(set) var layers: [Layer] = []
  package private(set) var amount: Int64 = 0
  /// Includes value that came when no goods were left to carry it.
  package private(set) var value: Int64 = 0

  package init() {}

  /// Puts goods in.
  package mutating func receive(_ layer: Layer, _ costing: Costing) {
    amount += layer.amount
    value += layer.value
    if costing == .average, let last = layers.indices.last {
      layers[last].amount += layer.amount
      layers[last].value += layer.value
      layers[last].tag = layer.tag
      layers[last].receipt = layer.receipt
      layers[last].on = layer.on
    } else {
      layers.append(layer)
    }
  }

  /// Adds to the cost of what lies here: of the goods of `name` if they are still here, in proportion, else of the
  /// oldest.
  package mutating func revalue(by value: Int64, goodsOf name: NameID) {
    self.value += value
    let own = layers.indices.filter { layers[$0].isOf(name) }
    guard let last = own.last else {
      if !layers.isEmpty { layers[0].value += value }
      return
    }
    var (left, units) = (value, own.reduce(0) { $0 + layers[$1].amount })
    for i in own {
      let share = i == last ? left : Exact.share(left, layers[i].amount, of: units)
      layers[i].value += share
      left -= share
      units -= layers[i].amount
    }
  }

  /// Takes `amount` out, oldest first, or the goods of `own` before all others; the layers that left, with their value.
  /// More than there is leaves nothing behind and takes all the value.
  package mutating func issue(_ amount: Int64, before own: NameID = .none) -> [Layer] {
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
    self.amount -= amount
    value -= taken.reduce(0) { $0 + $1.value }
    if layers.isEmpty, value != 0, !taken.isEmpty {
      taken[taken.count - 1].value += value
      value = 0
    }
    return taken
  }
}
