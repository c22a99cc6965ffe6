// Why: a customer asks how many can be had. What lies there and is not reserved can go at once; what is on its way, less
// what has been promised, can be promised.

internal import Documents
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// What can be promised of each product.
public enum AvailableToPromise: Report {
  public static let name = "available-to-promise"
  public static let title = "Available to promise"
  public static let summary =
    "What of each product can be promised: on hand and on order, less orders"
  public static let subject = ReportSubject.optional([.product])
  public static let columns = [
    Column("product", "Product", .code), Column("name", "Name", .text),
    Column("unit", "Unit", .text), Column("onHand", "On hand", .quantity),
    Column("inTransit", "In transit", .quantity), Column("onOrder", "On order", .quantity),
    Column("backlog", "Backlog", .quantity), Column("now", "At once", .quantity),
    Column("promise", "To promise", .quantity),
  ]
  public static let keys = ["product"]
  public static let measures = ["onHand", "inTransit", "onOrder", "backlog", "now", "promise"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let levels = try inquiry.promisable()
    for (product, code) in try inquiry.sorted(levels.keys) {
      if !inquiry.subject.isNone, product != inquiry.subject { continue }
      guard let level = levels[product] else { continue }
      let known = try inquiry.product(product)
      table.add(
        [.text(code.text), .text(known.name), .text(known.unit)]
          + [
            level.onHand, level.inTransit, level.onOrder, level.backlog,
            max(0, min(level.onHand - level.reserved, level.promise)), level.promise,
          ].map { .amount($0, decimals: known.decimals) }, basis: .moves(level.basis))
    }
  }
}

/// What of a product there is, comes and is promised, in its smallest unit.
struct Promisable {
  var onHand: Int64 = 0
  var reserved: Int64 = 0
  var inTransit: Int64 = 0
  var onOrder: Int64 = 0
  var backlog: Int64 = 0
  var basis: [KeyRange] = []

  /// What nobody has been promised yet; below zero when too much has been.
  var promise: Int64 { onHand + inTransit + onOrder - backlog }
}

extension Inquiry {
  /// What of each product there is, comes and is promised.
  func promisable() throws(ReportError) -> [NameID: Promisable] {
    var levels: [NameID: Promisable] = [:]
    let rows =
      try rows(InventoryLevels.self, [.inventory, .reserved, .inTransit], asOf: asOf)
      + self.rows(OrderBook.self, [.onOrder, .backlog], asOf: asOf)
    for row in rows where row.sums.amount != 0 {
      guard let role = chart.role(of: row.key.account) else { continue }
      // The other side of a reservation is its order; it is counted in the warehouse.
      if role == .reserved, !row.key.subject.is(.warehouse) { continue }
      var level = levels[row.key.commodity] ?? Promisable()
      switch role {
      case .inventory: level.onHand += row.sums.amount
      case .reserved: level.reserved += row.sums.amount
      case .inTransit: level.inTransit += row.sums.amount
      case .onOrder: level.onOrder += row.sums.amount
      default: level.backlog += row.sums.amount
      }
      level.basis.append(.key(row.key))
      levels[row.key.commodity] = level
    }
    return levels
  }
}
