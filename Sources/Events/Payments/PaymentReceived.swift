// Why: money in: it settles invoices, and what is left over is an advance.

public import Wire

/// A customer has paid; what no invoice takes is kept as an advance.
public struct PaymentReceived: Event {
  /// The payment's code.
  public var payment = Code()
  /// Who paid.
  public var customer = Code()
  /// The account through which the money goes.
  public var account = Code()
  /// Its currency.
  public var currency = Code()
  /// How much.
  public var amount = ExactDecimal()
  /// The invoices that it settles.
  public var allocations: [Allocation] = []
  /// What the bank says about it.
  public var text: String?

  public init() {}
  public static let kind = Kind(48, "payment.received")
  public static let purpose = "A customer has paid; what no invoice takes is kept as an advance."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "payment", &payment)
    try f.field(2, "customer", &customer)
    try f.field(3, "account", &account)
    try f.field(4, "currency", &currency)
    try f.field(5, "amount", &amount)
    try f.field(6, "allocations", &allocations)
    try f.field(7, "text", &text)
  }
  public static var example: PaymentReceived {
    var allocation = Allocation()
    allocation.invoice = "F-1"
    allocation.amount = "50.00"
    var event = PaymentReceived()
    event.payment = "P-1"
    event.customer = "C-17"
    event.account = "1000"
    event.currency = "EUR"
    event.amount = "60.00"
    event.allocations = [allocation]
    event.text = "transfer"
    return event
  }
}
