// Why: what is thrown away is a loss, at cost.

public import Wire

/// Goods have been thrown away.
public struct StockScrapped: Event {
  /// The scrap note's code.
  public var scrap = Code()
  /// Where they lay.
  public var warehouse = Code()
  /// Which goods.
  public var lines: [QuantityLine] = []
  /// Why.
  public var text: String?

  public init() {}
  public static let kind = Kind(83, "stock.scrapped")
  public static let purpose = "Goods have been thrown away."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "scrap", &scrap)
    try f.field(2, "warehouse", &warehouse)
    try f.field(3, "lines", &lines)
    try f.field(4, "text", &text)
  }
  public static var example: StockScrapped {
    var line = QuantityLine()
    line.product = "TORN-M6"
    line.quantity = "3"
    var event = StockScrapped()
    event.scrap = "SC-1"
    event.warehouse = "MAD"
    event.lines = [line]
    event.text = "rust"
    return event
  }
}
