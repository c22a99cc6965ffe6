// Why: before one says yes to a customer: what lies here beyond all that is promised, and what will when all that is ordered has
// come.

internal import Documents
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// What can be promised of each product, now and when what is on its way has come.
public enum AvailableToPromise: Report {
  public static let name = "available-to-promise"
  public static let title = "Available to promise"
  public static let summary = "What can be promised, now and when all that is on its way has come"
  public static let subject = ReportSubject.optional([.product])
  public static let columns = [
    Column("product", "Product", .code), Column("name", "Name", .text),
    Column("unit", "Unit", .text), Column("onHand", "On hand", .quantity),
    Column("backlog", "Backlog", .quantity), Column("now", "Now", .quantity),
    Column("inTransit", "In transit", .quantity), Column("onOrder", "On order", .quantity),
    Column("later", "Later", .quantity),
  ]
  public static let keys = ["product"]
  public static let measures = ["onHand", "backlog", "now", "inTransit", "onOrder", "later"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let levels = try inquiry.goodsLevels()
    let shown = inquiry.shown(levels.keys)
    try inquiry.prepare(shown)
    for (product, code) in try inquiry.sorted(shown) {
      guard let level = levels[product] else { continue }
      let known = try inquiry.product(product)
      func quantity(_ units: Int64) -> Cell { .amount(units, decimals: known.decimals) }
      table.add(
        [
          .text(code.text), .text(known.name), .text(known.unit), quantity(level.onHand),
          quantity(level.backlog), quantity(level.promisable), quantity(level.inTransit),
          quantity(level.onOrder), quantity(level.promisable + level.inTransit + level.onOrder),
        ], basis: .moves(level.basis))
    }
  }
}
