// Why: what the goods are worth, place by place; the sum is what the inventory accounts say, because both read the
// same moves.

internal import Documents
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// Quantity, value and unit cost by product and warehouse, goods between warehouses included.
public enum StockValuation: Report {
  public static let name = "stock-valuation"
  public static let title = "Stock valuation"
  public static let summary = "Quantity, value and unit cost by product and warehouse"
  public static let subject = ReportSubject.optional([.product, .warehouse])
  public static let columns = [
    Column("product", "Product", .code), Column("name", "Name", .text),
    Column("warehouse", "Warehouse", .code), Column("transfer", "In transit", .code),
    Column("unit", "Unit", .text), Column("quantity", "Quantity", .quantity),
    Column("value", "Value", .money), Column("unitCost", "Unit cost", .money),
  ]
  public static let keys = ["product", "warehouse", "transfer"]
  public static let measures = ["quantity", "value"]

  /// Decimals of a unit cost, as of a unit price.
  private static let costDecimals = 6

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var total: Int64 = 0
    let rows = try inquiry.stockRows()
    try inquiry.prepare(rows.map(\.key.commodity))
    for row in rows {
      let product = row.key.commodity
      let known = try inquiry.product(product)
      let place = try inquiry.cell(row.key.subject)
      let isInside = row.key.subject.is(.warehouse)
      total += row.sums.value
      table.add(
        [
          try inquiry.cell(product), .text(known.name), isInside ? place : .empty,
          isInside ? .empty : place, .text(known.unit),
          .amount(row.sums.amount, decimals: known.decimals), inquiry.money(row.sums.value),
          unitCost(row.sums, known.decimals, inquiry.chart.decimals),
        ], basis: .moves([.key(row.key)]))
    }
    table.totals = table.row(["product": .text("Total"), "value": inquiry.money(total)])
  }

  private static func unitCost(_ sums: TallySums, _ decimals: Int, _ money: Int) -> Cell {
    func power(_ exponent: Int) -> Int128 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
    guard sums.amount != 0,
      let cost = Exact.divide(
        Int128(sums.value) * power(decimals + costDecimals - money), Int128(sums.amount))
    else { return .empty }
    return .amount(cost, decimals: costDecimals)
  }
}

extension Inquiry {
  /// What lies in each warehouse or is between two, by product code and then place, without what is gone; only of the
  /// report's subject, if it has one.
  func stockRows() throws(ReportError) -> [TallyRow] {
    var byProduct: [NameID: [TallyRow]] = [:]
    for row in try rows(InventoryLevels.self, [.inventory, .inTransit], asOf: asOf) {
      if row.sums.amount == 0, row.sums.value == 0 { continue }
      if subject.is(.product), row.key.commodity != subject { continue }
      if subject.is(.warehouse), row.key.subject != subject { continue }
      byProduct[row.key.commodity, default: []].append(row)
    }
    var rows: [TallyRow] = []
    for (product, _) in try sorted(byProduct.keys) {
      var placed: [(place: Code, row: TallyRow)] = []
      for row in byProduct[product] ?? [] { placed.append((try code(row.key.subject), row)) }
      rows += placed.sorted { ($0.place, $0.row.key) < ($1.place, $1.row.key) }.map(\.row)
    }
    return rows
  }
}
