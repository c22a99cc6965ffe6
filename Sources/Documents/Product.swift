// Why: what a product is now: its unit, how it is costed and taxed, whether it may still be ordered.

package import Events
package import Ledger
package import Wire

/// A product as registered and revised.
package struct Product: Document {
  package private(set) var name = ""
  package private(set) var unit = ""
  package private(set) var decimals = 0
  package private(set) var tax: Code?
  package private(set) var price: ExactDecimal?
  /// Below how much, in its unit, it should be bought again.
  package private(set) var reorderPoint: ExactDecimal?
  /// Of one unit, in kilograms.
  package private(set) var weight: ExactDecimal?
  /// Whether its goods come and go in lots.
  package private(set) var tracksLots = false
  package private(set) var isRetired = false

  package init() {}

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let registered = try event.event(ProductRegistered.self) {
      name = registered.name
      unit = registered.unit
      decimals = Int(registered.decimals)
      tax = registered.tax
      price = registered.price
      reorderPoint = registered.reorderPoint
      weight = registered.weight
      tracksLots = registered.tracksLots
    } else if let revised = try event.event(ProductRevised.self) {
      name = revised.name ?? name
      tax = revised.tax ?? tax
      price = revised.price ?? price
      reorderPoint = revised.reorderPoint ?? reorderPoint
      weight = revised.weight ?? weight
    } else if try event.event(ProductRetired.self) != nil {
      isRetired = true
    }
  }
}
