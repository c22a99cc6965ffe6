// Why: goods that were accepted may go back to their supplier; billed ones are credited later.

public import Wire

/// Goods have been sent back to their supplier.
public struct GoodsReturned: Event {
  /// The code of the return.
  public var `return` = Code()
  /// The purchase order that they came under.
  public var purchase = Code()
  /// Where they lay.
  public var warehouse = Code()
  /// What goes back.
  public var lines: [QuantityLine] = []
  /// Why.
  public var reason: String?

  public init() {}
  public static let kind = Kind(68, "goods.returned")
  public static let purpose = "Goods have been sent back to their supplier."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "return", &`return`)
    try f.field(2, "purchase", &purchase)
    try f.field(3, "warehouse", &warehouse)
    try f.field(4, "lines", &lines)
    try f.field(5, "reason", &reason)
  }
  public static var example: GoodsReturned {
    var line = QuantityLine()
    line.product = "TORN-M6"
    line.quantity = "50"
    var event = GoodsReturned()
    event.return = "RS-1"
    event.purchase = "PO-1"
    event.warehouse = "MAD"
    event.lines = [line]
    event.reason = "ordered too many"
    return event
  }
}
