// Why: the stock of one product everywhere: what lies where, what it cost, and what would have to be restated if
// something were recorded late. Costs are per place: a transfer carries its layers along, so that the value
// of a warehouse is a balance like any other.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// All that ever moved in and out of stock of one product.
struct ProductStock: Document {
  private var legs: [StockLeg] = []
  private var lastDay = Day(number: .min)
  private var run = CostingRun(.fifo)
  private(set) var reserved: [Place: Int64] = [:]

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let registered = try event.event(ProductRegistered.self) {
      run = CostingRun(registered.costing)
      return
    }
    let tag = StockLeg.tag(of: event.mentions)
    var inOrder = true
    let before = legs.count
    for move in event.moves where move.commodity == id {
      noteReservation(move, chart)
      guard let leg = StockLeg(move, position: event.position, tag: tag, chart: chart) else {
        continue
      }
      legs.append(leg)
      if leg.valuation != .restatement, leg.on < lastDay { inOrder = false }
    }
    if inOrder {
      for leg in legs[before...] where leg.valuation != .restatement {
        _ = run.take(leg)
        lastDay = max(lastDay, leg.on)
      }
    } else {
      recompute()
    }
  }

  private mutating func recompute() {
    run = CostingRun(run.costing)
    for leg in legs.sorted(by: StockLeg.precedes) {
      _ = run.take(leg)
      if leg.valuation != .restatement { lastDay = max(lastDay, leg.on) }
    }
  }

  private mutating func noteReservation(_ move: Move, _ chart: Chart) {
    if chart.plays(.reserved, move.to.account), move.to.subject.is(.warehouse) {
      reserved[move.to, default: 0] += move.amount
    }
    if chart.plays(.reserved, move.from.account), move.from.subject.is(.warehouse) {
      reserved[move.from, default: 0] -= move.amount
    }
  }

  /// How much lies in `place` now.
  func onHand(_ place: Place) -> Int64 { run.pool(place).amount }

  /// What lies in `place` now is worth.
  func value(_ place: Place) -> Int64 { run.pool(place).value }

  /// Where how much of the goods of `tag` lay at the end of `day`, by place. Under average costing goods lose
  /// themselves among others: there it is all that lay there.
  func held(of tag: NameID, at day: Day) -> [(place: Place, units: Int64)] {
    var then = run
    if day < lastDay {
      then = CostingRun(run.costing)
      for leg in legs.sorted(by: StockLeg.precedes) where leg.on <= day { _ = then.take(leg) }
    }
    return then.pools.sorted { $0.key < $1.key }.compactMap { place, pool in
      let units = pool.layers.reduce(0) {
        $0 + ($1.tag == tag || run.costing == .average ? $1.amount : 0)
      }
      return units > 0 ? (place, units) : nil
    }
  }

  /// How much lay in `place` at the end of `day`.
  func onHand(_ place: Place, at day: Day) -> Int64 {
    legs.reduce(0) { sum, leg in
      guard leg.on <= day else { return sum }
      return sum + (leg.to == place ? leg.amount : 0) - (leg.from == place ? leg.amount : 0)
    }
  }

  /// The least that lies in `place` on `day` or any later day: what can be taken on `day`.
  func free(_ place: Place, from day: Day) -> Int64 {
    if day >= lastDay { return onHand(place) }
    var byDay: [Day: Int64] = [:]
    var level: Int64 = 0
    for leg in legs {
      let change = (leg.to == place ? leg.amount : 0) - (leg.from == place ? leg.amount : 0)
      if leg.on <= day { level += change } else { byDay[leg.on, default: 0] += change }
    }
    var least = level
    for (_, change) in byDay.sorted(by: { $0.key < $1.key }) {
      level += change
      least = min(least, level)
    }
    return least
  }

  /// The cost of one unit of what last came in, as a fraction; `nil` when nothing ever did.
  var lastCost: (value: Int64, amount: Int64)? {
    legs.last { $0.toStock && !$0.fromStock && $0.amount > 0 }.map { ($0.value, $0.amount) }
  }

  /// What `proposed` moves would be worth, and the value-only moves that restate what is already recorded.
  ///
  /// Each restatement is dated on the day of what it restates, if that day is open; what would fall into the closed
  /// periods falls on the first open day instead.
  func cost(
    _ proposed: [Move], mentions: [NameID], product: NameID, position: Position, chart: Chart
  ) -> (values: [Int64], restatements: [Move]) {
    let tag = StockLeg.tag(of: mentions)
    let new = proposed.map { StockLeg($0, position: position, tag: tag, chart: chart) }
    if new.allSatisfy({ $0.map { $0.on >= lastDay } ?? true }) {
      var run = run
      return (zip(new, proposed).map { leg, move in leg.map { run.take($0) } ?? move.value }, [])
    }
    var values = proposed.map(\.value)
    var ledger = RestatementLedger(firstOpenDay: chart.firstOpenDay)
    var run = CostingRun(run.costing)
    var all = legs.map { ($0, Int?.none) }
    for (index, leg) in new.enumerated() { if let leg { all.append((leg, index)) } }
    all.sort { StockLeg.precedes($0.0, $1.0) }
    for (leg, index) in all {
      let value = run.take(leg)
      if let index {
        values[index] = value
      } else if leg.valuation == .restatement {
        ledger.recorded(leg, leg.value)
      } else if leg.valuation != .given {
        ledger.due(leg, value)
        ledger.recorded(leg, leg.value)
      }
    }
    return (values, ledger.moves(of: product))
  }
}

extension StockLeg {
  /// The purchase, shipment or transfer that an event's stock moves belong to.
  static func tag(of mentions: [NameID]) -> NameID {
    mentions.first { $0.is(.shipment) } ?? mentions.first { $0.is(.purchase) } ?? .none
  }
}

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

  mutating func due(_ leg: StockLeg, _ value: Int64) { add(leg, value) }
  mutating func recorded(_ leg: StockLeg, _ value: Int64) { add(leg, -value) }

  private mutating func add(_ leg: StockLeg, _ value: Int64) {
    let on = firstOpenDay.map { max($0, leg.on) } ?? leg.on
    // One direction for each pair, so that a return offsets an issue.
    let forward = leg.fromStock && (!leg.toStock || leg.from < leg.to)
    let key = Key(
      on: on, from: forward ? leg.from : leg.to, to: forward ? leg.to : leg.from)
    difference[key, default: 0] += forward ? value : -value
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
