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
    // A late one mentions those that it restates.
    guard event.introduced.contains(where: { $0.id == id }) else { return }
    product = event.mention(.product) ?? .none
    warehouse = event.mention(.warehouse) ?? .none
  }
}
