// Why: a direct debit or a cheque may bounce days after it was booked. The payment stays in the books; that it came to
// nothing is a fact of its own day.

public import Wire

/// A payment has bounced: the money went back, and what it had settled is open again.
public struct PaymentReturned: Event {
  /// The code under which the bank sends the money back.
  public var payment = Code()
  /// The payment that bounced.
  public var returns = Code()
  /// What the bank says about it.
  public var text: String?

  public init() {}
  public static let kind = Kind(55, "payment.returned")
  public static let purpose = """
    A payment has bounced: the money went back, and what it had settled is open again.
    """
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "payment", &payment)
    try f.field(2, "returns", &returns)
    try f.field(3, "text", &text)
  }
  public static var example: PaymentReturned {
    var event = PaymentReturned()
    event.payment = "P-9"
    event.returns = "P-1"
    event.text = "insufficient funds"
    return event
  }
}
