// Why: something recorded late changes what earlier legs should have been worth. The differences are gathered by day and by pair of places,
// and put right by as few value-only moves as there are such pairs.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// What was recorded and what should have been, by pair of places and day.
struct RestatementLedger {
  private struct Key: Hashable, Comparable {
    var on: Day
    var from: Place
    var to: Place
    static func < (a: Key, b: Key) -> Bool { (a.on, a.from, a.to) < (b.on, b.from, b.to) }
  }
  private var difference: [Key: Int64] = [:]
  private let firstOpenDay: Day?

  init(firstOpenDay: Day?) { self.firstOpenDay = firstOpenDay }

  /// A ledger that begins with what `earlier` has left open; all of it falls on the first open day.
  init(firstOpenDay: Day?, carrying earlier: RestatementLedger) throws(WireError) {
    self.firstOpenDay = firstOpenDay
    for (key, value) in earlier.difference {
      let on = firstOpenDay.map { max($0, key.on) } ?? key.on
      try Exact.add(value, to: &difference[Key(on: on, from: key.from, to: key.to), default: 0])
    }
  }

  /// Whether nothing is left open.
  var isEmpty: Bool { difference.allSatisfy { $0.value == 0 } }

  /// Takes a recorded leg that should be worth `value`.
  mutating func take(_ leg: StockLeg, _ value: Int64) throws(WireError) {
    switch leg.valuation {
    case .given: break
    case .restatement: try add(leg, -leg.value)
    case .atCost, .asIssued:
      var difference = value
      try Exact.add(-leg.value, to: &difference)
      try add(leg, difference)
    }
    if difference.count > 64 { difference = difference.filter { $0.value != 0 } }
  }

  /// Takes what receipts changed of issues that had found too little.
  mutating func take(_ corrections: [CostingRun.Correction]) throws(WireError) {
    for correction in corrections { try add(correction.leg, correction.value) }
  }

  private mutating func add(_ leg: StockLeg, _ value: Int64) throws(WireError) {
    let on = firstOpenDay.map { max($0, leg.on) } ?? leg.on
    // One direction for each pair, so that a return offsets an issue.
    let forward = leg.fromStock && (!leg.toStock || leg.from < leg.to)
    let key = Key(
      on: on, from: forward ? leg.from : leg.to, to: forward ? leg.to : leg.from)
    try Exact.add(forward ? value : -value, to: &difference[key, default: 0])
  }

  /// The value-only moves that put the differences right.
  func moves(of product: NameID) -> [Move] {
    difference.filter { $0.value != 0 }.sorted { $0.key < $1.key }.map { key, value in
      Move(
        amount: 0, value: abs(value), commodity: product, from: value > 0 ? key.from : key.to,
        to: value > 0 ? key.to : key.from, on: key.on)
    }
  }
}
