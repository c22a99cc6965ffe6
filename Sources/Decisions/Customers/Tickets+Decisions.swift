// Why: a ticket is answered while it is open, and closed once; whoever is spoken with must be a customer.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension InteractionLogged: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.refer(.customer, customer, s)
    if let employee { _ = try d.employee(employee, s) }
    try refuseEmpty(text)
  }
}

extension TicketOpened: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.ticket, ticket, s)
    let customer = try d.refer(.customer, self.customer, s)
    try refuseEmpty(text)
    if let order {
      let id = try d.refer(.order, order, s)
      if try s.document(Order.self, id).customer != customer {
        throw .refuse(
          "ticket.order", "Order \(order) is not \(self.customer)'s.",
          remedy: "Check the order, or leave it out.")
      }
    }
    if let product { _ = try d.refer(.product, product, s) }
  }
}

extension TicketAnswered: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    customer = try d.openTicket(ticket, customer, s)
    if let employee { _ = try d.employee(employee, s) }
    try refuseEmpty(text)
  }
}

extension TicketClosed: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    customer = try d.openTicket(ticket, customer, s)
    let known = try s.document(Ticket.self, d.mentioned(.ticket))
    if d.on < known.lastOn {
      throw .refuse(
        "ticket.early", "Ticket \(ticket) was answered on \(known.lastOn), after \(d.on).",
        remedy: "Close it on or after \(known.lastOn).")
    }
    if let satisfaction, !(1...5).contains(satisfaction) {
      throw .refuse(
        "ticket.satisfaction", "A satisfaction of \(satisfaction) is not possible.",
        remedy: "Give 1 (not at all) to 5 (fully), or leave it out.")
    }
  }
}

extension Decision {
  /// A ticket that is open on the day of the event, and its customer's code.
  fileprivate mutating func openTicket(
    _ ticket: Code, _ customer: Code?, _ s: any Situation
  ) throws(Obstacle) -> Code {
    let known = try s.document(Ticket.self, try refer(.ticket, ticket, s))
    mention(known.customer)
    let owner = try s.code(known.customer)
    if let customer, customer != owner {
      throw .refuse(
        "ticket.customer", "Ticket \(ticket) is \(owner)'s, not \(customer)'s.",
        remedy: "Leave out the customer, or name \(owner).")
    }
    if on < known.openedOn {
      throw .refuse(
        "ticket.notYet", "Ticket \(ticket) was opened on \(known.openedOn), after \(on).",
        remedy: "Date it on or after \(known.openedOn).")
    }
    if let closed = known.closedOn {
      throw .refuse(
        "ticket.closed", "Ticket \(ticket) was closed on \(closed).",
        remedy: "Open another ticket.")
    }
    return owner
  }
}

/// Refuses words that say nothing.
func refuseEmpty(
  _ text: String, remedy: String = "Say what happened."
) throws(Obstacle) {
  if text.allSatisfy(\.isWhitespace) {
    throw .refuse("text.empty", "The text says nothing.", remedy: remedy)
  }
}
