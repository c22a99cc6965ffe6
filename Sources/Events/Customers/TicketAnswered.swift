// Why: the first answer is what a customer waits for.

public import Wire

/// A ticket has been answered.
public struct TicketAnswered: Event {
  /// The ticket.
  public var ticket = Code()
  /// The customer; the ticket's own when absent.
  public var customer: Code?
  /// The answer; personal.
  public var text = ""
  /// Who answered.
  public var employee: Code?

  public init() {}
  public static let kind = Kind(146, "ticket.answered")
  public static let purpose = "A ticket has been answered."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "ticket", &ticket)
    try f.field(2, "customer", &customer)
    try f.personal(3, "text", &text, of: .customer(customer ?? Code()))
    try f.field(4, "employee", &employee)
  }
  public static var example: TicketAnswered {
    var event = TicketAnswered()
    event.ticket = "T-1"
    event.customer = "C-17"
    event.text = "we send the case tomorrow"
    event.employee = "E-7"
    return event
  }
}
