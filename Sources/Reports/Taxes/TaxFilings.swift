// Why: what was declared for which period, and what of it is still to be paid or paid back.

internal import Documents
internal import Events
internal import Ledger
internal import Summaries

/// Every tax filing with its settlement.
public enum TaxFilings: Report {
  public static let name = "tax-filings"
  public static let title = "Tax filings"
  public static let summary = "Filings with what was declared, carried over, paid and is open"
  public static let columns = [
    Column("filing", "Filing", .code), Column("taxes", "Taxes", .text),
    Column("from", "From", .day),
    Column("through", "Through", .day), Column("on", "Filed", .day), Column("due", "Due", .day),
    Column("collected", "Collected", .money), Column("claimed", "Claimed", .money),
    Column("withheld", "Withheld", .money),
    Column("payable", "Payable", .money), Column("carried", "Carried", .money),
    Column("paid", "Paid", .money), Column("open", "Open", .money),
  ]
  public static let keys = ["filing"]
  public static let measures = [
    "collected", "claimed", "withheld", "payable", "carried", "paid", "open",
  ]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let filings = try inquiry.filings()
    for figures in filings {
      table.add(
        [
          try inquiry.cell(figures.filing), .text(figures.taxes), .day(figures.filed.from),
          .day(figures.filed.through), .day(figures.on),
          figures.filed.due.map { .day($0) } ?? .empty,
        ]
          + [
            figures.collected, figures.claimed, figures.withheld, figures.payable,
            figures.carried, figures.paid, figures.open,
          ].map(inquiry.money), basis: .history(figures.filing))
    }
    table.totals = table.row([
      "filing": .text("Open"), "open": inquiry.money(filings.reduce(0) { $0 + $1.open }),
    ])
  }
}
