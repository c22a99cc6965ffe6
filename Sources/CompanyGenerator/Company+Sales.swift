// Why: the way of an order: placed, perhaps reserved or revised, shipped when the goods are there, delivered, sometimes
// returned.

internal import Events
internal import Ledger
internal import Wire

extension Company {
  func placeOrder() {
    let customer = chance.skewed(customers.count)
    numbers.order += 1
    let sale = Sale(
      number: numbers.order, customer: customer, warehouse: customers[customer].warehouse,
      items: basket())
    var event = OrderPlaced()
    event.order = code("SO-", sale.number)
    event.customer = customers[customer].code
    event.currency = customers[customer].usesDollars ? "USD" : "EUR"
    event.lines = sale.items.map { orderLine($0, customer) }
    tell(event)
    if chance.happens(30) {
      revise(sale)
    } else if chance.happens(500) {
      reserve(sale)
    }
    if chance.happens(15) { return cancel(sale) }
    agenda.add(.ship(sale), inDays: 1 + chance.below(4))
  }

  private func basket() -> [Item] {
    var items: [Item] = []
    for _ in 0..<1 + chance.skewed(5) {
      let index = chance.skewed(products.count)
      if items.contains(where: { $0.product == index }) { continue }
      let product = products[index]
      var units = Int64(product.decimals == 0 ? chance.within(1...9) : chance.within(1...20) * 250)
      if chance.happens(20) { units *= 10 }
      items.append(
        Item(
          product: index, units: units, price: product.price,
          discount: chance.happens(150) ? Int64(chance.within(1...4) * 5) : 0))
    }
    return items
  }

  private func orderLine(_ item: Item, _ customer: Int) -> OrderLine {
    var line = OrderLine()
    line.product = products[item.product].code
    line.quantity = quantity(item.units, item.product)
    line.price = ExactDecimal(digits: item.price, scale: 2)
    if item.discount > 0 { line.discount = ExactDecimal(digits: item.discount, scale: 0) }
    if customers[customer].usesDollars { line.tax = "EXE" }
    return line
  }

  /// A quantity of a product as documents write it.
  func quantity(_ units: Int64, _ product: Int) -> ExactDecimal {
    ExactDecimal(digits: units, scale: products[product].decimals)
  }

  /// Lines of a product and a quantity.
  func quantityLines(_ items: [Item]) -> [QuantityLine] {
    items.map { item in
      var line = QuantityLine()
      line.product = products[item.product].code
      line.quantity = quantity(item.units, item.product)
      return line
    }
  }

  private func revise(_ sale: Sale) {
    let more = sale.items[0].units / 2
    sale.items[0].units += max(more, 1)
    var event = OrderRevised()
    event.order = code("SO-", sale.number)
    event.lines = sale.items.map { orderLine($0, sale.customer) }
    tell(event)
  }

  private func cancel(_ sale: Sale) {
    var event = OrderCancelled()
    event.order = code("SO-", sale.number)
    tell(event)
    for index in sale.items.indices where sale.items[index].isReserved {
      unreserve(sale, index)
    }
  }

  private func reserve(_ sale: Sale) {
    var chosen: [Item] = []
    for index in sale.items.indices {
      let item = sale.items[index]
      let place = place(item.product, sale.warehouse)
      guard stock[place].onHand - stock[place].reserved >= item.units else { continue }
      stock[place].reserved += item.units
      sale.items[index].isReserved = true
      chosen.append(item)
    }
    if chosen.isEmpty { return }
    var event = StockReserved()
    event.order = code("SO-", sale.number)
    event.warehouse = warehouses[sale.warehouse]
    event.lines = quantityLines(chosen)
    tell(event)
    guard chance.happens(20) else { return }
    var release = StockReleased()
    release.order = event.order
    release.warehouse = event.warehouse
    release.lines = event.lines
    tell(release)
    for index in sale.items.indices where sale.items[index].isReserved { unreserve(sale, index) }
  }

  private func unreserve(_ sale: Sale, _ index: Int) {
    sale.items[index].isReserved = false
    stock[place(sale.items[index].product, sale.warehouse)].reserved -= sale.items[index].units
  }

  func ship(_ sale: Sale) {
    var leaving: [Item] = []
    for index in sale.items.indices where !sale.items[index].isShipped {
      let item = sale.items[index]
      let place = place(item.product, sale.warehouse)
      let others = stock[place].reserved - (item.isReserved ? item.units : 0)
      guard stock[place].onHand - others >= item.units else {
        noteLow(item.product, sale.warehouse, needed: item.units)
        continue
      }
      if item.isReserved { unreserve(sale, index) }
      stock[place].onHand -= item.units
      sale.items[index].isShipped = true
      leaving.append(item)
      noteLow(item.product, sale.warehouse, needed: 0)
    }
    sale.tries += 1
    if !leaving.isEmpty { send(leaving, of: sale) }
    if sale.items.allSatisfy(\.isShipped) { return }
    if sale.tries < 4 {
      agenda.add(.ship(sale), inDays: 4 + chance.below(6))
    } else {
      cancel(sale)
    }
  }

  private func send(_ items: [Item], of sale: Sale) {
    numbers.shipment += 1
    var event = OrderShipped()
    event.shipment = code("SH-", numbers.shipment)
    event.order = code("SO-", sale.number)
    event.warehouse = warehouses[sale.warehouse]
    event.lines = quantityLines(items)
    if chance.happens(500) { event.carrier = ["Seur", "Correos", "own van"][chance.below(3)] }
    tell(event)
    let delivery = Delivery(
      number: numbers.shipment, sale: sale, items: items, on: today,
      isWhole: items.count == sale.items.count)
    if chance.happens(300) {
      invoice(delivery)
    } else {
      agenda.add(.invoice(delivery), inDays: 1 + chance.below(3))
    }
    if chance.happens(950) { agenda.add(.deliver(delivery), inDays: 1 + chance.below(5)) }
    if chance.happens(50) { agenda.add(.takeBack(delivery), inDays: 8 + chance.below(20)) }
  }

  func deliver(_ delivery: Delivery) {
    var event = ShipmentDelivered()
    event.shipment = code("SH-", delivery.number)
    tell(event, on: perhapsLate(since: delivery.on + 1))
  }

  func takeBack(_ delivery: Delivery) {
    let index = chance.below(delivery.items.count)
    var item = delivery.items[index]
    if chance.happens(500), item.units > 1 { item.units /= 2 }
    numbers.giveBack += 1
    var event = OrderReturned()
    event.return = code("R-", numbers.giveBack)
    event.shipment = code("SH-", delivery.number)
    event.warehouse = warehouses[delivery.sale.warehouse]
    event.lines = quantityLines([item])
    tell(event)
    stock[place(item.product, delivery.sale.warehouse)].onHand += item.units
    if let claim = delivery.claim { credit(item, of: delivery, index, claim) }
  }
}
