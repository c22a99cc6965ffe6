// Why: money out: it settles bills, and what is left over is an advance.

public import Wire

/// A supplier has been paid; what no bill takes is kept as an advance.
public struct PaymentSent: Event {
  /// The payment's code.
  public var payment = Code()
  /// Who is paid.
  public var supplier = Code()
  /// The account through which the money goes.
  public var account = Code()
  /// Its currency.
  public var currency = Code()
  /// How much.
  public var amount = ExactDecimal()
  /// The bills that it settles.
  public var allocations: [Allocation] = []
  /// What the bank says about it.
  public var text: String?

  public init() {}
  public static let kind = Kind(51, "payment.sent")
  public static let purpose = "A supplier has been paid; what no bill takes is kept as an advance."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "payment", &payment)
    try f.field(2, "supplier", &supplier)
    try f.field(3, "account", &account)
    try f.field(4, "currency", &currency)
    try f.field(5, "amount", &amount)
    try f.field(6, "allocations", &allocations)
    try f.field(7, "text", &text)
  }
  public static var example: PaymentSent {
    var allocation = Allocation()
    allocation.bill = "S3-881"
    allocation.amount = "121.00"
    var event = PaymentSent()
    event.payment = "P-2"
    event.supplier = "S-3"
    event.account = "1000"
    event.currency = "EUR"
    event.amount = "121.00"
    event.allocations = [allocation]
    event.text = "transfer"
    return event
  }
}
