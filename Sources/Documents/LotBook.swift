// Why: lots are moves too, worth nothing: each follows the move of its product, between the same places. So what lies where of a
// lot is a balance as of any day, and a lot's history says whom it went to.

package import Events
package import Ledger
package import Wire

/// The lots of one product: where how much of each lies, and when it expires.
package struct LotBook: Document {
  /// How much of each lot lies in each place, in the product's smallest unit.
  package private(set) var levels: [Place: [NameID: Int64]] = [:]
  /// The last day on which each may be used; lots without one do not expire.
  package private(set) var expiry: [NameID: Day] = [:]
  /// The last day whose moves count.
  private var through: Day?

  package init() {}
  package init(through day: Day?) { through = day }

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    for (move, product) in LotBook.moves(of: event) where product == id {
      if let through, move.on > through { continue }
      levels[move.to, default: [:]][move.commodity, default: 0] += move.amount
      levels[move.from, default: [:]][move.commodity, default: 0] -= move.amount
    }
    if event.introduced.contains(where: { $0.id.is(.lot) }) { try noteExpiry(event) }
  }

  /// The moves of lots in an event, each with its product: that of the last move of goods before it.
  package static func moves(of event: Recorded) -> [(move: Move, product: NameID)] {
    var product = NameID.none
    var found: [(move: Move, product: NameID)] = []
    for move in event.moves {
      if move.commodity.is(.product), move.amount > 0 { product = move.commodity }
      if move.commodity.is(.lot) { found.append((move, product)) }
    }
    return found
  }

  private mutating func noteExpiry(_ event: Recorded) throws(WireError) {
    var given: [LotQuantity] = []
    if let received = try event.event(GoodsReceived.self) {
      given = received.lines.flatMap(\.lots)
    } else if let adjusted = try event.event(StockAdjusted.self) {
      given = adjusted.lines.flatMap(\.lots)
    } else if let assembled = try event.event(StockAssembled.self) {
      given = assembled.lots
    }
    for lot in event.introduced where lot.id.is(.lot) {
      expiry[lot.id] = given.first { $0.lot == lot.code }?.expires
    }
  }

  /// What lies in `place`, what expires first before all others.
  package func stock(in place: Place) -> [(lot: NameID, units: Int64)] {
    (levels[place] ?? [:]).filter { $0.value > 0 }
      .sorted { (expires($0.key), $0.key) < (expires($1.key), $1.key) }
      .map { ($0.key, $0.value) }
  }

  private func expires(_ lot: NameID) -> Day { expiry[lot] ?? Day(number: .max) }
}
