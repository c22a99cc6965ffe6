// Why: what has been promised and not been sent, how long customers have been waiting, and whether it is there.

internal import Documents
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// Open order lines, the oldest first.
public enum Backlog: Report {
  public static let name = "backlog"
  public static let title = "Backlog"
  public static let summary = "Open order lines, oldest first, with what of them could be sent now"
  public static let subject = ReportSubject.optional([.customer, .product])
  public static let columns = [
    Column("order", "Order", .code), Column("customer", "Customer", .code),
    Column("on", "Day", .day), Column("days", "Days", .number),
    Column("product", "Product", .code), Column("open", "Open", .quantity),
    Column("reserved", "Reserved", .quantity), Column("ready", "Ready", .quantity),
    Column("openValue", "Open value", .money),
  ]
  public static let keys = ["order", "product"]
  public static let measures = ["open", "reserved", "ready", "openValue"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var free: [NameID: Int64] = [:]
    for row in try inquiry.rows(
      InventoryLevels.self, [.inventory, .reserved], asOf: inquiry.asOf)
    where row.key.subject.is(.warehouse) {
      // The other side of a reservation is its order; it is counted in the warehouse.
      let isReserved = inquiry.chart.plays(.reserved, row.key.account)
      free[row.key.commodity, default: 0] += isReserved ? -row.sums.amount : row.sums.amount
    }
    // What has expired is not sent.
    for (product, expired) in try inquiry.expiredGoods() {
      free[product, default: 0] -= expired
    }
    var openValue: Int64 = 0
    let open = try inquiry.rows(OrderBook.self, [.backlog], asOf: inquiry.asOf).filter {
      $0.sums.amount != 0
    }
    let orders = try inquiry.progress(ofEach: open.map(\.key.subject))
    try inquiry.prepare(open.map(\.key.commodity))
    for (name, progress) in orders.sorted(by: {
      ($0.progress.on, $0.name) < ($1.progress.on, $1.name)
    }) {
      if inquiry.subject.is(.customer), progress.order.customer != inquiry.subject { continue }
      for line in progress.order.lines where line.open > 0 {
        let reserved = progress.order.reserved.reduce(0) {
          $0 + ($1.key.product == line.product ? $1.value : 0)
        }
        // Who ordered first is served first; what is reserved is there already.
        let own = min(reserved, line.open)
        let more = min(line.open - own, max(free[line.product] ?? 0, 0))
        free[line.product, default: 0] -= more
        if inquiry.subject.is(.product), line.product != inquiry.subject { continue }
        openValue += line.openValue
        table.add(
          [
            try inquiry.cell(name), try inquiry.cell(progress.order.customer),
            .day(progress.on), .number(Int64(inquiry.ageingDay - progress.on)),
            .text(line.code.text), try inquiry.quantity(line.open, line.product),
            try inquiry.quantity(reserved, line.product),
            try inquiry.quantity(own + more, line.product), inquiry.money(line.openValue),
          ], basis: .history(name))
      }
    }
    table.totals = table.row(["order": .text("Total"), "openValue": inquiry.money(openValue)])
  }
}
