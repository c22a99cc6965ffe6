// Why: components leave at cost, and the product comes in at their sum, to the cent.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension StockAssembled: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let id = try d.introduce(.assembly, assembly, s)
    let warehouse = try d.refer(.warehouse, self.warehouse, s)
    let (made, known) = try d.product(product, s)
    let units = try d.units(quantity, product, known)
    let chart = try s.chart()
    let bench = Place(try chart.account(.stockAdjustment), id)
    for line in try QuantityLine.checked(components, &d, s) {
      if line.product == made {
        throw .refuse(
          "assembly.circular", "\(product) cannot be made of itself.",
          remedy: "Name the components that were used.")
      }
      try d.issue(line, from: warehouse, named: self.warehouse, to: bench, s)
    }
    if !lots.isEmpty { d.lots[made] = lots }
    let cost = d.moves.reduce(Int64(0)) {
      $0 + ($1.to == bench ? $1.value : 0) - ($1.from == bench ? $1.value : 0)
    }
    try d.moveStock(
      units, worth: cost, of: made, from: bench,
      to: Place(try chart.account(.inventory), warehouse), s)
  }
}
