// Why: what can be promised: what lies in each warehouse, less what is promised already, and what is on its way.

internal import Documents
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// On hand, reserved and available by product and warehouse; on order and in the backlog by product.
public enum StockLevels: Report {
  public static let name = "stock-levels"
  public static let title = "Stock levels"
  public static let summary = "On hand, reserved, available, on order and backlog by product"
  public static let subject = ReportSubject.optional([.product, .warehouse])
  public static let columns = [
    Column("product", "Product", .code), Column("name", "Name", .text),
    Column("warehouse", "Warehouse", .code), Column("unit", "Unit", .text),
    Column("onHand", "On hand", .quantity), Column("reserved", "Reserved", .quantity),
    Column("available", "Available", .quantity), Column("inTransit", "In transit", .quantity),
    Column("onOrder", "On order", .quantity), Column("backlog", "Backlog", .quantity),
  ]
  public static let keys = ["product", "warehouse"]
  public static let measures = [
    "onHand", "reserved", "available", "inTransit", "onOrder", "backlog",
  ]

  /// What is known of one product in one warehouse, or (with no warehouse) outside all of them.
  private struct Level {
    var onHand: Int64 = 0
    var reserved: Int64 = 0
    var inTransit: Int64 = 0
    var onOrder: Int64 = 0
    var backlog: Int64 = 0
    var basis: [KeyRange] = []
    var isZero: Bool {
      onHand == 0 && reserved == 0 && inTransit == 0 && onOrder == 0 && backlog == 0
    }
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var levels: [NameID: [NameID: Level]] = [:]
    let rows =
      try inquiry.rows(
        InventoryLevels.self, [.inventory, .reserved, .inTransit], asOf: inquiry.asOf)
      + inquiry.rows(OrderBook.self, [.onOrder, .backlog], asOf: inquiry.asOf)
    for row in rows {
      guard let role = inquiry.chart.role(of: row.key.account), row.sums.amount != 0 else {
        continue
      }
      let isWarehouse = row.key.subject.is(.warehouse)
      // The other side of a reservation is its order; it is counted in the warehouse.
      if role == .reserved, !isWarehouse { continue }
      let warehouse = isWarehouse ? row.key.subject : .none
      var level = levels[row.key.commodity, default: [:]][warehouse] ?? Level()
      switch role {
      case .inventory: level.onHand += row.sums.amount
      case .reserved: level.reserved += row.sums.amount
      case .inTransit: level.inTransit += row.sums.amount
      case .onOrder: level.onOrder += row.sums.amount
      default: level.backlog += row.sums.amount
      }
      level.basis.append(.key(row.key))
      levels[row.key.commodity, default: [:]][warehouse] = level
    }
    let shown = inquiry.shown(levels.keys)
    try inquiry.prepare(shown)
    for (product, code) in try inquiry.sorted(shown) {
      let known = try inquiry.product(product)
      func quantity(_ units: Int64) -> Cell { .amount(units, decimals: known.decimals) }
      for (warehouse, name) in try inquiry.sorted((levels[product] ?? [:]).keys) {
        if inquiry.subject.is(.warehouse), warehouse != inquiry.subject { continue }
        guard let level = levels[product]?[warehouse], !level.isZero else { continue }
        let inside = !warehouse.isNone
        table.add(
          [
            .text(code.text), .text(known.name), inside ? .text(name.text) : .empty,
            .text(known.unit),
            inside ? quantity(level.onHand) : .empty, inside ? quantity(level.reserved) : .empty,
            inside ? quantity(level.onHand - level.reserved) : .empty,
            inside ? .empty : quantity(level.inTransit), inside ? .empty : quantity(level.onOrder),
            inside ? .empty : quantity(level.backlog),
          ], basis: .moves(level.basis))
      }
    }
  }
}
