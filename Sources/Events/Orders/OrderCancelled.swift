// Why: what will not be delivered must leave the backlog.

public import Wire

/// An order, or some lines of it, will not be delivered.
public struct OrderCancelled: Event {
  /// The order.
  public var order = Code()
  /// What is cancelled; all that is still open when empty.
  public var lines: [QuantityLine] = []

  public init() {}
  public static let kind = Kind(18, "order.cancelled")
  public static let purpose = "An order, or some lines of it, will not be delivered."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "order", &order)
    try f.field(2, "lines", &lines)
  }
  public static var example: OrderCancelled {
    var line = QuantityLine()
    line.product = "TORN-M6"
    line.quantity = "40"
    var event = OrderCancelled()
    event.order = "SO-1"
    event.lines = [line]
    return event
  }
}
