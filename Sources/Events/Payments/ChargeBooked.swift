// Why: a bank takes its fee without asking; it is booked against the statement.

public import Wire

/// A bank has charged a fee.
public struct ChargeBooked: Event {
  /// The charge's code.
  public var charge = Code()
  /// The account from which it was taken.
  public var account = Code()
  /// How much, before tax.
  public var amount = ExactDecimal()
  /// Its currency.
  public var currency = Code()
  /// What it is for.
  public var text: String?
  /// The tax code on top of it.
  public var tax: Code?

  public init() {}
  public static let kind = Kind(53, "charge.booked")
  public static let purpose = """
    A bank has charged a fee. Its amount is before tax; what the tax code adds is taken from the account too.
    """
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "charge", &charge)
    try f.field(2, "account", &account)
    try f.field(3, "amount", &amount)
    try f.field(4, "currency", &currency)
    try f.field(5, "text", &text)
    try f.field(6, "tax", &tax)
  }
  public static var example: ChargeBooked {
    var event = ChargeBooked()
    event.charge = "CH-1"
    event.account = "1000"
    event.amount = "6.00"
    event.currency = "EUR"
    event.text = "account fee"
    event.tax = "SOP21"
    return event
  }
}
