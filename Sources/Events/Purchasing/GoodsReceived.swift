// Why: goods are on hand before their bill arrives; in between they are received and not
// invoiced.

public import Wire

/// Goods of a purchase order have arrived in a warehouse.
public struct GoodsReceived: Event {
  /// The receipt's code.
  public var receipt = Code()
  /// The purchase order.
  public var purchase = Code()
  /// Where they were taken in.
  public var warehouse = Code()
  /// What arrived.
  public var lines: [QuantityLine] = []

  public init() {}
  public static let kind = Kind(65, "goods.received")
  public static let purpose = "Goods of a purchase order have arrived in a warehouse."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "receipt", &receipt)
    try f.field(2, "purchase", &purchase)
    try f.field(3, "warehouse", &warehouse)
    try f.field(4, "lines", &lines)
  }
  public static var example: GoodsReceived {
    var line = QuantityLine()
    line.product = "TORN-M6"
    line.quantity = "1000"
    var event = GoodsReceived()
    event.receipt = "GR-1"
    event.purchase = "PO-1"
    event.warehouse = "MAD"
    event.lines = [line]
    return event
  }
}
