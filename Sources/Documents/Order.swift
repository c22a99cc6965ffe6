// Why: an order from receipt to delivery: per product what was ordered, cancelled, shipped, returned and invoiced.

package import Events
package import Ledger
package import Wire

/// A customer's order.
package struct Order: Document {
  /// The quantities of one product, in its smallest unit, and the terms of its line.
  package struct Line: Sendable, Hashable {
    package var product: NameID
    package var code: Code
    package var terms: OrderLine
    package var ordered: Int64 = 0
    package var shipped: Int64 = 0
    package var returned: Int64 = 0
    /// What has been invoiced and not credited, in the product's unit.
    package var invoiced = ExactDecimal()
    /// What has been invoiced and then credited, in the product's unit.
    package var credited = ExactDecimal()
    /// What is still in the backlog.
    package var open: Int64 = 0
    /// The net value of what is still in the backlog, in the books' currency.
    package var openValue: Int64 = 0
  }
  package private(set) var customer = NameID.none
  /// The day of which it is.
  package private(set) var on = Day()
  package private(set) var currency = Code()
  package private(set) var lines: [Line] = []
  package private(set) var reserved: [Reservation: Int64] = [:]
  /// A product reserved in a warehouse.
  package struct Reservation: Hashable, Sendable {
    package var product: NameID
    package var warehouse: NameID

    package init(product: NameID, warehouse: NameID) {
      self.product = product
      self.warehouse = warehouse
    }
  }

  package init() {}

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let placed = try event.event(OrderPlaced.self) {
      customer = event.mention(.customer) ?? .none
      on = event.on
      currency = placed.currency
      setTerms(placed.lines, event)
    } else if let revised = try event.event(OrderRevised.self) {
      setTerms(revised.lines, event)
    } else if let issued = try event.event(InvoiceIssued.self) {
      try invoice(issued.lines)
    } else if let corrected = try event.event(InvoiceCorrected.self) {
      try credit(corrected.lines)
    } else if let voided = try event.event(InvoiceVoided.self) {
      try take(voided.lines)
    }
    let place = Place(chart.roles[.backlog] ?? .none, id)
    for move in event.moves where move.commodity.is(.product) {
      noteReservation(move, id, chart)
      guard move.to == place || move.from == place else {
        if chart.plays(.costOfSales, move.from.account), move.amount > 0,
          let i = lines.firstIndex(where: { $0.product == move.commodity })
        {
          lines[i].returned += move.amount
        }
        continue
      }
      guard let i = lines.firstIndex(where: { $0.product == move.commodity }) else { continue }
      let sign: Int64 = move.to == place ? 1 : -1
      lines[i].open += sign * move.amount
      lines[i].openValue += sign * move.value
      if event.kind == OrderShipped.kind.number {
        lines[i].shipped += move.amount
      } else {
        lines[i].ordered += sign * move.amount
      }
    }
  }

  private mutating func setTerms(_ terms: [OrderLine], _ event: Recorded) {
    let products = event.mentions.filter { $0.is(.product) }
    // The decision mentions the products in the order of the lines, each once.
    var codes: [Code] = []
    for line in terms where !codes.contains(line.product) { codes.append(line.product) }
    for (code, product) in zip(codes, products) {
      guard let line = terms.first(where: { $0.product == code }) else { continue }
      if let i = lines.firstIndex(where: { $0.product == product }) {
        lines[i].terms = line
      } else {
        lines.append(Line(product: product, code: code, terms: line))
      }
    }
  }

  private mutating func invoice(_ invoiced: [InvoiceLine]) throws(WireError) {
    for line in invoiced {
      guard let i = lines.firstIndex(where: { $0.code == line.product }) else { continue }
      lines[i].invoiced = try lines[i].invoiced.adding(line.quantity)
    }
  }

  private mutating func credit(_ credited: [CorrectionLine]) throws(WireError) {
    for line in credited {
      guard let i = lines.firstIndex(where: { $0.code == line.product }) else { continue }
      lines[i].invoiced = try lines[i].invoiced.adding(line.quantity.negated)
      lines[i].credited = try lines[i].credited.adding(line.quantity)
    }
  }

  /// What an invoice billed that has been voided may be billed again, as if it had not been.
  private mutating func take(_ voided: [CorrectionLine]) throws(WireError) {
    for line in voided {
      guard let i = lines.firstIndex(where: { $0.code == line.product }) else { continue }
      lines[i].invoiced = try lines[i].invoiced.adding(line.quantity.negated)
    }
  }

  private mutating func noteReservation(_ move: Move, _ id: NameID, _ chart: Chart) {
    guard chart.plays(.reserved, move.to.account), chart.plays(.reserved, move.from.account)
    else { return }
    if move.from.subject == id {
      reserved[Reservation(product: move.commodity, warehouse: move.to.subject), default: 0] +=
        move.amount
    } else if move.to.subject == id {
      reserved[Reservation(product: move.commodity, warehouse: move.from.subject), default: 0] -=
        move.amount
    }
  }
}
