// Why: whether more may leave a warehouse than lies there is decided once, for the warehouse.

package import Events
package import Ledger
package import Wire

/// A place that keeps stock.
package struct Warehouse: Document {
  /// Whether goods may leave before they are recorded as received.
  package private(set) var allowsNegative = false
  package static let isDefinition = true

  package init() {}

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    guard let opened = try event.event(WarehouseOpened.self) else { return }
    allowsNegative = opened.allowsNegative
  }
}
