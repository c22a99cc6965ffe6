// Why: how far an order has come is read off what happened to it, as of any day.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// An order with its state.
struct OrderProgress {
  /// How far it has come.
  enum State: String {
    case cancelled, placed, reserved, partlyShipped, shipped, delivered
  }
  var order = Order()
  var on = Day()
  var state = State.placed
  var events: [Recorded] = []
}

extension Inquiry {
  /// An order as of the report's day; `nil` when it was placed later.
  func progress(of name: NameID) throws(ReportError) -> OrderProgress? {
    var progress = OrderProgress()
    progress.events = try history(of: name)
    guard let placed = progress.events.first, placed.kind == OrderPlaced.kind.number else {
      return nil
    }
    progress.on = placed.on
    var shipments = 0
    for event in progress.events {
      try decoding { () throws(WireError) in try progress.order.evolve(event, name, chart) }
      if event.kind == OrderShipped.kind.number { shipments += 1 }
      if event.kind == ShipmentDelivered.kind.number { shipments -= 1 }
    }
    let lines = progress.order.lines
    let isShipped = lines.contains { $0.shipped > 0 }
    if lines.contains(where: { $0.open > 0 }) {
      let isReserved = lines.allSatisfy { line in
        progress.order.reserved.reduce(0) {
          $0 + ($1.key.product == line.product ? $1.value : 0)
        } >= line.open
      }
      progress.state = isShipped ? .partlyShipped : isReserved ? .reserved : .placed
    } else {
      progress.state = !isShipped ? .cancelled : shipments > 0 ? .shipped : .delivered
    }
    return progress
  }

  /// A quantity that is kept as a decimal of the product's unit.
  func quantity(_ number: ExactDecimal, _ product: NameID) throws(ReportError) -> Cell {
    let decimals = try self.product(product).decimals
    return .amount(
      try decoding { () throws(WireError) in try number.units(decimals: decimals) },
      decimals: decimals)
  }
}
