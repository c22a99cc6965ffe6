// Why: goods that are promised must not be promised twice.

public import Wire

/// Goods on hand have been set aside.
public struct StockReserved: Event {
  /// For which order; for nobody in particular when absent.
  public var order: Code?
  /// Where they lie.
  public var warehouse = Code()
  /// Which goods.
  public var lines: [QuantityLine] = []

  public init() {}
  public static let kind = Kind(19, "stock.reserved")
  public static let purpose = "Goods on hand have been set aside."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "order", &order)
    try f.field(2, "warehouse", &warehouse)
    try f.field(3, "lines", &lines)
  }
  public static var example: StockReserved {
    var line = QuantityLine()
    line.product = "TORN-M6"
    line.quantity = "400"
    var event = StockReserved()
    event.order = "SO-1"
    event.warehouse = "MAD"
    event.lines = [line]
    return event
  }
}
