// Why: what a supplier will never deliver must not count as on its way.

public import Wire

/// A purchase order, or what is left of some of its lines, will not be delivered any more.
public struct PurchaseCancelled: Event {
  /// The purchase order.
  public var purchase = Code()
  /// What is given up; all that is still to come when empty.
  public var lines: [QuantityLine] = []
  /// Why.
  public var reason: String?

  public init() {}
  public static let kind = Kind(71, "purchase.cancelled")
  public static let purpose =
    "A purchase order, or what is left of some of its lines, will not be delivered any more."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "purchase", &purchase)
    try f.field(2, "lines", &lines)
    try f.field(3, "reason", &reason)
  }
  public static var example: PurchaseCancelled {
    var line = QuantityLine()
    line.product = "TORN-M6"
    line.quantity = "100"
    var event = PurchaseCancelled()
    event.purchase = "PO-1"
    event.lines = [line]
    event.reason = "out of stock"
    return event
  }
}
