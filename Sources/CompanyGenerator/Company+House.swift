// Why: what every company does beside trading: rates and closings in the morning; in the evening counts, transfers,
// hours, entries by hand, and at the month's end the wages.

internal import Events
internal import Ledger
internal import Wire

extension Company {
  /// Before the day's business: the rate of the week, the closing of the month, new customers.
  func openOffice() {
    let (year, month, day) = today.civil
    if settings.usesDollars, Int(today.number) % 7 == 4 || today == settings.start { setRate() }
    if settings.closesMonths, day == settings.closingDay,
      let first = Day(year: year, month: month, day: 1), first > settings.start
    {
      var event = PeriodClosed()
      event.through = first + -1
      tell(event)
      firstOpenDay = first
    }
    if customers.count < sizes.customers, today > settings.start {
      let perMille = sizes.customers * 600 / max(settings.days, 1)
      for _ in 0..<perMille / 1000 + (chance.happens(perMille % 1000) ? 1 : 0) {
        registerCustomer()
      }
    }
  }

  private func setRate() {
    dollarRate = min(max(dollarRate + chance.within(-90...90), 8_000), 11_000)
    var event = RateSet()
    event.currency = "USD"
    event.rate = ExactDecimal(digits: Int64(dollarRate), scale: 4)
    tell(event)
  }

  /// After the day's business.
  func keepHouse() {
    let orders = sizes.ordersPerDayPerMille
    repeated(orders / 5) { recordTime() }
    repeated(orders / 8) { postEntry() }
    repeated(orders / 50) { billExpense() }
    repeated(orders / 60) { bookCharge() }
    repeated(orders / 100) { moveStock() }
    repeated(orders / 100) { count() }
    repeated(orders / 200) { reviseSomething() }
    let (year, month, day) = today.civil
    if day == Day.length(ofMonth: month, year: year) { runPayroll() }
    if day == 15, settings.usesDollars { changeMoney() }
  }

  /// Does something as often as `perMille` thousandths say.
  private func repeated(_ perMille: Int, _ body: () -> Void) {
    for _ in 0..<perMille / 1000 + (chance.happens(perMille % 1000) ? 1 : 0) { body() }
  }

  private func recordTime() {
    var event = TimeRecorded()
    event.employee = employees[chance.below(employees.count)]
    event.project = code("PR-", chance.within(1...3))
    event.minutes = Int64(chance.within(1...32) * 15)
    let day = perhapsLate(since: firstOpenDay)
    let left = 1440 - minutesWorked[day, default: [:]][event.employee, default: 0]
    if left == 0 { return }
    event.minutes = min(event.minutes, left)
    minutesWorked[day, default: [:]][event.employee, default: 0] += event.minutes
    tell(event, on: day)
  }

  private func postEntry() {
    numbers.entry += 1
    var event = JournalPosted()
    event.entry = code("J-", numbers.entry)
    event.text = "sundry expenses"
    var total: Int64 = 0
    for _ in 0..<chance.within(1...3) {
      var line = JournalLine()
      line.account = expenseAccounts[chance.below(expenseAccounts.count)]
      let amount = Int64(chance.within(100...30_000))
      total += amount
      line.debit = ExactDecimal(digits: amount, scale: 2)
      event.lines.append(line)
    }
    var money = JournalLine()
    money.account = Company.bankAccount
    money.credit = ExactDecimal(digits: total, scale: 2)
    event.lines.append(money)
    tell(event, on: perhapsLate(since: firstOpenDay))
    if chance.happens(30) {
      agenda.add(.reverseEntry(numbers.entry), inDays: 1 + chance.below(20))
    }
  }

  func reverseEntry(_ number: Int) {
    numbers.entry += 1
    var event = JournalReversed()
    event.entry = code("J-", numbers.entry)
    event.reverses = code("J-", number)
    event.text = "posted twice"
    tell(event)
  }

  private func bookCharge() {
    numbers.charge += 1
    var event = ChargeBooked()
    event.charge = code("CH-", numbers.charge)
    event.account = Company.bankAccount
    event.currency = "EUR"
    event.amount = ExactDecimal(digits: Int64(chance.within(50...2_500)), scale: 2)
    event.text = "bank fee"
    tell(event, on: perhapsLate(since: firstOpenDay))
  }

  private func changeMoney() {
    numbers.payment += 1
    let dollars = Int64(chance.within(100...900)) * 100_000
    var event = PaymentTransferred()
    event.payment = code("PM-", numbers.payment)
    event.from = Company.bankAccount
    event.to = Company.dollarAccount
    event.currency = "EUR"
    // The bank keeps a little of the exchange.
    event.amount = ExactDecimal(
      digits: rounded(Int128(dollars) * Int128(dollarRate) * 1003, 10_000_000), scale: 2)
    event.received = ExactDecimal(digits: dollars, scale: 2)
    tell(event)
  }

  private func moveStock() {
    let product = chance.skewed(products.count)
    let from = chance.below(warehouses.count)
    let to = (from + 1) % warehouses.count
    let source = place(product, from)
    let units = (stock[source].onHand - stock[source].reserved) / 4
    guard from != to, units > 0 else { return }
    stock[source].onHand -= units
    numbers.transfer += 1
    let item = Item(product: product, units: units, price: 0)
    var event = StockTransferred()
    event.transfer = code("T-", numbers.transfer)
    event.from = warehouses[from]
    event.to = warehouses[to]
    event.lines = quantityLines([item])
    event.arrived = chance.happens(300)
    tell(event)
    if event.arrived {
      stock[place(product, to)].onHand += units
    } else {
      let journey = Journey(number: numbers.transfer, to: to, items: [item])
      agenda.add(.arrive(journey), inDays: 1 + chance.below(4))
    }
  }

  func arrive(_ journey: Journey) {
    var event = StockTransferred()
    event.transfer = code("T-", journey.number)
    event.arrived = true
    tell(event)
    for item in journey.items { stock[place(item.product, journey.to)].onHand += item.units }
  }

  /// Counts a few products, or corrects or scraps one.
  private func count() {
    let warehouse = chance.below(warehouses.count)
    let product = chance.skewed(products.count)
    let here = place(product, warehouse)
    let free = stock[here].onHand - stock[here].reserved
    guard free > 1 else { return }
    let unit: Int64 = products[product].decimals == 0 ? 1 : 250
    switch chance.below(6) {
    case 0 where free > unit:
      numbers.scrap += 1
      stock[here].onHand -= unit
      var event = StockScrapped()
      event.scrap = code("SC-", numbers.scrap)
      event.warehouse = warehouses[warehouse]
      event.lines = quantityLines([Item(product: product, units: unit, price: 0)])
      event.text = "damaged"
      tell(event)
    case 1:
      numbers.adjustment += 1
      stock[here].onHand += unit
      var line = AdjustmentLine()
      line.product = products[product].code
      line.quantity = quantity(unit, product)
      var event = StockAdjusted()
      event.adjustment = code("AD-", numbers.adjustment)
      event.warehouse = warehouses[warehouse]
      event.lines = [line]
      event.text = "found"
      tell(event)
    default:
      numbers.count += 1
      let difference = Int64(chance.within(-2...1)) * (free > 2 * unit ? unit : 0)
      stock[here].onHand += difference
      stock[here].countedOn = today
      var line = CountLine()
      line.product = products[product].code
      line.counted = quantity(stock[here].onHand, product)
      var event = StockCounted()
      event.count = code("CT-", numbers.count)
      event.warehouse = warehouses[warehouse]
      event.lines = [line]
      tell(event)
    }
  }

  private func reviseSomething() {
    switch chance.below(3) {
    case 0:
      var event = CustomerRevised()
      let index = chance.below(customers.count)
      event.customer = customers[index].code
      event.email = "c\(index + 1).new@customers.example"
      tell(event)
    case 1:
      var event = ProductRevised()
      let index = chance.below(products.count)
      event.product = products[index].code
      event.reorderPoint = quantity(products[index].demand, index)
      tell(event)
    default:
      var event = SupplierRevised()
      event.supplier = suppliers[chance.below(suppliers.count)].code
      event.terms = Int64([30, 45, 60][chance.below(3)])
      tell(event)
    }
  }

  private func runPayroll() {
    let (year, month, _) = today.civil
    numbers.run += 1
    var event = PayrollRun()
    event.run = code("PAY-", numbers.run)
    event.from = max(Day(year: year, month: month, day: 1) ?? today, settings.start)
    event.through = today
    event.payslips = employees.enumerated().map { index, code in
      let gross = grossWage(index + 1)
      var slip = Payslip()
      slip.employee = code
      slip.gross = ExactDecimal(digits: gross, scale: 2)
      slip.employeeSocialSecurity = ExactDecimal(
        digits: rounded(Int128(gross) * 648, 10_000), scale: 2)
      slip.withholding = ExactDecimal(digits: rounded(Int128(gross) * 12, 100), scale: 2)
      slip.employerSocialSecurity = ExactDecimal(
        digits: rounded(Int128(gross) * 3_055, 10_000), scale: 2)
      return slip
    }
    tell(event)
    agenda.add(.payWages(run: numbers.run), inDays: 1 + chance.below(3))
  }

  func payWages(_ run: Int) {
    var event = PayrollPaid()
    event.run = code("PAY-", run)
    event.account = Company.bankAccount
    tell(event)
  }
}
