// Why: one order from its receipt to its delivery: what became of each line, and what happened when.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// One order, line by line, with its history.
public enum OrderState: Report {
  public static let name = "order"
  public static let title = "Order"
  public static let summary = "One order from receipt to delivery"
  public static let subject = ReportSubject.required([.order])
  public static let columns = [
    Column("product", "Product", .code), Column("name", "Name", .text),
    Column("price", "Price", .text), Column("ordered", "Ordered", .quantity),
    Column("reserved", "Reserved", .quantity), Column("shipped", "Shipped", .quantity),
    Column("returned", "Returned", .quantity), Column("invoiced", "Invoiced", .quantity),
    Column("credited", "Credited", .quantity), Column("open", "Open", .quantity),
    Column("openValue", "Open value", .money),
  ]
  public static let keys = ["product"]
  public static let measures = [
    "ordered", "reserved", "shipped", "returned", "invoiced", "credited", "open", "openValue",
  ]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    guard let progress = try inquiry.progress(of: inquiry.subject) else {
      table.notes.append("It had not been placed yet.")
      return
    }
    var openValue: Int64 = 0
    for line in progress.order.lines {
      let reserved = progress.order.reserved.reduce(0) {
        $0 + ($1.key.product == line.product ? $1.value : 0)
      }
      openValue += line.openValue
      let discount = line.terms.discount.map { " − \($0) %" } ?? ""
      table.add(
        [
          .text(line.code.text), .text(try inquiry.product(line.product).name),
          .text("\(line.terms.price)\(discount)"),
          try inquiry.quantity(line.ordered, line.product),
          try inquiry.quantity(reserved, line.product),
          try inquiry.quantity(line.shipped, line.product),
          try inquiry.quantity(line.returned, line.product),
          try inquiry.quantity(try line.everInvoiced(), line.product),
          try inquiry.quantity(line.credited, line.product),
          try inquiry.quantity(line.open, line.product), inquiry.money(line.openValue),
        ], basis: .history(inquiry.subject))
    }
    table.totals = table.row(["product": .text("Total"), "openValue": inquiry.money(openValue)])
    let customer = try inquiry.cell(progress.order.customer).plain
    table.notes.append(
      "\(progress.state.rawValue); placed \(progress.on) by \(customer) in \(progress.order.currency)"
    )
    var history: [String] = []
    for event in progress.events {
      let document = try inquiry.document(of: event).plain
      history.append(
        "\(event.on)  #\(event.position)  \(Catalogue.name(of: event.kind))  \(document)")
    }
    table.notes.append(history.joined(separator: "\n"))
  }
}
