// Why: goods leave for a customer at cost, and the backlog and the reservation fall; a return comes back at the
// cost of the original issue.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension OrderShipped: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.shipment, shipment, s)
    let (order, known) = try d.order(self.order, s)
    d.mention(known.customer)
    let warehouse = try d.refer(.warehouse, self.warehouse, s)
    let chart = try s.chart()
    let lines = try QuantityLine.checked(lines, &d, s)
    for line in lines {
      try d.takeFromBacklog(line.units, line.product, of: order, self.order, known, s)
    }
    for line in lines {
      try d.issue(
        line, from: warehouse, named: self.warehouse,
        to: Place(try chart.account(.costOfSales), order),
        reservedForIt: known.reserved[.init(product: line.product, warehouse: warehouse)] ?? 0, s)
    }
    for line in lines {
      let held = known.reserved[.init(product: line.product, warehouse: warehouse)] ?? 0
      let account = try chart.account(.reserved)
      d.move(
        min(held, line.units), worth: 0, of: line.product, from: Place(account, warehouse),
        to: Place(account, order))
    }
  }
}

extension ShipmentDelivered: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let id = try d.refer(.shipment, shipment, s)
    let known = try s.document(Shipment.self, id)
    d.mention(known.order)
    d.mention(known.customer)
    if known.isDelivered {
      throw .refuse(
        "shipment.delivered", "Shipment \(shipment) has been delivered already.",
        remedy: "Nothing needs to be done.")
    }
    if d.on < known.on {
      throw .refuse(
        "shipment.notYet", "Shipment \(shipment) left on \(known.on), after \(d.on).",
        remedy: "Date it on or after \(known.on).")
    }
  }
}

extension OrderReturned: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.return, self.return, s)
    let shipment = try d.refer(.shipment, self.shipment, s)
    let known = try s.document(Shipment.self, shipment)
    d.mention(known.order)
    d.mention(known.customer)
    let warehouse = try d.refer(.warehouse, self.warehouse, s)
    if d.on < known.on {
      throw .refuse(
        "return.early", "Shipment \(self.shipment) left on \(known.on), after \(d.on).",
        remedy: "Date the return on or after \(known.on).")
    }
    let chart = try s.chart()
    for line in try QuantityLine.checked(lines, &d, s) {
      let out =
        known.shipped[line.product, default: 0] - known.returned[line.product, default: 0]
      if line.units > out {
        throw .refuse(
          "return.exceeded",
          "\(try s.quantity(out, line.product)) of \(line.code) of shipment \(self.shipment) is still with the customer, not \(try s.quantity(line.units, line.product)).",
          remedy: "Take back at most that.")
      }
      let sold = Place(try chart.account(.costOfSales), known.order)
      try d.chooseLots(of: line, from: sold, of: known, named: self.shipment, s)
      try d.moveStock(
        line.units, worth: 0, of: line.product, from: sold,
        to: Place(try chart.account(.inventory), warehouse), s)
    }
  }
}
