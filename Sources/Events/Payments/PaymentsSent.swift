// Why: suppliers are paid in runs: one order to the bank, many bills.

public import Wire

/// What one supplier gets in a run: all that is open of some bills.
public struct RunPayment: Message, Hashable {
  /// The payment's code.
  public var payment = Code()
  /// Who is paid.
  public var supplier = Code()
  /// The bills, each paid whole.
  public var bills: [Code] = []
  /// What that comes to; filled in when it is recorded.
  public var amount: ExactDecimal?

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "payment", &payment)
    try f.field(2, "supplier", &supplier)
    try f.field(3, "bills", &bills)
    try f.field(4, "amount", &amount)
  }
}

/// Several suppliers have been paid at once, each for several bills.
public struct PaymentsSent: Event {
  /// The account that the money leaves.
  public var account = Code()
  /// Its currency, which is that of the bills.
  public var currency = Code()
  /// Who gets what.
  public var payments: [RunPayment] = []
  /// What the bank says about it.
  public var text: String?

  public init() {}
  public static let kind = Kind(56, "payments.sent")
  public static let purpose = "Several suppliers have been paid at once, each for several bills."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "account", &account)
    try f.field(2, "currency", &currency)
    try f.field(3, "payments", &payments)
    try f.field(4, "text", &text)
  }
  public static var example: PaymentsSent {
    var first = RunPayment()
    first.payment = "P-20"
    first.supplier = "S-3"
    first.bills = ["S3-881", "S3-890"]
    first.amount = "242.00"
    var second = RunPayment()
    second.payment = "P-21"
    second.supplier = "S-4"
    second.bills = ["S4-17"]
    var event = PaymentsSent()
    event.account = "1000"
    event.currency = "EUR"
    event.payments = [first, second]
    event.text = "run of 31 January"
    return event
  }
}
