// Why: a transfer takes goods out of one warehouse and into another, through transit if the journey takes time;
// the goods keep their cost to the cent.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension StockTransferred: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    if let known = try s.id(.transfer, transfer) { return try arrive(known, &d, s) }
    if arrived, from == nil, to == nil {
      throw .refuse(
        "transfer.unknown", "There is no transfer \(transfer).",
        remedy: "Check the code; goods that leave and arrive at once need \"from\" and \"to\".")
    }
    let id = try d.introduce(.transfer, transfer, s)
    guard let from, let to, from != to else {
      throw .refuse(
        "transfer.places", "A transfer goes from one warehouse to another.",
        remedy: "Give \"from\" and \"to\", two different warehouses.")
    }
    let source = try d.refer(.warehouse, from, s)
    let target = try d.refer(.warehouse, to, s)
    let chart = try s.chart()
    let destination =
      arrived
      ? Place(try chart.account(.inventory), target) : Place(try chart.account(.inTransit), id)
    for line in try QuantityLine.checked(lines, &d, s) {
      try d.issue(line, from: source, named: from, to: destination, s)
    }
  }

  /// The goods of a transfer on its way have arrived: all of them, or the lines given.
  private func arrive(
    _ id: NameID, _ d: inout Decision, _ s: any Situation
  ) throws(Obstacle) {
    d.mention(id)
    let known = try s.document(Transfer.self, id)
    if arrived, known.underway.isEmpty {
      throw .refuse(
        "transfer.arrived", "All goods of transfer \(transfer) have arrived already.",
        remedy: "Nothing needs to be done; give another transfer another code.")
    }
    guard arrived else {
      throw .refuse(
        "transfer.duplicate", "There is already a transfer \(transfer).",
        remedy: "Give it another code; to say that it arrived, give \"arrived\": true.")
    }
    if d.on < known.on {
      throw .refuse(
        "transfer.notYet", "Transfer \(transfer) left on \(known.on), after \(d.on).",
        remedy: "Date the arrival on or after \(known.on).")
    }
    d.mention(known.target)
    let chart = try s.chart()
    let transit = Place(try chart.account(.inTransit), id)
    let inventory = Place(try chart.account(.inventory), known.target)
    var arriving: [(product: NameID, units: Int64)] = known.underway.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
    if !lines.isEmpty {
      arriving = try QuantityLine.checked(lines, &d, s).map { ($0.product, $0.units) }
    }
    for (product, units) in arriving {
      d.mention(product)
      if units > known.underway[product, default: 0] {
        throw .refuse(
          "transfer.exceeded",
          "\(try s.quantity(known.underway[product, default: 0], product)) of \(try s.code(product)) is on its way, not \(try s.quantity(units, product)).",
          remedy: "Let at most that arrive.")
      }
      try d.moveStock(units, worth: 0, of: product, from: transit, to: inventory, s)
    }
  }
}
