// Why: what was made of components costs what they cost; when their cost is restated, so is its own.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// Goods made of others.
struct Assembly: Document {
  private(set) var product = NameID.none
  private(set) var warehouse = NameID.none

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    guard event.kind == StockAssembled.kind.number else { return }
    product = event.mention(.product) ?? .none
    warehouse = event.mention(.warehouse) ?? .none
  }
}
