// Why: everything that ever happened with one customer, in the order of the days.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries

/// The whole history of one customer.
public enum CustomerHistory: Report {
  public static let name = "customer"
  public static let title = "Customer"
  public static let summary = "The whole history of one customer"
  public static let subject = ReportSubject.required([.customer])
  public static let takesFrom = true
  public static let columns = [
    Column("on", "Day", .day), Column("position", "Event", .number),
    Column("at", "Recorded", .moment), Column("event", "What", .text),
    Column("document", "Document", .code), Column("text", "Text", .text),
    Column("ordered", "Ordered", .money), Column("sold", "Sold", .money),
    Column("owed", "Owed", .money), Column("paid", "Paid", .money),
  ]
  public static let keys = ["position"]
  public static let measures = ["ordered", "sold", "owed", "paid"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let party = try inquiry.party(inquiry.subject)
    var totals = [Int64](repeating: 0, count: 4)
    for event in try inquiry.history(of: inquiry.subject).sorted(by: {
      ($0.on, $0.position) < ($1.on, $1.position)
    }) {
      if let from = inquiry.request.from, event.on < from { continue }
      let sums = sums(event, inquiry)
      for (i, sum) in sums.enumerated() { totals[i] += sum }
      table.add(
        [
          .day(event.on), .number(Int64(event.position)), .moment(event.at),
          .text(Catalogue.name(of: event.kind)), try inquiry.document(of: event),
          try inquiry.text(of: event),
        ] + sums.map { $0 == 0 ? .empty : inquiry.money($0) },
        basis: .events([event.position]))
    }
    table.totals =
      [.text("Total"), .empty, .empty, .empty, .empty, .empty] + totals.map(inquiry.money)
    let segment = party.segment.map { ", segment \($0)" } ?? ""
    let terms = party.terms.map { ", terms \($0) days" } ?? ""
    table.notes.append(party.name + segment + terms)
  }

  /// What an event adds to the backlog, the sales, the debt and the payments; nothing of what opens the books, which is
  /// about many at once.
  private static func sums(_ event: Recorded, _ inquiry: Inquiry) -> [Int64] {
    var sums: [Int64] = [0, 0, 0, 0]
    if event.mentions.count(where: { $0.is(.customer) }) > 1 { return sums }
    for move in event.moves where inquiry.look.point.counts(move.on, event.position) {
      for (account, value) in [(move.to.account, move.value), (move.from.account, -move.value)] {
        switch inquiry.chart.role(of: account) {
        case .backlog where event.kind != OrderShipped.kind.number: sums[0] += value
        case .sales, .salesReturns, .salesDiscounts: sums[1] -= value
        case .receivable, .customerAdvances: sums[2] += value
        case .bank, .cash: sums[3] += value
        default: break
        }
      }
    }
    return sums
  }
}
