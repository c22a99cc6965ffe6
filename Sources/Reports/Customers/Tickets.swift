// Why: service is judged by what is still open, how long the first answer took and how long the whole.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// One line for each ticket.
public enum Tickets: Report {
  public static let name = "tickets"
  public static let title = "Tickets"
  public static let summary = "Customers' requests: open or closed, first answer, duration"
  public static let subject = ReportSubject.optional([.customer, .ticket])
  public static let takesFrom = true
  public static let columns = [
    Column("ticket", "Ticket", .code), Column("customer", "Customer", .code),
    Column("name", "Name", .text), Column("priority", "Priority", .text),
    Column("order", "Order", .code), Column("product", "Product", .code),
    Column("opened", "Opened", .day), Column("answers", "Answers", .number),
    Column("answered", "First answer", .day), Column("wait", "Days to it", .number),
    Column("closed", "Closed", .day), Column("open", "Days open", .number),
    Column("satisfaction", "Satisfaction", .number), Column("state", "State", .text),
  ]
  public static let keys = ["ticket"]
  public static let measures = ["answers", "open"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var (open, answers) = (0, Int64(0))
    let tickets = try inquiry.documents(Ticket.self, of: try inquiry.names(of: .ticket))
    for (id, code) in try inquiry.sorted(tickets.keys) {
      let ticket = tickets[id] ?? Ticket()
      if ticket.customer.isNone { continue }
      if !inquiry.subject.isNone, ticket.customer != inquiry.subject, id != inquiry.subject {
        continue
      }
      if let from = inquiry.request.from, ticket.openedOn < from { continue }
      let until = ticket.closedOn ?? max(inquiry.ageingDay, ticket.lastOn)
      let state =
        ticket.closedOn != nil ? "closed" : ticket.answers == 0 ? "not answered" : "answered"
      if ticket.closedOn == nil { open += 1 }
      answers += ticket.answers
      table.add(
        [
          .text(code.text), try inquiry.cell(ticket.customer),
          try inquiry.partyName(ticket.customer), .text(ticket.priority.rawValue),
          ticket.order.map { .text($0.text) } ?? .empty,
          ticket.product.map { .text($0.text) } ?? .empty, .day(ticket.openedOn),
          .number(ticket.answers), ticket.answeredOn.map { .day($0) } ?? .empty,
          ticket.answeredOn.map { .number(Int64($0 - ticket.openedOn)) } ?? .empty,
          ticket.closedOn.map { .day($0) } ?? .empty, .number(Int64(until - ticket.openedOn)),
          ticket.satisfaction.map { .number($0) } ?? .empty, .text(state),
        ], basis: .history(id))
    }
    table.totals = table.row([
      "ticket": .text("Total"), "answers": .number(answers), "state": .text("\(open) open"),
    ])
  }
}
