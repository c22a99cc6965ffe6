// Why: what came together: its freight is shared among it, and what is faulty is refused against it.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// Goods that came together.
struct GoodsReceipt: Document {
  /// One product of it.
  struct Line: Sendable, Hashable {
    var product: NameID
    /// What came and was not rejected, in the product's smallest unit, and what it was worth when it came.
    var units: Int64 = 0
    var value: Int64 = 0
  }
  private(set) var purchase = NameID.none
  private(set) var supplier = NameID.none
  private(set) var warehouse = NameID.none
  private(set) var on = Day()
  /// In the order of the receipt's lines.
  private(set) var lines: [Line] = []
  /// What was added to the cost of its goods, by product and day; what was taken off again is below zero.
  private var landed: [NameID: [Day: Int64]] = [:]

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    switch event.kind {
    case GoodsReceived.kind.number:
      purchase = event.mention(.purchase) ?? .none
      supplier = event.mention(.supplier) ?? .none
      warehouse = event.mention(.warehouse) ?? .none
      on = event.on
      lines = event.mentions.filter { $0.is(.product) }.map { Line(product: $0) }
      for move in event.moves
      where chart.plays(.goodsReceivedNotInvoiced, move.from.account) {
        change(move, by: move.amount, worth: move.value)
      }
      for move in event.moves where chart.plays(.goodsReceivedNotInvoiced, move.to.account) {
        change(move, by: 0, worth: -move.value)
      }
    case GoodsRejected.kind.number:
      for move in event.moves where chart.plays(.goodsReceivedNotInvoiced, move.to.account) {
        change(move, by: 0, worth: -move.value)
      }
      for move in event.moves where chart.plays(.onOrder, move.to.account) {
        change(move, by: -move.amount, worth: 0)
      }
    case CostLanded.kind.number:
      // Each of its moves names the receipt as the subject of the account that bore the cost.
      for move in event.moves {
        if move.from.subject == id {
          landed[move.commodity, default: [:]][move.on, default: 0] += move.value
        }
        if move.to.subject == id {
          landed[move.commodity, default: [:]][move.on, default: 0] -= move.value
        }
      }
    default: break
    }
  }

  /// What has been added to the cost of its goods of `product` by `day` and is on no later day taken off: what can be
  /// taken off on `day`.
  func landed(on product: NameID, from day: Day) -> Int64 {
    (landed[product] ?? [:]).least(from: day)
  }

  private mutating func change(_ move: Move, by units: Int64, worth value: Int64) {
    guard let i = lines.firstIndex(where: { $0.product == move.commodity }) else { return }
    lines[i].units += units
    lines[i].value += value
  }
}
