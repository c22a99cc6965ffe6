// Why: an order opens the backlog, a revision and a cancellation change it: memorandum moves, per order and
// product, amount = quantity, value = net price.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension OrderPlaced: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let order = try d.introduce(.order, self.order, s)
    let customer = try d.refer(.customer, customer, s)
    let lines = try OrderLine.checked(lines, &d, s)
    let currency = try d.currency(currency, s)
    try d.changeBacklog(of: order, by: lines, currency, s)
    try d.checkCredit(of: customer, allowedBy: allowedBy, s)
  }
}

extension OrderRevised: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let (id, known) = try d.order(order, s)
    d.mention(known.customer)
    let new = try OrderLine.checked(lines, revising: known, &d, s)
    let currency = try d.currency(known.currency, s)
    // What is still open is reversed out of the backlog, and what the revision names opened anew; shipped goods stay shipped.
    for old in known.lines {
      d.mention(old.product)
      if let line = new.first(where: { $0.product == old.product }), line.units < old.shipped {
        throw .refuse(
          "order.shipped", "\(line.line.product) of order \(order) has already been shipped.",
          remedy: "Order at least what has been shipped; take goods back with order.returned.")
      }
      try d.clearBacklog(of: id, old, s)
    }
    try d.changeBacklog(of: id, by: new, currency, s, shipped: known)
    try d.checkCredit(of: known.customer, allowedBy: allowedBy, s)
    try d.releaseReservations(of: id, known, afterLeaving: d.moves, s)
  }
}

extension OrderCancelled: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let (id, known) = try d.order(order, s)
    d.mention(known.customer)
    guard known.lines.contains(where: { $0.open > 0 }) else {
      throw .refuse(
        "order.closed", "Nothing of order \(order) is open.", remedy: "There is nothing to cancel.")
    }
    if lines.isEmpty {
      for line in known.lines {
        d.mention(line.product)
        try d.clearBacklog(of: id, line, s)
      }
    } else {
      for line in try QuantityLine.checked(lines, &d, s) {
        try d.takeFromBacklog(line.units, line.product, of: id, order, known, s)
      }
    }
    try d.releaseReservations(of: id, known, afterLeaving: d.moves, s)
  }
}

extension OrderLine {
  /// A line whose product and quantity have been checked.
  struct Checked {
    var line: OrderLine
    var product: NameID
    var units: Int64
  }

  static func checked(
    _ lines: [OrderLine], revising known: Order? = nil, _ d: inout Decision, _ s: any Situation
  ) throws(Obstacle) -> [Checked] {
    let quantities = lines.map { QuantityLine($0.product, $0.quantity) }
    let checked = zip(lines, try QuantityLine.checked(quantities, &d, s)).map {
      Checked(line: $0, product: $1.product, units: $1.units)
    }
    for line in checked where try s.document(Product.self, line.product).isRetired {
      // What was ordered before stays ordered.
      let ordered = known?.lines.first { $0.product == line.product }?.ordered ?? 0
      if line.units <= ordered { continue }
      throw .refuse(
        "product.retired", "\(line.line.product) is retired.", remedy: "Order another product.")
    }
    for line in lines {
      if let tax = line.tax { _ = try d.refer(.tax, tax, s) }
    }
    return checked
  }
}

extension Decision {
  /// The order called `code`, which must be there on the day of the event: else more would be open, shipped or reserved on
  /// some day than was ordered. Mentioned.
  mutating func order(_ code: Code, _ s: any Situation) throws(Obstacle) -> (NameID, Order) {
    let id = try refer(.order, code, s)
    let known = try s.document(Order.self, id)
    if on < known.on {
      throw .refuse(
        "order.early", "Order \(code) is of \(known.on), after \(on).",
        remedy: "Date it on or after \(known.on).")
    }
    return (id, known)
  }

  fileprivate mutating func changeBacklog(
    of order: NameID, by lines: [OrderLine.Checked], _ currency: DocumentCurrency,
    _ s: any Situation, shipped known: Order? = nil
  ) throws(Obstacle) {
    let chart = try s.chart()
    let from = Place(try chart.account(.ordered), order)
    let to = Place(try chart.account(.backlog), order)
    for line in lines {
      let net = try currency.value(
        netAmount(
          quantity: line.line.quantity, price: line.line.price, discount: line.line.discount,
          decimals: currency.decimals))
      let shipped = known?.lines.first { $0.product == line.product }?.shipped ?? 0
      let open = line.units - shipped
      if open == 0 { continue }
      move(
        open, worth: Exact.share(net, open, of: line.units), of: line.product, from: from, to: to)
    }
  }

  fileprivate mutating func clearBacklog(
    of order: NameID, _ line: Order.Line, _ s: any Situation
  ) throws(Obstacle) {
    let chart = try s.chart()
    move(
      line.open, worth: line.openValue, of: line.product,
      from: Place(try chart.account(.backlog), order), to: Place(try chart.account(.ordered), order)
    )
  }

  /// Takes `units` of a product out of an order's backlog; the last unit takes the rest of the value.
  mutating func takeFromBacklog(
    _ units: Int64, _ product: NameID, of order: NameID, _ code: Code, _ known: Order,
    _ s: any Situation
  ) throws(Obstacle) {
    guard let line = known.lines.first(where: { $0.product == product }), line.open >= units else {
      let open = known.lines.first { $0.product == product }?.open ?? 0
      throw .refuse(
        "order.exceeded",
        "Order \(code) has \(try s.quantity(open, product)) of \(try s.code(product)) open, not \(try s.quantity(units, product)).",
        remedy: "Take what is open, or revise the order first.")
    }
    let chart = try s.chart()
    move(
      units, worth: Exact.share(line.openValue, units, of: line.open), of: product,
      from: Place(try chart.account(.backlog), order), to: Place(try chart.account(.ordered), order)
    )
  }
}

extension Situation {
  /// A quantity as people write it.
  func quantity(_ units: Int64, _ product: NameID) throws(Obstacle) -> String {
    ExactDecimal(digits: units, scale: try document(Product.self, product).decimals).description
  }
}
