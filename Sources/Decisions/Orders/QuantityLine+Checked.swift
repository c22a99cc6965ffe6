// Why: lines of a product and a quantity are checked alike wherever they stand.

internal import Events
internal import Ledger
internal import Wire

extension QuantityLine {
  /// A line of a product and a quantity.
  init(_ product: Code, _ quantity: ExactDecimal) {
    self.init()
    self.product = product
    self.quantity = quantity
  }

  /// A line whose product and quantity have been checked.
  struct Checked {
    var code: Code
    var product: NameID
    var units: Int64
  }

  static func checked(
    _ lines: [QuantityLine], _ d: inout Decision, _ s: any Situation
  ) throws(Obstacle) -> [Checked] {
    guard !lines.isEmpty else {
      throw .refuse("lines.empty", "There are no lines.", remedy: "Give at least one line.")
    }
    var checked: [Checked] = []
    for line in lines {
      let (id, product) = try d.product(line.product, s)
      if checked.contains(where: { $0.product == id }) {
        throw .refuse(
          "lines.duplicate", "\(line.product) stands on two lines.",
          remedy: "Put each product on one line.")
      }
      if !line.lots.isEmpty { d.lots[id] = line.lots }
      checked.append(
        Checked(
          code: line.product, product: id, units: try d.units(line.quantity, line.product, product))
      )
    }
    return checked
  }
}
