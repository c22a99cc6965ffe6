// Why: a ticket ends with what was done, and with what the customer thought of it.

public import Wire

/// A ticket has been settled.
public struct TicketClosed: Event {
  /// The ticket.
  public var ticket = Code()
  /// The customer; the ticket's own when absent.
  public var customer: Code?
  /// What was done; personal.
  public var text: String?
  /// How content the customer is, from 1 (not at all) to 5.
  public var satisfaction: Int64?

  public init() {}
  public static let kind = Kind(147, "ticket.closed")
  public static let purpose = "A ticket has been settled."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "ticket", &ticket)
    try f.field(2, "customer", &customer)
    try f.personal(3, "text", &text, of: .customer(customer ?? Code()))
    try f.field(4, "satisfaction", &satisfaction)
  }
  public static var example: TicketClosed {
    var event = TicketClosed()
    event.ticket = "T-1"
    event.customer = "C-17"
    event.text = "case sent"
    event.satisfaction = 5
    return event
  }
}
