// Why: a ticket is open until it is closed; decisions refuse what does not fit, reports say how long it took.

package import Events
package import Ledger
package import Wire

/// A customer's request for help.
package struct Ticket: Document {
  package private(set) var customer = NameID.none
  package private(set) var openedOn = Day()
  package private(set) var priority = TicketPriority.normal
  package private(set) var order: Code?
  package private(set) var product: Code?
  package private(set) var answers: Int64 = 0
  /// The day of the first answer, by the days that the answers are dated.
  package private(set) var answeredOn: Day?
  /// The last day on which anything happened.
  package private(set) var lastOn = Day()
  package private(set) var closedOn: Day?
  package private(set) var satisfaction: Int64?

  package init() {}

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let opened = try event.event(TicketOpened.self) {
      customer = event.mention(.customer) ?? .none
      openedOn = event.on
      lastOn = event.on
      priority = opened.priority ?? .normal
      order = opened.order
      product = opened.product
    } else if try event.event(TicketAnswered.self) != nil {
      answers += 1
      answeredOn = min(answeredOn ?? event.on, event.on)
      lastOn = max(lastOn, event.on)
    } else if let closed = try event.event(TicketClosed.self) {
      closedOn = event.on
      satisfaction = closed.satisfaction
    }
  }
}
