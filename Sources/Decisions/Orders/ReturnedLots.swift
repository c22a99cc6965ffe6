// Why: a recall asks which lot a customer had. What comes back of a shipment is of the lots that left with it, though another
// shipment of the same order took others.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

extension Decision {
  /// Sees to it that the lots of a line that comes back are some that left with its shipment and are still with the customer;
  /// where none are named, those that expire first.
  mutating func chooseLots(
    of line: QuantityLine.Checked, from place: Place, of shipment: Shipment, named code: Code,
    _ s: any Situation
  ) throws(Obstacle) {
    let product = try s.document(Product.self, line.product)
    guard product.tracksLots else { return }
    func out(_ lot: NameID) -> Int64 {
      shipment.shipped[lot, default: 0] - shipment.returned[lot, default: 0]
    }
    if let given = lots[line.product] {
      for part in given {
        let known = try s.id(.lot, part.lot).map(out) ?? 0
        let units = try units(part.quantity, line.code, product)
        if units <= known { continue }
        throw .refuse(
          "return.lot",
          "\(try s.quantity(max(0, known), line.product)) of lot \(part.lot) of \(line.code) left with shipment \(code) and is still with the customer, not \(part.quantity).",
          remedy: "Name the lots that are on the goods, and the shipment with which they left.")
      }
      return
    }
    var left = line.units
    var chosen: [LotQuantity] = []
    for lot in try s.document(LotBook.self, line.product).lots(in: place) where left > 0 {
      let units = min(left, out(lot))
      if units <= 0 { continue }
      var part = LotQuantity()
      part.lot = try s.code(lot)
      part.quantity = ExactDecimal(digits: units, scale: product.decimals)
      chosen.append(part)
      left -= units
    }
    if left == 0 { lots[line.product] = chosen }
  }
}
