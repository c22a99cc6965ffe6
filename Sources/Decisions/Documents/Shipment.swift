// Why: a return goes back against its shipment: what left, from where, and what has come back already.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// Goods that left for a customer.
struct Shipment: Document {
  private(set) var order = NameID.none
  private(set) var customer = NameID.none
  private(set) var on = Day()
  private(set) var isDelivered = false
  /// What left, by product.
  private(set) var shipped: [NameID: Int64] = [:]
  /// What has come back of it, by product.
  private(set) var returned: [NameID: Int64] = [:]

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    switch event.kind {
    case OrderShipped.kind.number:
      on = event.on
      order = event.mention(.order) ?? .none
      customer = event.mention(.customer) ?? .none
      for move in event.moves where chart.plays(.costOfSales, move.to.account) && move.amount > 0 {
        shipped[move.commodity, default: 0] += move.amount
      }
    case ShipmentDelivered.kind.number: isDelivered = true
    case OrderReturned.kind.number:
      for move in event.moves where chart.plays(.costOfSales, move.from.account) && move.amount > 0
      {
        returned[move.commodity, default: 0] += move.amount
      }
    default: break
    }
  }
}
