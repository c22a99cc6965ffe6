// Why: what is on its way counts when one plans what to buy.

public import Wire

/// Goods have been ordered from a supplier.
public struct PurchaseOrdered: Event {
  /// The purchase order's code.
  public var purchase = Code()
  /// From whom.
  public var supplier = Code()
  /// The currency of its prices.
  public var currency = Code()
  /// What is ordered.
  public var lines: [PurchaseLine] = []

  public init() {}
  public static let kind = Kind(64, "purchase.ordered")
  public static let purpose = "Goods have been ordered from a supplier."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "purchase", &purchase)
    try f.field(2, "supplier", &supplier)
    try f.field(3, "currency", &currency)
    try f.field(4, "lines", &lines)
  }
  public static var example: PurchaseOrdered {
    var line = PurchaseLine()
    line.product = "TORN-M6"
    line.quantity = "1000"
    line.price = "0.10"
    var event = PurchaseOrdered()
    event.purchase = "PO-1"
    event.supplier = "S-3"
    event.currency = "EUR"
    event.lines = [line]
    return event
  }
}
