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
    /// What has come and what has been billed, in the product's unit.
    var receivedQuantity = ExactDecimal()
    var billed = ExactDecimal()
    /// What the goods that have come and are not billed were worth, in the books' currency.
    var unbilledValue: Int64 = 0
    /// When how much of it came, in its smallest unit.
    var receipts: [Receipt] = []

    /// What `quantity` of the goods not yet billed was worth when it came: its part in proportion; the last part
    /// is all that is left.
    func clearing(_ quantity: ExactDecimal) throws(WireError) -> Int64 {
      let unbilled = try receivedQuantity.adding(billed.negated)
      let scale = Int(max(quantity.scale, unbilled.scale))
      let part = try quantity.units(decimals: scale)
      let whole = try unbilled.units(decimals: scale)
      return part >= whole ? unbilledValue : Exact.share(unbilledValue, part, of: whole)
    }
  }
  /// Goods that came on a day.
  struct Receipt: Sendable, Hashable {
    var on: Day
    var units: Int64
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
      if event.kind == PurchaseOrdered.kind.number, chart.plays(.onOrder, move.to.account) {
        lines[i].ordered += move.amount
        lines[i].openValue += move.value
      } else if chart.plays(.onOrder, move.from.account) {
        lines[i].openValue -= move.value
      } else if event.kind == GoodsReceived.kind.number,
        chart.plays(.goodsReceivedNotInvoiced, move.from.account)
      {
        lines[i].received += move.amount
        lines[i].unbilledValue += move.value
        lines[i].receipts.append(Receipt(on: event.on, units: move.amount))
      }
    }
    if let received = try event.event(GoodsReceived.self) {
      for line in received.lines {
        guard let i = lines.firstIndex(where: { $0.code == line.product }) else { continue }
        lines[i].receivedQuantity = try lines[i].receivedQuantity.adding(line.quantity)
      }
    }
    if let bill = try event.event(BillReceived.self) {
      for line in bill.lines {
        guard let i = lines.firstIndex(where: { $0.code == line.product }) else { continue }
        lines[i].unbilledValue -= try lines[i].clearing(line.quantity)
        lines[i].billed = try lines[i].billed.adding(line.quantity)
      }
    }
  }
}
