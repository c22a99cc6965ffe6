// Why: what was declared for which period, and what of it is still to be paid or paid back.

internal import Documents
internal import Events
internal import Ledger
internal import Summaries
internal import Wire

/// Every tax filing with its settlement.
public enum TaxFilings: Report {
  public static let name = "tax-filings"
  public static let title = "Tax filings"
  public static let summary = "Filings with what was declared, carried over, paid and is open"
  public static let columns = [
    Column("filing", "Filing", .code), Column("from", "From", .day),
    Column("through", "Through", .day), Column("on", "Filed", .day), Column("due", "Due", .day),
    Column("collected", "Collected", .money), Column("claimed", "Claimed", .money),
    Column("payable", "Payable", .money), Column("carried", "Carried", .money),
    Column("paid", "Paid", .money), Column("open", "Open", .money),
  ]
  public static let keys = ["filing"]
  public static let measures = ["collected", "claimed", "payable", "carried", "paid", "open"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var open: Int64 = 0
    for filing in try inquiry.names(of: .filing) {
      let events = try inquiry.history(of: filing)
      guard let first = events.first,
        let filed = try decoding({ () throws(WireError) in try first.event(TaxFiled.self) })
      else { continue }
      var (collected, claimed, carried, paid): (Int64, Int64, Int64, Int64) = (0, 0, 0, 0)
      for move in events.flatMap(\.moves) {
        // A credit of the settlement is owed.
        let isCredit = settles(move.from, filing, inquiry)
        guard isCredit || settles(move.to, filing, inquiry) else { continue }
        let owed = isCredit ? move.value : -move.value
        switch inquiry.chart.role(of: isCredit ? move.to.account : move.from.account) {
        case .taxCollected: collected += owed
        case .taxDeductible: claimed -= owed
        case .taxSettlement: carried += owed
        default: paid -= owed
        }
      }
      let payable = collected - claimed
      open += payable + carried - paid
      table.add(
        [
          try inquiry.cell(filing), .day(filed.from), .day(filed.through), .day(first.on),
          filed.due.map { .day($0) } ?? .empty,
        ]
          + [collected, claimed, payable, carried, paid, payable + carried - paid]
          .map(inquiry.money), basis: .history(filing))
    }
    table.totals = table.row(["filing": .text("Open"), "open": inquiry.money(open)])
  }

  private static func settles(_ place: Place, _ filing: NameID, _ inquiry: Inquiry) -> Bool {
    place.subject == filing && inquiry.chart.plays(.taxSettlement, place.account)
  }
}
