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
  /// What changed of each lot in each place, by day.
  private var changes: [Place: [NameID: [Day: Int64]]] = [:]
  /// The last day whose moves count.
  private var through: Day?

  package init() {}
  package init(through day: Day?) { through = day }

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    for (move, product) in LotBook.moves(of: event) where product == id {
      if let through, move.on > through { continue }
      add(move.amount, of: move, to: move.to)
      add(-move.amount, of: move, to: move.from)
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
    let expires = Dictionary(
      given.map { ($0.lot, $0.expires) }, uniquingKeysWith: { first, _ in first })
    for lot in event.introduced where lot.id.is(.lot) { expiry[lot.id] = expires[lot.code] ?? nil }
  }

  private mutating func add(_ amount: Int64, of move: Move, to place: Place) {
    levels[place, default: [:]][move.commodity, default: 0] += amount
    changes[place, default: [:]][move.commodity, default: [:]][move.on, default: 0] += amount
  }

  /// The lots that ever lay in `place`, what expires first before all others.
  package func lots(in place: Place) -> [NameID] {
    (levels[place] ?? [:]).keys.sorted { (expires($0), $0) < (expires($1), $1) }
  }

  /// The least that lies of a lot in `place` on `day` or any later day before `end`: what can be taken on `day`.
  package func free(_ lot: NameID, in place: Place, from day: Day, before end: Day?) -> Int64 {
    (changes[place]?[lot] ?? [:]).least(from: day, before: end)
  }

  /// What lies in `place` on `day` and on every later one before `end` in lots that may still be used on `day`: what can be
  /// sold or promised.
  package func usable(in place: Place, from day: Day, before end: Day?) -> Int64 {
    lots(in: place).reduce(0) { sum, lot in
      hasExpired(lot, by: day) ? sum : sum + max(0, free(lot, in: place, from: day, before: end))
    }
  }

  /// Whether the last day on which a lot may be used lies before `day`.
  package func hasExpired(_ lot: NameID, by day: Day) -> Bool { expires(lot) < day }

  private func expires(_ lot: NameID) -> Day { expiry[lot] ?? Day(number: .max) }
}
