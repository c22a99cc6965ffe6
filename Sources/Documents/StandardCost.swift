// Why: under standard costing goods are worth what was fixed beforehand; what they really cost beyond it is a variance. A
// standard holds from its day on.

package import Ledger
package import Wire

/// What one unit of a product is worth from a day on.
package struct StandardCost: Sendable, Hashable {
  package var on: Day
  package var cost: ExactDecimal

  package init(on: Day, cost: ExactDecimal) {
    self.on = on
    self.cost = cost
  }

  /// What `units` of the product's smallest unit are worth.
  package func value(
    of units: Int64, decimals: Int, currencyDecimals: Int
  ) throws(WireError) -> Int64 {
    try Exact.product(
      ExactDecimal(digits: units, scale: decimals), cost, decimals: currencyDecimals)
  }
}

extension [StandardCost] {
  /// The standard that holds on `day`; the first one for days before it.
  package func standard(on day: Day) -> StandardCost? {
    last { $0.on <= day } ?? first
  }
}
