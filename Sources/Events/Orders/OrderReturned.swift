// Why: goods come back at the cost at which they left, not at today's.

public import Wire

/// Goods of a shipment have come back into a warehouse.
public struct OrderReturned: Event {
  /// The return's own code.
  public var `return` = Code()
  /// The shipment with which they left.
  public var shipment = Code()
  /// Where they are taken in.
  public var warehouse = Code()
  /// Which goods.
  public var lines: [QuantityLine] = []

  public init() {}
  public static let kind = Kind(23, "order.returned")
  public static let purpose = "Goods of a shipment have come back into a warehouse."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "return", &`return`)
    try f.field(2, "shipment", &shipment)
    try f.field(3, "warehouse", &warehouse)
    try f.field(4, "lines", &lines)
  }
  public static var example: OrderReturned {
    var line = QuantityLine()
    line.product = "TORN-M6"
    line.quantity = "40"
    var event = OrderReturned()
    event.return = "R-1"
    event.shipment = "SH-1"
    event.warehouse = "MAD"
    event.lines = [line]
    return event
  }
}
