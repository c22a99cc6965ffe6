// Why: which orders there are, how far each has come, and what is still to do.

internal import Documents
internal import Events
internal import Ledger
internal import Summaries
internal import Wire

/// Every order, product by product.
public enum Orders: Report {
  public static let name = "orders"
  public static let title = "Orders"
  public static let summary = "Orders with what was ordered, shipped, returned and invoiced"
  public static let subject = ReportSubject.optional([.customer, .product])
  public static let columns = [
    Column("order", "Order", .code), Column("customer", "Customer", .code),
    Column("on", "Day", .day), Column("state", "State", .text),
    Column("product", "Product", .code), Column("ordered", "Ordered", .quantity),
    Column("shipped", "Shipped", .quantity), Column("returned", "Returned", .quantity),
    Column("invoiced", "Invoiced", .quantity), Column("credited", "Credited", .quantity),
    Column("open", "Open", .quantity), Column("openValue", "Open value", .money),
  ]
  public static let keys = ["order", "product"]
  public static let measures = [
    "state", "ordered", "shipped", "returned", "invoiced", "credited", "open", "openValue",
  ]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var openValue: Int64 = 0
    let orders = try orders(inquiry)
    try inquiry.prepare(orders.flatMap { $0.progress.order.lines.map(\.product) })
    for (order, progress) in orders {
      if inquiry.subject.is(.customer), progress.order.customer != inquiry.subject { continue }
      for line in progress.order.lines {
        if inquiry.subject.is(.product), line.product != inquiry.subject { continue }
        openValue += line.openValue
        table.add(
          [
            try inquiry.cell(order), try inquiry.cell(progress.order.customer),
            .day(progress.on), .text(progress.state.rawValue), .text(line.code.text),
            try inquiry.quantity(line.ordered, line.product),
            try inquiry.quantity(line.shipped, line.product),
            try inquiry.quantity(line.returned, line.product),
            try inquiry.quantity(try line.everInvoiced(), line.product),
            try inquiry.quantity(line.credited, line.product),
            try inquiry.quantity(line.open, line.product), inquiry.money(line.openValue),
          ], basis: .history(order))
      }
    }
    table.totals = table.row(["order": .text("Total"), "openValue": inquiry.money(openValue)])
  }

  /// The orders that may be shown: all, or those in the history of the report's subject.
  private static func orders(
    _ inquiry: Inquiry
  ) throws(ReportError) -> [(name: NameID, progress: OrderProgress)] {
    if inquiry.subject.isNone {
      return try inquiry.progress(ofEach: try inquiry.names(of: .order))
    }
    var orders: [NameID] = []
    var seen: Set<NameID> = []
    for event in try inquiry.history(of: inquiry.subject)
    where event.kind == OrderPlaced.kind.number || event.kind == OrderRevised.kind.number {
      guard let order = event.mention(.order), seen.insert(order).inserted else { continue }
      orders.append(order)
    }
    var found: [NameID: OrderProgress] = [:]
    for (order, progress) in try inquiry.progress(ofEach: orders) { found[order] = progress }
    return orders.compactMap { order in found[order].map { (order, $0) } }
  }
}

extension Order.Line {
  /// All that has been invoiced, credited or not, in the product's unit.
  func everInvoiced() throws(ReportError) -> ExactDecimal {
    try decoding { () throws(WireError) in try invoiced.adding(credited) }
  }
}
