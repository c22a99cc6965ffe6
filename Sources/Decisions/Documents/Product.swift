// Why: what a product is now: its unit, how it is costed and taxed, whether it may still be ordered.

internal import Events
internal import Ledger
internal import Wire

/// A product as registered and revised.
struct Product: Document {
  private(set) var unit = ""
  private(set) var decimals = 0
  private(set) var costing = Costing.fifo
  private(set) var tax: Code?
  private(set) var price: ExactDecimal?
  private(set) var isRetired = false

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let registered = try event.event(ProductRegistered.self) {
      unit = registered.unit
      decimals = Int(registered.decimals)
      costing = registered.costing
      tax = registered.tax
      price = registered.price
    } else if let revised = try event.event(ProductRevised.self) {
      tax = revised.tax ?? tax
      price = revised.price ?? price
    } else if try event.event(ProductRetired.self) != nil {
      isRetired = true
    }
  }
}
