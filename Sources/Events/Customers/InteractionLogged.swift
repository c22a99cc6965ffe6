// Why: what was said to a customer, and by whom, belongs to its history like any order.

public import Wire

/// Somebody spoke with a customer.
public struct InteractionLogged: Event {
  /// The customer.
  public var customer = Code()
  /// By which way.
  public var channel = ContactChannel()
  /// What it was about; personal.
  public var text = ""
  /// Who of the company.
  public var employee: Code?

  public init() {}
  public static let kind = Kind(144, "interaction.logged")
  public static let purpose = "Somebody spoke with a customer."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "customer", &customer)
    try f.field(2, "channel", &channel)
    try f.personal(3, "text", &text, of: .customer(customer))
    try f.field(4, "employee", &employee)
  }
  public static var example: InteractionLogged {
    var event = InteractionLogged()
    event.customer = "C-17"
    event.channel = .phone
    event.text = "asked when the cable arrives"
    event.employee = "E-7"
    return event
  }
}
