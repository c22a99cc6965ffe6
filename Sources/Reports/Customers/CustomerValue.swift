// Why: who bought lately, often and much is served first; who used to and does not any more is called. Each customer gets
// marks from 1 to 5 among all who ever bought, by an exact rule: 1 + the whole part of 5 × (how many are worse) ÷ (how many
// there are), so that equals get equal marks.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// Recency, frequency and monetary value of each customer, with marks.
public enum CustomerValue: Report {
  public static let name = "customer-value"
  public static let title = "Customer value"
  public static let summary =
    "Recency, frequency, monetary value, marks, group and lifetime value by customer"
  public static let takesFrom = true
  public static let chart: Table.Chart? = Table.Chart("customer", "monetary")
  public static let columns = [
    Column("customer", "Customer", .code), Column("name", "Name", .text),
    Column("segment", "Segment", .code), Column("last", "Last invoice", .day),
    Column("recency", "Days since", .number), Column("frequency", "Invoices", .number),
    Column("monetary", "Sales", .money), Column("r", "R", .number), Column("f", "F", .number),
    Column("m", "M", .number), Column("group", "Group", .text),
    Column("perInvoice", "Per invoice", .money),
    Column("lifetimeValue", "Lifetime value", .money),
  ]
  public static let keys = ["customer"]
  public static let measures = ["frequency", "monetary", "lifetimeValue"]

  /// The best of fewer customers than these cannot get a mark of 5, whatever it buys.
  private static let fewest = 5

  private struct Line {
    var id: NameID
    var last: Day
    var frequency: Int64
    var monetary: Int64
    var lifetimeValue: Int64
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let lines = try lines(inquiry)
    let today = inquiry.asOf ?? inquiry.ageingDay
    let count = Int64(lines.count)
    func mark(_ isWorse: (Line) -> Bool) -> Int64 {
      1 + 5 * Int64(lines.count(where: isWorse)) / count
    }
    var rows: [(code: Code, line: Line, r: Int64, f: Int64, m: Int64)] = []
    for line in lines {
      rows.append(
        (
          try inquiry.code(line.id), line, mark { $0.last < line.last },
          mark { $0.frequency < line.frequency }, mark { $0.monetary < line.monetary }
        ))
    }
    rows.sort { ($1.r + $1.f + $1.m, $0.code) < ($0.r + $0.f + $0.m, $1.code) }
    var (frequency, monetary, lifetime) = (Int64(0), Int64(0), Int64(0))
    try inquiry.prepare(rows.map(\.line.id))
    for row in rows {
      let line = row.line
      let party = try inquiry.party(line.id)
      frequency += line.frequency
      monetary += line.monetary
      lifetime += line.lifetimeValue
      table.add(
        [
          .text(row.code.text), .text(party.name),
          party.segment.map { .text($0.text) } ?? .empty, .day(line.last),
          .number(Int64(today - line.last)), .number(line.frequency), inquiry.money(line.monetary),
          .number(row.r), .number(row.f), .number(row.m),
          count < fewest ? .empty : .text(group(row.r, row.f, row.m)),
          inquiry.money(Exact.divide(Int128(line.monetary), Int128(line.frequency)) ?? 0),
          inquiry.money(line.lifetimeValue),
        ], basis: .history(line.id))
    }
    table.totals = table.row([
      "customer": .text("Total"), "frequency": .number(frequency),
      "monetary": inquiry.money(monetary), "lifetimeValue": inquiry.money(lifetime),
    ])
    table.notes.append(
      "Marks: 1 + the whole part of 5 × worse ÷ \(count) customers who bought. Lifetime value: sales less the cost of the goods, since ever."
    )
    if count < fewest {
      table.notes.append(
        "Groups are named where at least \(fewest) customers bought: among fewer, the best does not reach every mark."
      )
    }
  }

  /// What the marks mean for whoever calls the customer.
  private static func group(_ r: Int64, _ f: Int64, _ m: Int64) -> String {
    switch (r, f + m) {
    case (4..., 8...): "champion"
    case (4..., _) where f <= 2: "new"
    case (3..., _): "regular"
    case (_, 7...): "at risk"
    default: "lost"
    }
  }

  private static func lines(_ inquiry: Inquiry) throws(ReportError) -> [Line] {
    let from = inquiry.request.from
    let last = inquiry.asOf
    let window = try inquiry.salesFigures(by: .customer, from: from, through: last)
    let ever =
      from == nil ? window : try inquiry.salesFigures(by: .customer, from: nil, through: last)
    return try inquiry.invoices(from: from).map { id, invoices in
      Line(
        id: id, last: invoices.last, frequency: invoices.count, monetary: window[id]?.sales ?? 0,
        lifetimeValue: ever[id]?.margin ?? 0)
    }
  }
}
