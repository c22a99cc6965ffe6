// Why: before a bill is paid one asks whether what it bills was ordered and has come. What agrees is left out, unless one
// asks for a purchase order, a supplier or a product.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// Ordered, received, returned and billed, by purchase order and product.
public enum ThreeWayMatch: Report {
  public static let name = "three-way-match"
  public static let title = "Three-way match"
  public static let summary = "Purchases whose orders, receipts and bills do not agree yet"
  public static let subject = ReportSubject.optional([.purchase, .supplier, .product])
  public static let columns = [
    Column("purchase", "Purchase", .code), Column("supplier", "Supplier", .code),
    Column("on", "Day", .day), Column("product", "Product", .code),
    Column("state", "State", .text), Column("ordered", "Ordered", .quantity),
    Column("received", "Received", .quantity), Column("returned", "Returned", .quantity),
    Column("billed", "Billed", .quantity), Column("toCome", "To come", .quantity),
    Column("toBill", "To bill", .quantity), Column("currency", "Currency", .code),
    Column("price", "Price", .quantity), Column("priceDifference", "Price diff.", .quantity),
    Column("unbilled", "Not billed", .money),
  ]
  public static let keys = ["purchase", "product"]
  public static let measures = [
    "state", "ordered", "received", "returned", "billed", "priceDifference", "unbilled",
  ]

  /// What is to be done about a line.
  private enum State: String {
    case toCredit = "to credit"
    case toBill = "to bill"
    case toCome = "to come"
    case otherPrice = "other price"
    case matched
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var unbilled: Int64 = 0
    for (id, purchase) in try inquiry.purchases() {
      if inquiry.subject.is(.supplier), purchase.supplier != inquiry.subject { continue }
      for line in purchase.lines {
        if inquiry.subject.is(.product), line.product != inquiry.subject { continue }
        let state = try state(line)
        if state == .matched, inquiry.subject.isNone { continue }
        let currency = Currency(purchase.currency)?.decimals ?? inquiry.chart.decimals
        unbilled += line.unbilledValue
        let (toBill, received) = try decoding { () throws(WireError) in
          (try line.unbilled, try line.kept.adding(line.returned))
        }
        table.add(
          [
            try inquiry.cell(id), try inquiry.cell(purchase.supplier), .day(purchase.on),
            .text(line.code.text), .text(state.rawValue),
            try inquiry.quantity(line.ordered, line.product),
            try inquiry.quantity(received, line.product),
            try inquiry.quantity(line.returned, line.product),
            try inquiry.quantity(line.billed, line.product),
            try inquiry.quantity(line.toCome, line.product),
            try inquiry.quantity(toBill, line.product), .text(purchase.currency.text),
            .amount(line.price.digits, decimals: Int(line.price.scale)),
            .amount(line.priceDifference, decimals: currency),
            inquiry.money(line.unbilledValue),
          ], basis: .history(id))
      }
    }
    table.totals = table.row(["purchase": .text("Total"), "unbilled": inquiry.money(unbilled)])
  }

  private static func state(_ line: Purchase.Line) throws(ReportError) -> State {
    let unbilled = try decoding { () throws(WireError) in try line.unbilled }
    if unbilled.isNegative { return .toCredit }
    if !unbilled.isZero { return .toBill }
    if line.toCome > 0 { return .toCome }
    return line.priceDifference == 0 ? .matched : .otherPrice
  }
}

extension Inquiry {
  /// Every purchase order as of the report's day, in the order of their recording; only that of the report's subject, if
  /// it is one.
  func purchases() throws(ReportError) -> [(id: NameID, purchase: Purchase)] {
    let asked = subject.is(.purchase) ? [subject] : try names(of: .purchase)
    let found = try documents(Purchase.self, of: asked)
    return asked.compactMap { name in
      found[name].flatMap { $0.supplier.isNone ? nil : (name, $0) }
    }
  }
}
