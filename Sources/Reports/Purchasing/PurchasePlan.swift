// Why: what to buy, and why: what will be there when everything ordered has come and everything promised has gone, against
// the point at which one wants to buy again.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// Products that fall below their reorder point, with what to order.
public enum PurchasePlan: Report {
  public static let name = "purchase-plan"
  public static let title = "Purchase plan"
  public static let summary = "What to order: products below their reorder point"
  public static let subject = ReportSubject.optional([.product, .supplier])
  public static let columns = [
    Column("product", "Product", .code), Column("name", "Name", .text),
    Column("unit", "Unit", .text), Column("onHand", "On hand", .quantity),
    Column("inTransit", "In transit", .quantity), Column("demand", "Demand", .quantity),
    Column("available", "Available", .quantity), Column("onOrder", "On order", .quantity),
    Column("reorderPoint", "Reorder point", .quantity),
    Column("proposal", "Proposal", .quantity), Column("supplier", "Supplier", .code),
  ]
  public static let keys = ["product"]
  public static let measures = ["available", "onOrder", "demand", "proposal"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let levels = try inquiry.goodsLevels()
    let products =
      inquiry.subject.is(.product) ? [inquiry.subject] : try inquiry.names(of: .product)
    try inquiry.prepare(products)
    for (product, code) in try inquiry.sorted(products) {
      let known = try inquiry.product(product)
      if known.isRetired { continue }
      let level = levels[product] ?? GoodsLevel()
      let available = level.promisable + level.inTransit
      let point = try decoding { () throws(WireError) in
        try (known.reorderPoint ?? .zero).units(decimals: known.decimals)
      }
      let missing = point - available - level.onOrder
      guard missing > 0 else { continue }
      let supplier = try lastSupplier(of: product, inquiry)
      if inquiry.subject.is(.supplier), supplier != inquiry.subject { continue }
      func quantity(_ units: Int64) -> Cell { .amount(units, decimals: known.decimals) }
      table.add(
        [
          .text(code.text), .text(known.name), .text(known.unit), quantity(level.onHand),
          quantity(level.inTransit), quantity(level.backlog), quantity(available),
          quantity(level.onOrder), quantity(point), quantity(missing),
          try inquiry.cell(supplier),
        ], basis: level.basis.isEmpty ? .history(product) : .moves(level.basis))
    }
  }

  /// From whom the product was ordered last.
  private static func lastSupplier(
    of product: NameID, _ inquiry: Inquiry
  ) throws(ReportError) -> NameID {
    var supplier = NameID.none
    try inquiry.forEachEvent(
      about: product, where: { $0.kind == PurchaseOrdered.kind.number && inquiry.isInTime($0) }
    ) { supplier = $0.mention(.supplier) ?? .none }
    return supplier
  }
}
