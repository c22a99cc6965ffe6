// Why: what is recorded very late asks for legs that a product has folded away. Then its whole history is worked through once more.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// The same, with every leg since the beginning: for what is recorded very late. It is not kept in memory.
struct WholeProductStock: Document {
  static let isKept = false
  private(set) var stock = ProductStock()

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    try stock.evolve(event, id, chart)
  }
}

extension Decision {
  /// Where how much of the goods of `name` lies on the event's day, and what it is worth.
  func held(
    _ product: NameID, of name: NameID, _ s: any Situation
  ) throws(Obstacle) -> [(place: Place, units: Int64, value: Int64)] {
    let stock = try s.stock(product, back: on)
    return try refusing("stock") { () throws(WireError) in try stock.held(of: name, at: on) }
  }
}

extension Situation {
  /// The stock of `product`, reaching back to `day`.
  func stock(_ product: NameID, back day: Day) throws(Obstacle) -> ProductStock {
    let stock = try document(ProductStock.self, product)
    return stock.reaches(back: day) ? stock : try document(WholeProductStock.self, product).stock
  }
}
