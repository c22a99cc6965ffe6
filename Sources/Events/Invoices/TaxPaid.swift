// Why: what was declared is paid, or paid back, on a day of its own.

public import Wire

/// A filing has been paid to the tax office, or by it.
public struct TaxPaid: Event {
  /// The payment's code.
  public var payment = Code()
  /// The filing.
  public var filing = Code()
  /// The account through which the money goes.
  public var account = Code()
  /// How much; all that is open when absent.
  public var amount: ExactDecimal?
  /// What the bank says about it.
  public var text: String?

  public init() {}
  public static let kind = Kind(45, "tax.paid")
  public static let purpose = "A filing has been paid to the tax office, or by it."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "payment", &payment)
    try f.field(2, "filing", &filing)
    try f.field(3, "account", &account)
    try f.field(4, "amount", &amount)
    try f.field(5, "text", &text)
  }
  public static var example: TaxPaid {
    var event = TaxPaid()
    event.payment = "P-30"
    event.filing = "303-2026-1T"
    event.account = "1000"
    event.amount = "210.00"
    event.text = "direct debit"
    return event
  }
}
