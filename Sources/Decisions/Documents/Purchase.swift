// Why: what was ordered from a supplier, what came, what was billed: the three sides of the match.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// A purchase order.
struct Purchase: Document {
  /// One product of it, in its smallest unit.
  struct Line: Sendable, Hashable {
    var product: NameID
    var code: Code
    var price: ExactDecimal
    var ordered: Int64 = 0
    var received: Int64 = 0
    /// What is still to come is worth, in the books' currency.
    var openValue: Int64 = 0
    /// What has been billed, in the product's unit.
    var billed = ExactDecimal()
    /// What the goods received were worth, in the books' currency, and how much of that has been billed.
    var receivedValue: Int64 = 0
    var billedValue: Int64 = 0
    /// The warehouses that received it.
    var warehouses: [NameID] = []
  }
  private(set) var supplier = NameID.none
  private(set) var currency = Code()
  private(set) var lines: [Line] = []

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let ordered = try event.event(PurchaseOrdered.self) {
      supplier = event.mention(.supplier) ?? .none
      currency = ordered.currency
      let products = event.mentions.filter { $0.is(.product) }
      for line in ordered.lines where !lines.contains(where: { $0.code == line.product }) {
        lines.append(Line(product: products[lines.count], code: line.product, price: line.price))
      }
    }
    for move in event.moves where move.commodity.is(.product) {
      guard let i = lines.firstIndex(where: { $0.product == move.commodity }) else { continue }
      let notInvoiced = chart.roles[.goodsReceivedNotInvoiced]
      if event.kind == PurchaseOrdered.kind.number, chart.plays(.onOrder, move.to.account) {
        lines[i].ordered += move.amount
        lines[i].openValue += move.value
      } else if chart.plays(.onOrder, move.from.account) {
        lines[i].openValue -= move.value
      } else if event.kind == GoodsReceived.kind.number, move.from.account == notInvoiced {
        lines[i].received += move.amount
        lines[i].receivedValue += move.value
        if !lines[i].warehouses.contains(move.to.subject) {
          lines[i].warehouses.append(move.to.subject)
        }
      }
    }
    if let bill = try event.event(BillReceived.self) {
      for line in bill.lines {
        guard let i = lines.firstIndex(where: { $0.code == line.product }) else { continue }
        lines[i].billed = try lines[i].billed.adding(line.quantity)
      }
      let notInvoiced = chart.roles[.goodsReceivedNotInvoiced]
      for move in event.moves where move.to.account == notInvoiced && move.to.subject == id {
        guard let i = lines.firstIndex(where: { $0.product == move.commodity }) else { continue }
        lines[i].billedValue += move.value
      }
    }
  }
}
