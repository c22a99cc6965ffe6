// Why: goods that fail inspection are not kept: they are owed no more, and the supplier still has to send good ones.

public import Wire

/// Received goods have been refused on inspection; the supplier still has to deliver them.
public struct GoodsRejected: Event {
  /// The rejection's code.
  public var rejection = Code()
  /// The goods receipt that brought them.
  public var receipt = Code()
  /// Where they lay; the warehouse of the receipt when absent.
  public var warehouse: Code?
  /// What is refused.
  public var lines: [QuantityLine] = []
  /// Why.
  public var reason: String?

  public init() {}
  public static let kind = Kind(67, "goods.rejected")
  public static let purpose =
    "Received goods have been refused on inspection; the supplier still has to deliver them."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "rejection", &rejection)
    try f.field(2, "receipt", &receipt)
    try f.field(3, "warehouse", &warehouse)
    try f.field(4, "lines", &lines)
    try f.field(5, "reason", &reason)
  }
  public static var example: GoodsRejected {
    var line = QuantityLine()
    line.product = "TORN-M6"
    line.quantity = "20"
    var event = GoodsRejected()
    event.rejection = "RJ-1"
    event.receipt = "GR-1"
    event.warehouse = "MAD"
    event.lines = [line]
    event.reason = "wrong thread"
    return event
  }
}
