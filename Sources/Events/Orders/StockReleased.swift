// Why: a promise that falls away frees the goods.

public import Wire

/// Goods that were set aside are free again.
public struct StockReleased: Event {
  /// For which order; for nobody in particular when absent.
  public var order: Code?
  /// Where they lie.
  public var warehouse = Code()
  /// Which goods.
  public var lines: [QuantityLine] = []

  public init() {}
  public static let kind = Kind(20, "stock.released")
  public static let purpose = "Goods that were set aside are free again."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "order", &order)
    try f.field(2, "warehouse", &warehouse)
    try f.field(3, "lines", &lines)
  }
  public static var example: StockReleased {
    var line = QuantityLine()
    line.product = "TORN-M6"
    line.quantity = "400"
    var event = StockReleased()
    event.order = "SO-1"
    event.warehouse = "MAD"
    event.lines = [line]
    return event
  }
}
