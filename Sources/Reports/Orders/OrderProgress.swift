// Why: how far an order has come is read off what happened to it, as of any day.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// An order with its state.
struct OrderProgress {
  /// How far it has come.
  enum State: String {
    case cancelled, placed, reserved, partlyShipped, shipped, delivered
  }
  var order = Order()
  var on = Day()
  /// Shipments that have left and have not been delivered.
  private var underway = 0
  var events: [Recorded] = []
}

extension OrderProgress {
  /// Takes one more of the order's events into account.
  fileprivate mutating func take(
    _ event: Recorded, _ name: NameID, _ chart: Chart
  ) throws(ReportError) {
    if event.kind == OrderPlaced.kind.number { on = event.on }
    if event.kind == OrderShipped.kind.number { underway += 1 }
    if event.kind == ShipmentDelivered.kind.number { underway -= 1 }
    try decoding { () throws(WireError) in try order.evolve(event, name, chart) }
  }

  /// How far the order has come.
  var state: State {
    let isShipped = order.lines.contains { $0.shipped > 0 }
    guard order.lines.contains(where: { $0.open > 0 }) else {
      return !isShipped ? .cancelled : underway > 0 ? .shipped : .delivered
    }
    if isShipped { return .partlyShipped }
    let isReserved = order.lines.allSatisfy { line in
      order.reserved.reduce(0) { $0 + ($1.key.product == line.product ? $1.value : 0) }
        >= line.open
    }
    return isReserved ? .reserved : .placed
  }
}

extension Inquiry {
  /// An order as of the report's day, with its history; `nil` when it was placed later.
  func progress(of name: NameID) throws(ReportError) -> OrderProgress? {
    var progress = OrderProgress()
    progress.events = try history(of: name)
    guard progress.events.first?.kind == OrderPlaced.kind.number else { return nil }
    for event in progress.events { try progress.take(event, name, chart) }
    return progress
  }

  /// Orders as of the report's day, without the histories; those that were placed later are left out.
  func progress(
    ofEach orders: some Sequence<NameID>
  ) throws(ReportError) -> [(name: NameID, progress: OrderProgress)] {
    var found: [NameID: OrderProgress] = [:]
    try forEachEvent(Histories.self, ofEach: orders, where: isInTime) {
      (name, event) throws(ReportError) in
      if event.kind == OrderPlaced.kind.number { found[name] = OrderProgress() }
      try found[name]?.take(event, name, chart)
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// A quantity that is kept as a decimal of the product's unit.
  func quantity(_ number: ExactDecimal, _ product: NameID) throws(ReportError) -> Cell {
    let decimals = try self.product(product).decimals
    return .amount(
      try decoding { () throws(WireError) in try number.units(decimals: decimals) },
      decimals: decimals)
  }
}
