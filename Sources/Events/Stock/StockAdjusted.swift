// Why: stock may change for reasons of its own: found, lost, revalued.

public import Wire

/// The stock of some products has been corrected by hand.
public struct StockAdjusted: Event {
  /// The adjustment's code.
  public var adjustment = Code()
  /// Where.
  public var warehouse = Code()
  /// What changes.
  public var lines: [AdjustmentLine] = []
  /// Why.
  public var text: String?

  public init() {}
  public static let kind = Kind(81, "stock.adjusted")
  public static let purpose = "The stock of some products has been corrected by hand."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "adjustment", &adjustment)
    try f.field(2, "warehouse", &warehouse)
    try f.field(3, "lines", &lines)
    try f.field(4, "text", &text)
  }
  public static var example: StockAdjusted {
    var line = AdjustmentLine()
    line.product = "TORN-M6"
    line.quantity = "-5"
    line.value = "-0.50"
    var event = StockAdjusted()
    event.adjustment = "AD-1"
    event.warehouse = "MAD"
    event.lines = [line]
    event.text = "damaged box"
    return event
  }
}
