// Why: whether a customer may be written to is the customer's decision, dated, and can be taken back.

public import Wire

/// A customer has agreed to something, or has taken it back.
public struct ConsentRecorded: Event {
  /// The customer.
  public var customer = Code()
  /// To what: newsletter, calls.
  public var purpose = Code()
  /// Whether it is agreed to.
  public var given = false
  /// How we know.
  public var text: String?

  public init() {}
  public static let kind = Kind(205, "consent.recorded")
  public static let purpose = "A customer has agreed to something, or has taken it back."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "customer", &customer)
    try f.field(2, "purpose", &purpose)
    try f.field(3, "given", &given)
    try f.field(4, "text", &text)
  }
  public static var example: ConsentRecorded {
    var event = ConsentRecorded()
    event.customer = "C-17"
    event.purpose = "newsletter"
    event.given = true
    event.text = "form on the web site"
    return event
  }
}
