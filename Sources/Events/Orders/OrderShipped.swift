// Why: the goods leave: here their cost becomes the cost of sales.

public import Wire

/// Goods of an order have left a warehouse.
public struct OrderShipped: Event {
  /// The shipment's own code.
  public var shipment = Code()
  /// The order that it fulfils.
  public var order = Code()
  /// Where the goods leave.
  public var warehouse = Code()
  /// Which goods.
  public var lines: [QuantityLine] = []
  /// Who carries them.
  public var carrier: String?
  /// The carrier's number.
  public var tracking: String?

  public init() {}
  public static let kind = Kind(21, "order.shipped")
  public static let purpose = "Goods of an order have left a warehouse."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "shipment", &shipment)
    try f.field(2, "order", &order)
    try f.field(3, "warehouse", &warehouse)
    try f.field(4, "lines", &lines)
    try f.field(5, "carrier", &carrier)
    try f.field(6, "tracking", &tracking)
  }
  public static var example: OrderShipped {
    var line = QuantityLine()
    line.product = "TORN-M6"
    line.quantity = "400"
    var event = OrderShipped()
    event.shipment = "SH-1"
    event.order = "SO-1"
    event.warehouse = "MAD"
    event.lines = [line]
    event.carrier = "Seur"
    event.tracking = "1Z999"
    return event
  }
}
