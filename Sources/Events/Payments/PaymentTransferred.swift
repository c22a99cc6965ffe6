// Why: money between one's own accounts is neither income nor expense.

public import Wire

/// Money has gone from one of the company's accounts to another.
public struct PaymentTransferred: Event {
  /// The transfer's code.
  public var payment = Code()
  /// The account that it leaves.
  public var from = Code()
  /// The account that it reaches.
  public var to = Code()
  /// How much leaves.
  public var amount = ExactDecimal()
  /// The currency in which it leaves.
  public var currency = Code()
  /// How much arrives, when the other account holds another currency.
  public var received: ExactDecimal?

  public init() {}
  public static let kind = Kind(52, "payment.transferred")
  public static let purpose = "Money has gone from one of the company's accounts to another."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "payment", &payment)
    try f.field(2, "from", &from)
    try f.field(3, "to", &to)
    try f.field(4, "amount", &amount)
    try f.field(5, "currency", &currency)
    try f.field(6, "received", &received)
  }
  public static var example: PaymentTransferred {
    var event = PaymentTransferred()
    event.payment = "P-4"
    event.from = "1000"
    event.to = "1010"
    event.amount = "500.00"
    event.currency = "EUR"
    event.received = "543.00"
    return event
  }
}
