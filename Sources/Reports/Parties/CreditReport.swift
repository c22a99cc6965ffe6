// Why: who may be sold more on credit, and who is beyond the limit already.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// Customers with a credit limit: what they owe, what is on order, what is left.
public enum CreditReport: Report {
  public static let name = "credit"
  public static let title = "Credit limits"
  public static let summary = "What customers with a limit owe and have on order, and what is left"
  public static let subject = ReportSubject.optional([.customer])
  public static let columns = [
    Column("party", "Party", .code), Column("name", "Name", .text),
    Column("limit", "Limit", .money), Column("owed", "Owed", .money),
    Column("backlog", "On order", .money), Column("left", "Left", .money),
    Column("state", "State", .text),
  ]
  public static let keys = ["party"]
  public static let measures = ["limit", "owed", "backlog", "left"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var owed: [NameID: Int64] = [:]
    for document in try inquiry.openDocuments(.receivable) {
      owed[document.party, default: 0] += document.openValue
    }
    var backlog: [NameID: Int64] = [:]
    let open = try inquiry.rows(OrderBook.self, [.backlog], asOf: inquiry.asOf).filter {
      $0.sums.value != 0
    }
    let orders = try inquiry.introductions(of: open.map(\.key.subject))
    for row in open {
      backlog[orders[row.key.subject]?.mention(.customer) ?? .none, default: 0] += row.sums.value
    }
    let asked = try inquiry.asked(.customer)
    let limits = try inquiry.terms(of: asked).compactMapValues(\.creditLimit)
    try inquiry.prepare(limits.keys)
    for (id, code) in try inquiry.sorted(limits.keys) {
      guard let given = limits[id] else { continue }
      let party = try inquiry.party(id)
      let limit = try decoding { () throws(WireError) in
        try given.units(decimals: inquiry.chart.decimals)
      }
      let left = limit - owed[id, default: 0] - backlog[id, default: 0]
      table.add(
        [.text(code.text), .text(party.name)]
          + [limit, owed[id, default: 0], backlog[id, default: 0], left].map(inquiry.money)
          + [.text(left < 0 ? "beyond" : "within")], basis: .history(id))
    }
  }
}
