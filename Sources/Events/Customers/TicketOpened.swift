// Why: a request is open until somebody closes it; how long that takes is what service is judged by.

public import Wire

/// A customer has asked for help.
public struct TicketOpened: Event {
  /// The ticket's code.
  public var ticket = Code()
  /// The customer.
  public var customer = Code()
  /// What the customer asks; personal.
  public var text = ""
  /// How urgent it is; normal when absent.
  public var priority: TicketPriority?
  /// The order that it is about.
  public var order: Code?
  /// The product that it is about.
  public var product: Code?

  public init() {}
  public static let kind = Kind(145, "ticket.opened")
  public static let purpose = "A customer has asked for help."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "ticket", &ticket)
    try f.field(2, "customer", &customer)
    try f.personal(3, "text", &text, of: .customer(customer))
    try f.field(4, "priority", &priority)
    try f.field(5, "order", &order)
    try f.field(6, "product", &product)
  }
  public static var example: TicketOpened {
    var event = TicketOpened()
    event.ticket = "T-1"
    event.customer = "C-17"
    event.text = "the drill arrived without a case"
    event.priority = .high
    event.order = "SO-1"
    event.product = "TALADRO"
    return event
  }
}
