// Why: the stock of one product everywhere: what lies where, what it cost, and what would have to be restated if
// something were recorded late. Costs are per place: a transfer carries its layers along, so that the value
// of a warehouse is a balance like any other.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// All that ever moved in and out of stock of one product.
///
/// A product that moves every day would fill the memory, so legs of long ago are folded into what lay there then.
/// What must look further back than ``reaches(back:)`` asks for a ``WholeProductStock``.
struct ProductStock: Document {
  /// The legs of `baseDay` and later, in the order of their recording.
  private var legs: [StockLeg] = []
  private var lastDay = Day(number: .min)
  /// What lies where after all legs.
  private var run = CostingRun(.fifo)
  /// What lay where before `baseDay`.
  private var base = CostingRun(.fifo)
  private var baseDay = Day(number: .min)
  /// What legs before `baseDay` should be worth beyond what is recorded of them there: it was restated later.
  private var carried = RestatementLedger(firstOpenDay: nil)
  private(set) var reserved: [Place: Int64] = [:]
  /// What one unit is worth under standard costing, from which day on.
  private(set) var standards: [StandardCost] = []
  /// When the product was counted where, in the order of recording.
  private var counts: [Count] = []
  /// The assemblies that made the product.
  private var made: Set<NameID> = []
  /// The cost of one unit of what last came in, as a fraction; `nil` when nothing ever did.
  private(set) var lastCost: (value: Int64, amount: Int64)?
  /// While it is loaded all legs are kept: some may have come very late.
  private var keepsAllLegs = true
  /// Set by a leg that lies before the base, into which it cannot be folded any more.
  private(set) var mustReload = false

  /// A count of the product in one place.
  struct Count: Sendable, Hashable {
    var place: Place
    var on: Day
    var id: NameID
  }

  /// So many legs are kept at most, unless more of them are of the same few days; folding leaves half.
  private static let mostLegs = 128
  /// So many shipments can come back at what they cost without working through all legs again.
  private static let keptShipments = 64

  init() {}

  /// Whether what lay somewhere on `day` is known here.
  func reaches(back day: Day) -> Bool { day >= baseDay }

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let registered = try event.event(ProductRegistered.self) {
      run = CostingRun(registered.costing)
      base = run
      note(registered.standardCost, event.on)
      return
    }
    if event.kind == StockCounted.kind.number, let inventory = chart.roles[.inventory],
      let warehouse = event.mention(.warehouse), let count = event.mention(.count)
    {
      counts.append(Count(place: Place(inventory, warehouse), on: event.on, id: count))
    }
    note(try event.event(ProductRevised.self)?.standardCost, event.on)
    if event.kind == StockAssembled.kind.number, event.mention(.product) == id {
      made.formUnion(event.introduced.map(\.id).filter { $0.is(.assembly) })
    }
    var inOrder = true
    let before = legs.count
    for move in event.moves where move.commodity == id {
      try noteReservation(move, chart)
      guard
        let leg = StockLeg(
          move, position: event.position, of: event.mentions, chart: chart, made: made)
      else {
        continue
      }
      legs.append(leg)
      if leg.toStock, !leg.fromStock, leg.amount > 0 { lastCost = (leg.value, leg.amount) }
      if leg.on < baseDay { mustReload = true }
      if leg.valuation != .restatement, leg.on < lastDay { inOrder = false }
    }
    if inOrder {
      for leg in legs[before...] where leg.valuation != .restatement {
        _ = try run.take(leg)
        lastDay = max(lastDay, leg.on)
      }
      _ = run.takeCorrections()
    } else {
      try recompute()
    }
    if legs.count > Self.mostLegs, !keepsAllLegs { try foldOldLegs() }
  }

  private mutating func note(_ standard: ExactDecimal?, _ day: Day) {
    if let standard { standards.append(StandardCost(on: day, cost: standard)) }
  }

  mutating func loaded() throws(WireError) {
    keepsAllLegs = false
    if legs.count > Self.mostLegs { try foldOldLegs() }
  }

  /// Folds whole days into the base, so that what remains can be worked through again without them.
  private mutating func foldOldLegs() throws(WireError) {
    let sorted = legs.sorted(by: StockLeg.precedes)
    let cut = sorted[sorted.count - Self.mostLegs / 2].on
    guard cut > sorted[0].on else { return }
    base.forgetShipments(but: Self.keptShipments)
    for leg in sorted where leg.on < cut {
      try carried.take(leg, base.take(leg))
      try carried.take(base.takeCorrections())
    }
    // A new array: one that was emptied would keep its room.
    legs = legs.filter { $0.on >= cut }
    baseDay = cut
    try recompute()
  }

  private mutating func recompute() throws(WireError) {
    run = base
    for leg in legs.sorted(by: StockLeg.precedes) {
      _ = try run.take(leg)
      if leg.valuation != .restatement { lastDay = max(lastDay, leg.on) }
    }
    _ = run.takeCorrections()
  }

  private mutating func noteReservation(_ move: Move, _ chart: Chart) throws(WireError) {
    if chart.plays(.reserved, move.to.account), move.to.subject.is(.warehouse) {
      try Exact.add(move.amount, to: &reserved[move.to, default: 0])
    }
    if chart.plays(.reserved, move.from.account), move.from.subject.is(.warehouse) {
      try Exact.add(-move.amount, to: &reserved[move.from, default: 0])
    }
  }

  /// Where something lies or is owed now.
  var pools: [(place: Place, pool: StockPool)] {
    run.pools.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
  /// The last day on which anything moved.
  var lastMoved: Day { lastDay }
  /// How what leaves is valued.
  var costing: Costing { run.costing }

  /// How much lies in `place` now.
  func onHand(_ place: Place) -> Int64 { run.pool(place).amount }

  /// What lies in `place` now is worth.
  func value(_ place: Place) -> Int64 { run.pool(place).value }

  /// Where how much of the goods of `name`, a purchase or a receipt, lay at the end of `day`, by place, and what they
  /// were worth. Under average costing goods lose themselves among others: there it is all that lay there.
  func held(
    of name: NameID, at day: Day
  ) throws(WireError) -> [(place: Place, units: Int64, value: Int64)] {
    var then = run
    if day < lastDay {
      then = base
      for leg in legs.sorted(by: StockLeg.precedes) where leg.on <= day {
        _ = try then.take(leg)
      }
    }
    var held: [(place: Place, units: Int64, value: Int64)] = []
    for (place, pool) in then.pools.sorted(by: { $0.key < $1.key }) {
      let own = pool.layers.filter { $0.isOf(name) || run.costing != .fifo }
      let units = try Exact.sum(own.lazy.map(\.amount))
      if units > 0 { held.append((place, units, try Exact.sum(own.lazy.map(\.value)))) }
    }
    return held
  }

  /// How much lay in `place` at the end of `day`.
  func onHand(_ place: Place, at day: Day) -> Int64 {
    legs.reduce(base.pool(place).amount) { sum, leg in
      guard leg.on <= day else { return sum }
      return sum + (leg.to == place ? leg.amount : 0) - (leg.from == place ? leg.amount : 0)
    }
  }

  /// The first count in `place` after `day`: from then on what lies there does not depend on what is recorded late.
  func count(_ place: Place, after day: Day) -> Count? {
    counts.filter { $0.place == place && $0.on > day }.min { $0.on < $1.on }
  }

  /// The least that lies in `place` on `day` or any later day before the next count: what can be taken on `day`.
  func free(_ place: Place, from day: Day) -> Int64 {
    if day >= lastDay { return onHand(place) }
    let counted = count(place, after: day)?.on
    var byDay: [Day: Int64] = [:]
    var level = base.pool(place).amount
    for leg in legs {
      let change = (leg.to == place ? leg.amount : 0) - (leg.from == place ? leg.amount : 0)
      if leg.on <= day { level += change } else { byDay[leg.on, default: 0] += change }
    }
    var least = level
    for (later, change) in byDay.sorted(by: { $0.key < $1.key }) {
      if let counted, later >= counted { break }
      level += change
      least = min(least, level)
    }
    return least
  }

  /// What `proposed` moves would be worth, and the value-only moves that restate what is already recorded.
  ///
  /// Each restatement is dated on the day of what it restates, if that day is open; what would fall into the closed
  /// periods falls on the first open day instead. `nil` when this stock does not reach back far enough to say.
  func cost(
    _ proposed: [Move], mentions: [NameID], product: NameID, position: Position, chart: Chart
  ) throws(WireError) -> (values: [Int64], restatements: [Move])? {
    let new = proposed.map {
      StockLeg($0, position: position, of: mentions, chart: chart, made: made)
    }
    for case let leg? in new where leg.on < baseDay || !run.knows(leg) { return nil }
    if new.allSatisfy({ $0.map { $0.on >= lastDay } ?? true }) {
      var run = run
      var values = proposed.map(\.value)
      for (index, leg) in new.enumerated() { if let leg { values[index] = try run.take(leg) } }
      var ledger = RestatementLedger(firstOpenDay: chart.firstOpenDay)
      try ledger.take(run.takeCorrections())
      return (values, ledger.moves(of: product))
    }
    var values = proposed.map(\.value)
    // A reopened period would have what was carried out of it back on its own day.
    if !carried.isEmpty, chart.firstOpenDay.map({ $0 < baseDay }) ?? true { return nil }
    var ledger = try RestatementLedger(firstOpenDay: chart.firstOpenDay, carrying: carried)
    var run = base
    var all = legs.map { ($0, Int?.none) }
    for (index, leg) in new.enumerated() { if let leg { all.append((leg, index)) } }
    all.sort { StockLeg.precedes($0.0, $1.0) }
    for (leg, index) in all {
      let value = try run.take(leg)
      if let index {
        values[index] = value
      } else {
        try ledger.take(leg, value)
      }
      try ledger.take(run.takeCorrections())
    }
    return (values, ledger.moves(of: product))
  }
}
