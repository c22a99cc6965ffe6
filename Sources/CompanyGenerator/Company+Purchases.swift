// Why: what runs low is bought again; goods come when they come, sometimes in two parts, and their bill after them.

internal import Events
internal import Ledger
internal import Wire

extension Company {
  /// Remembers a product that has run low somewhere, to be bought today.
  func noteLow(_ product: Int, _ warehouse: Int, needed: Int64) {
    let place = place(product, warehouse)
    let available = stock[place].onHand - stock[place].reserved + stock[place].onOrder
    guard available < products[product].demand + needed else { return }
    let lot = products[product].demand * 3 + needed
    stock[place].onOrder += lot
    low[products[product].supplier * warehouses.count + warehouse, default: []].append(product)
    lots[place] = (lots[place] ?? 0) + lot
  }

  func buyWhatIsLow() {
    for key in low.keys.sorted() {
      let (supplier, warehouse) = key.quotientAndRemainder(dividingBy: warehouses.count)
      var items: [Item] = []
      for product in low[key] ?? [] {
        guard let units = lots.removeValue(forKey: place(product, warehouse)) else { continue }
        let cost = products[product].cost * Int64(chance.within(95...108)) / 100
        items.append(Item(product: product, units: units, price: max(cost, 1)))
      }
      order(items, from: supplier, to: warehouse)
    }
    low.removeAll(keepingCapacity: true)
  }

  private func order(_ items: [Item], from supplier: Int, to warehouse: Int) {
    if items.isEmpty { return }
    numbers.purchase += 1
    let supply = Supply(
      number: numbers.purchase, supplier: supplier, warehouse: warehouse, on: today, items: items)
    var event = PurchaseOrdered()
    event.purchase = code("PO-", supply.number)
    event.supplier = suppliers[supplier].code
    event.currency = suppliers[supplier].usesDollars ? "USD" : "EUR"
    event.lines = items.map { item in
      var line = PurchaseLine()
      line.product = products[item.product].code
      line.quantity = quantity(item.units, item.product)
      line.price = ExactDecimal(digits: item.price, scale: 4)
      return line
    }
    tell(event)
    agenda.add(.receive(supply), inDays: 2 + chance.below(6))
  }

  func receive(_ supply: Supply) {
    let inParts = supply.receivedOn == supply.on && chance.happens(100)
    var coming: [Item] = []
    var earliest = supply.on
    for index in supply.items.indices where supply.toCome[index] > 0 {
      var item = supply.items[index]
      item.units =
        inParts && supply.toCome[index] > 1 ? supply.toCome[index] / 2 : supply.toCome[index]
      supply.toCome[index] -= item.units
      coming.append(item)
      let place = place(item.product, supply.warehouse)
      stock[place].onHand += item.units
      stock[place].onOrder -= item.units
      if let counted = stock[place].countedOn { earliest = max(earliest, counted + 1) }
    }
    numbers.receipt += 1
    var event = GoodsReceived()
    event.receipt = code("GR-", numbers.receipt)
    event.purchase = code("PO-", supply.number)
    event.warehouse = warehouses[supply.warehouse]
    event.lines = quantityLines(coming)
    let on = perhapsLate(since: earliest)
    tell(event, on: on)
    supply.receivedOn = max(supply.receivedOn, on)
    if supply.toCome.contains(where: { $0 > 0 }) {
      agenda.add(.receive(supply), inDays: 3 + chance.below(10))
    } else {
      agenda.add(.bill(supply), inDays: 1 + chance.below(12))
    }
  }

  func bill(_ supply: Supply) {
    let supplier = suppliers[supply.supplier]
    // Now and then the bill's prices are not the order's.
    let percent = chance.happens(60) ? Int64(chance.within(97...104)) : 100
    numbers.bill += 1
    var event = BillReceived()
    event.bill = code("B-", numbers.bill)
    event.supplier = supplier.code
    event.purchase = code("PO-", supply.number)
    event.currency = supplier.usesDollars ? "USD" : "EUR"
    var base: Int64 = 0
    for item in supply.items {
      let price = max(item.price * percent / 100, 1)
      var line = BillLine()
      line.product = products[item.product].code
      line.quantity = quantity(item.units, item.product)
      line.price = ExactDecimal(digits: price, scale: 4)
      if !supplier.usesDollars { line.tax = "SOP21" }
      event.lines.append(line)
      base += purchaseNet(item.units, price, products[item.product].decimals)
    }
    let on = perhapsLate(since: supply.receivedOn)
    tell(event, on: on)
    let tax = supplier.usesDollars ? 0 : rounded(Int128(base) * 21, 100)
    owe(event.bill, to: supply.supplier, on, base + tax)
  }

  /// A bill for something that is no goods.
  func billExpense() {
    let supplier = (0..<suppliers.count).first { !suppliers[$0].usesDollars } ?? 0
    let base = Int64(chance.within(1_000...60_000))
    numbers.bill += 1
    var line = BillLine()
    line.account = expenseAccounts[chance.below(expenseAccounts.count)]
    line.text = "services"
    line.quantity = "1"
    line.price = ExactDecimal(digits: base, scale: 2)
    line.tax = "SOP21"
    var event = BillReceived()
    event.bill = code("B-", numbers.bill)
    event.supplier = suppliers[supplier].code
    event.currency = "EUR"
    event.lines = [line]
    let on = perhapsLate(since: firstOpenDay)
    tell(event, on: on)
    owe(event.bill, to: supplier, on, base + rounded(Int128(base) * 21, 100))
  }

  private func owe(_ bill: Code, to supplier: Int, _ on: Day, _ amount: Int64) {
    let debt = Debt(code: bill, supplier: supplier, on: on, open: amount)
    agenda.add(.payBill(debt), inDays: 10 + chance.below(40))
  }

  func payBill(_ debt: Debt) {
    guard debt.open > 0 else { return }
    let supplier = suppliers[debt.supplier]
    let part = debt.open > 100 && chance.happens(50) ? debt.open / 2 : debt.open
    numbers.payment += 1
    var allocation = Allocation()
    allocation.bill = debt.code
    allocation.amount = ExactDecimal(digits: part, scale: 2)
    var event = PaymentSent()
    event.payment = code("PM-", numbers.payment)
    event.supplier = supplier.code
    event.account = supplier.usesDollars ? Company.dollarAccount : Company.bankAccount
    event.currency = supplier.usesDollars ? "USD" : "EUR"
    event.amount = allocation.amount
    event.allocations = [allocation]
    tell(event, on: perhapsLate(since: debt.on))
    debt.open -= part
    if debt.open > 0 { agenda.add(.payBill(debt), inDays: 15) }
  }
}
