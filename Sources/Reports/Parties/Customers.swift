// Why: who buys how much, pays, sends back, and when we last heard of them. Frequency is the number of orders, monetary
// value what an order brings on average, lifetime value what is left of all sales after what the goods cost.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// One line for each customer.
public enum Customers: Report {
  public static let name = "customers"
  public static let title = "Customers"
  public static let summary = "Purchases, returns, payments, recency and lifetime value by customer"
  public static let columns = [
    Column("customer", "Customer", .code), Column("name", "Name", .text),
    Column("segment", "Segment", .code), Column("orders", "Orders", .number),
    Column("invoiced", "Invoiced", .money), Column("credited", "Credited", .money),
    Column("received", "Received", .money), Column("refunded", "Refunded", .money),
    Column("owed", "Owed", .money), Column("advances", "Advances", .money),
    Column("perOrder", "Per order", .money), Column("lifetimeValue", "Lifetime value", .money),
    Column("last", "Last event", .day), Column("recency", "Days since", .number),
  ]
  public static let keys = ["customer"]
  public static let measures = [
    "orders", "invoiced", "credited", "received", "refunded", "owed", "advances",
  ]

  private struct Figures {
    var orders: Int64 = 0
    var invoiced: Int64 = 0
    var credited: Int64 = 0
    var received: Int64 = 0
    var refunded: Int64 = 0
    var cost: Int64 = 0
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let figures = try figures(inquiry)
    let owed = try openByParty(inquiry, .receivable)
    let advances = try openByParty(inquiry, .customerAdvances)
    var totals = [Int64](repeating: 0, count: 6)
    let customers = try inquiry.names(of: .customer)
    try inquiry.prepare(customers)
    let lastDays = try inquiry.lastDays(of: customers)
    for (id, code) in try inquiry.sorted(customers) {
      let party = try inquiry.party(id)
      let known = figures[id] ?? Figures()
      let net = known.invoiced - known.credited
      let sums = [
        known.invoiced, known.credited, known.received, known.refunded, owed[id] ?? 0,
        advances[id] ?? 0,
      ]
      for (i, sum) in sums.enumerated() { totals[i] += sum }
      let last = lastDays[id]
      table.add(
        [
          .text(code.text), .text(party.name), party.segment.map { .text($0.text) } ?? .empty,
          .number(known.orders),
        ] + sums.map(inquiry.money) + [
          known.orders == 0
            ? .empty : inquiry.money(Exact.divide(Int128(net), Int128(known.orders)) ?? 0),
          inquiry.money(net - known.cost), last.map { .day($0) } ?? .empty,
          last.map { .number(Int64(inquiry.ageingDay - $0)) } ?? .empty,
        ], basis: .history(id))
    }
    table.totals =
      [.text("Total"), .empty, .empty, .empty] + totals.map(inquiry.money)
      + [.empty, .empty, .empty, .empty]
  }

  private static func figures(_ inquiry: Inquiry) throws(ReportError) -> [NameID: Figures] {
    var all: [NameID: Figures] = [:]
    for account in inquiry.accounts(.sales, .salesReturns, .salesDiscounts, .bank, .cash) {
      for row in try inquiry.tally(CustomerHistories.self, .account(account.id)) {
        var figures = all[row.key.subject] ?? Figures()
        switch account.role {
        case .sales: figures.invoiced -= row.sums.value
        case .bank, .cash:
          figures.received += row.sums.debitValue
          figures.refunded += row.sums.creditValue
        default: figures.credited += row.sums.value
        }
        all[row.key.subject] = figures
      }
    }
    // What an event about somebody else restated is in no event about the customer.
    for (customer, cost) in try inquiry.costsByCustomer() where !customer.isNone {
      all[customer, default: Figures()].cost = cost
    }
    for row in try inquiry.tally(CustomerHistories.self, .account(.none))
    where row.key == CustomerHistories.counted(OrderPlaced.kind.number, by: row.key.subject) {
      all[row.key.subject, default: Figures()].orders = row.sums.amount
    }
    return all
  }

  private static func openByParty(
    _ inquiry: Inquiry, _ role: Role
  ) throws(ReportError) -> [NameID: Int64] {
    var open: [NameID: Int64] = [:]
    for document in try inquiry.openDocuments(role) {
      open[document.party, default: 0] += document.openValue
    }
    return open
  }
}
