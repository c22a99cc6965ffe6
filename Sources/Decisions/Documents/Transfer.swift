// Why: what has left one warehouse and not yet reached the other.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// Goods on their way between two warehouses.
struct Transfer: Document {
  private(set) var target = NameID.none
  private(set) var on = Day()
  private(set) var underway: [NameID: Int64] = [:]

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    guard event.kind == StockTransferred.kind.number else { return }
    let warehouses = event.mentions.filter { $0.is(.warehouse) }
    if warehouses.count == 2 {
      target = warehouses[1]
      on = event.on
    }
    for move in event.moves where move.amount > 0 && move.commodity.is(.product) {
      if chart.plays(.inTransit, move.to.account) {
        underway[move.commodity, default: 0] += move.amount
      } else if chart.plays(.inTransit, move.from.account) {
        underway[move.commodity, default: 0] -= move.amount
      }
    }
    underway = underway.filter { $0.value != 0 }
  }
}
