// Why: what lies in one place, and what it cost. FIFO takes the oldest layer first; average takes every unit at
// the mean. Value is primary: the last unit takes whatever value is left, so none is ever lost in rounding.

internal import Events
internal import Ledger
internal import Wire

/// Goods of one product in one place.
struct StockPool: Sendable, Hashable {
  /// Goods that came in together.
  struct Layer: Sendable, Hashable {
    var tag: NameID
    var amount: Int64
    var value: Int64
  }
  /// The layers, oldest first; under average costing at most one.
  private(set) var layers: [Layer] = []
  private(set) var amount: Int64 = 0
  /// Includes value that came when no goods were left to carry it.
  private(set) var value: Int64 = 0

  /// Puts goods in.
  mutating func receive(_ layer: Layer, _ costing: Costing) {
    amount += layer.amount
    value += layer.value
    if costing == .average, let last = layers.indices.last {
      layers[last].amount += layer.amount
      layers[last].value += layer.value
      layers[last].tag = layer.tag
    } else {
      layers.append(layer)
    }
  }

  /// Adds to the cost of what lies here: of the goods of `tag` if they are still here, else of the oldest.
  mutating func revalue(by value: Int64, tag: NameID) {
    self.value += value
    let layer = layers.firstIndex { $0.tag == tag } ?? layers.indices.first
    if let layer { layers[layer].value += value }
  }

  /// Takes `amount` out, oldest first; the layers that left, with their value. More than there is leaves nothing
  /// behind and takes all the value.
  mutating func issue(_ amount: Int64) -> [Layer] {
    var left = amount
    var taken: [Layer] = []
    while left > 0, let first = layers.first {
      let part = min(left, first.amount)
      let value =
        part == first.amount ? first.value : Exact.share(first.value, part, of: first.amount)
      taken.append(Layer(tag: first.tag, amount: part, value: value))
      if part == first.amount {
        layers.removeFirst()
      } else {
        layers[0].amount -= part
        layers[0].value -= value
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
