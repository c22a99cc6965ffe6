// Why: money that a customer is owed, by a credit note or an advance, goes back.

public import Wire

/// A customer has been paid back.
public struct PaymentRefunded: Event {
  /// The payment's code.
  public var payment = Code()
  /// Who is paid back.
  public var customer = Code()
  /// The account through which the money goes.
  public var account = Code()
  /// Its currency.
  public var currency = Code()
  /// How much.
  public var amount = ExactDecimal()
  /// The credit notes that are paid back.
  public var allocations: [Allocation] = []
  /// The payment of which the rest is an advance that goes back.
  public var of: Code?
  /// What the bank says about it.
  public var text: String?

  public init() {}
  public static let kind = Kind(50, "payment.refunded")
  public static let purpose = "A customer has been paid back."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "payment", &payment)
    try f.field(2, "customer", &customer)
    try f.field(3, "account", &account)
    try f.field(4, "currency", &currency)
    try f.field(5, "amount", &amount)
    try f.field(6, "allocations", &allocations)
    try f.field(7, "of", &of)
    try f.field(8, "text", &text)
  }
  public static var example: PaymentRefunded {
    var allocation = Allocation()
    allocation.correction = "A-1"
    allocation.amount = "10.00"
    var event = PaymentRefunded()
    event.payment = "P-3"
    event.customer = "C-17"
    event.account = "1000"
    event.currency = "EUR"
    event.amount = "12.10"
    event.allocations = [allocation]
    event.of = "P-1"
    event.text = "refund"
    return event
  }
}
