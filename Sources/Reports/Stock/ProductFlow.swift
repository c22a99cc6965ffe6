// Why: over a month, where did the goods come from and where did they go? What was sold and what came back stand beside what was
// lost, so that the last column is what lies on the shelves.

internal import Documents
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// Quantities by product: what there was, what came, what was sold and returned, what is left.
public enum ProductFlow: Report {
  public static let name = "product-flow"
  public static let title = "Goods by product"
  public static let summary = "Quantity received, sold, returned and lost by product"
  public static let subject = ReportSubject.optional([.product])
  public static let takesFrom = true
  public static let columns = [
    Column("product", "Product", .code), Column("name", "Name", .text),
    Column("unit", "Unit", .text), Column("opening", "Opening", .quantity),
    Column("received", "Received", .quantity), Column("sentBack", "Sent back", .quantity),
    Column("sold", "Sold", .quantity), Column("returned", "Returned", .quantity),
    Column("adjusted", "Adjusted", .quantity), Column("scrapped", "Scrapped", .quantity),
    Column("closing", "Closing", .quantity), Column("costOfSales", "Cost of sales", .money),
  ]
  public static let keys = ["product"]
  public static let measures = [
    "opening", "received", "sentBack", "sold", "returned", "adjusted", "scrapped", "closing",
    "costOfSales",
  ]

  private struct Flow {
    var opening: Int64 = 0
    var closing: Int64 = 0
    var sums: [Role: TallySums] = [:]
    var basis: [KeyRange] = []
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let flows = try flows(inquiry)
    var cost: Int64 = 0
    let shown = inquiry.shown(flows.keys)
    try inquiry.prepare(shown)
    for (product, code) in try inquiry.sorted(shown) {
      guard let flow = flows[product] else { continue }
      let known = try inquiry.product(product)
      func quantity(_ units: Int64) -> Cell { .amount(units, decimals: known.decimals) }
      func sums(_ role: Role) -> TallySums { flow.sums[role] ?? TallySums() }
      cost += sums(.costOfSales).value
      table.add(
        [
          .text(code.text), .text(known.name), .text(known.unit), quantity(flow.opening),
          quantity(sums(.goodsReceivedNotInvoiced).creditAmount - sums(.openingBalances).amount),
          quantity(sums(.purchaseVariance).debitAmount),
          quantity(sums(.costOfSales).debitAmount), quantity(sums(.costOfSales).creditAmount),
          quantity(-sums(.stockAdjustment).amount), quantity(sums(.scrap).amount),
          quantity(flow.closing), inquiry.money(sums(.costOfSales).value),
        ], basis: .moves(flow.basis))
    }
    if inquiry.subject.isNone {
      let rest = try inquiry.costOfSales() - cost
      if rest != 0 {
        table.add(
          table.row(["product": .text("—"), "costOfSales": inquiry.money(rest)]),
          basis: .moves(inquiry.accounts(.costOfSales).map { .account($0.id) }))
      }
      cost += rest
    }
    table.totals = table.row(["product": .text("Total"), "costOfSales": inquiry.money(cost)])
  }

  private static func flows(_ inquiry: Inquiry) throws(ReportError) -> [NameID: Flow] {
    let roles: [Role] = [
      .inventory, .inTransit, .goodsReceivedNotInvoiced, .openingBalances, .purchaseVariance,
      .costOfSales, .stockAdjustment, .scrap,
    ]
    var before: [TallyKey: TallySums] = [:]
    if let day = inquiry.dayBefore {
      for row in try inquiry.rows(ProductFlows.self, roles, asOf: day) {
        before[row.key] = row.sums
      }
    }
    var flows: [NameID: Flow] = [:]
    for row in try inquiry.rows(ProductFlows.self, roles, asOf: inquiry.asOf) {
      guard let role = inquiry.chart.role(of: row.key.account), row.key.commodity.is(.product)
      else { continue }
      let opening = before[row.key] ?? TallySums()
      var flow = flows[row.key.commodity] ?? Flow()
      if role.keepsStock {
        flow.opening += opening.amount
        flow.closing += row.sums.amount
      } else {
        flow.sums[role, default: TallySums()].add(row.sums.subtracting(opening))
      }
      flow.basis.append(.key(row.key))
      flows[row.key.commodity] = flow
    }
    return flows
  }
}

extension Inquiry {
  /// What the goods cost that were sold from the request's first day to the last, as the income statement says it.
  fileprivate func costOfSales() throws(ReportError) -> Int64 {
    let results = try results(after: dayBefore, through: asOf)
    return accounts(.costOfSales).reduce(0) { $0 + (results[$1.id] ?? 0) }
  }
}
