// Why: shelves and books differ; the difference, at cost, belongs to the day of the count.

public import Wire

/// The stock of some products in a warehouse has been counted.
public struct StockCounted: Event {
  /// The count's code.
  public var count = Code()
  /// Where.
  public var warehouse = Code()
  /// What was found.
  public var lines: [CountLine] = []

  public init() {}
  public static let kind = Kind(80, "stock.counted")
  public static let purpose = "The stock of some products in a warehouse has been counted."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "count", &count)
    try f.field(2, "warehouse", &warehouse)
    try f.field(3, "lines", &lines)
  }
  public static var example: StockCounted {
    var line = CountLine()
    line.product = "TORN-M6"
    line.counted = "638"
    var event = StockCounted()
    event.count = "CT-1"
    event.warehouse = "MAD"
    event.lines = [line]
    return event
  }
}
