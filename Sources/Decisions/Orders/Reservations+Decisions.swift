// Why: reserved goods are promised to an order: memorandum moves per warehouse and product, never more than is
// available now or needed on any later day; what has expired is not available.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension StockReserved: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let warehouse = try d.refer(.warehouse, self.warehouse, s)
    let chart = try s.chart()
    let account = try chart.account(.reserved)
    let stock = Place(try chart.account(.inventory), warehouse)
    var subject = NameID.none
    if let order {
      let known: Order
      (subject, known) = try d.order(order, s)
      d.mention(known.customer)
    }
    for line in try QuantityLine.checked(lines, &d, s) {
      if let order {
        let known = try s.document(Order.self, subject)
        let open = known.lines.first { $0.product == line.product }?.open ?? 0
        let already = known.reserved.reduce(0) {
          $0 + ($1.key.product == line.product ? $1.value : 0)
        }
        if line.units > open - already {
          throw .refuse(
            "order.exceeded",
            "Order \(order) needs \(try s.quantity(open - already, line.product)) more of \(line.code), not \(try s.quantity(line.units, line.product)).",
            remedy: "Reserve what the order still needs.")
        }
      }
      let known = try s.stock(line.product, back: d.on)
      var here = known.free(stock, from: d.on)
      if try s.document(Product.self, line.product).tracksLots {
        let count = known.count(stock, after: d.on)?.on
        here = min(
          here,
          try s.document(LotBook.self, line.product).usable(in: stock, from: d.on, before: count))
      }
      let free = here - known.reserved[Place(account, warehouse), default: 0]
      if line.units > free {
        throw .refuse(
          "stock.short",
          "\(self.warehouse) has \(try s.quantity(max(free, 0), line.product)) of \(line.code) available, not \(try s.quantity(line.units, line.product)).",
          remedy: "Reserve less, receive goods first, or reserve in another warehouse.")
      }
      d.move(
        line.units, worth: 0, of: line.product, from: Place(account, subject),
        to: Place(account, warehouse))
    }
  }
}

extension StockReleased: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let warehouse = try d.refer(.warehouse, self.warehouse, s)
    let account = try s.chart().account(.reserved)
    var subject = NameID.none
    if let order {
      let known: Order
      (subject, known) = try d.order(order, s)
      d.mention(known.customer)
    }
    for line in try QuantityLine.checked(lines, &d, s) {
      let held =
        order == nil
        ? try s.document(ProductStock.self, line.product)
          .reserved[Place(account, warehouse), default: 0]
        : try s.document(Order.self, subject)
          .reserved[.init(product: line.product, warehouse: warehouse), default: 0]
      if line.units > held {
        throw .refuse(
          "reservation.exceeded",
          "Only \(try s.quantity(held, line.product)) of \(line.code) is reserved there.",
          remedy: "Release at most that.")
      }
      d.move(
        line.units, worth: 0, of: line.product, from: Place(account, warehouse),
        to: Place(account, subject))
    }
  }
}

extension Decision {
  /// Gives back what an order has reserved beyond what it still needs after `moves`.
  mutating func releaseReservations(
    of order: NameID, _ known: Order, afterLeaving moves: [Move], _ s: any Situation
  ) throws(Obstacle) {
    let chart = try s.chart()
    guard let account = chart.roles[.reserved] else { return }
    for (held, units) in known.reserved.sorted(by: {
      ($0.key.product, $0.key.warehouse) < ($1.key.product, $1.key.warehouse)
    }) where units > 0 {
      let line = known.lines.first { $0.product == held.product }
      let leaving: Int64 = moves.reduce(0) { sum, move in
        guard move.commodity == held.product else { return sum }
        return sum + (chart.plays(.backlog, move.from.account) ? move.amount : 0)
          - (chart.plays(.backlog, move.to.account) ? move.amount : 0)
      }
      let excess = min(units, units - ((line?.open ?? 0) - leaving))
      if excess > 0 {
        move(
          excess, worth: 0, of: held.product, from: Place(account, held.warehouse),
          to: Place(account, order))
      }
    }
  }
}
