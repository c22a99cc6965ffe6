// Why: what is shipped is invoiced, credited when it comes back, and paid: at once or in parts, early or late, too much
// or never.

internal import Events
internal import Ledger
internal import Wire

extension Company {
  func invoice(_ delivery: Delivery) {
    let customer = customers[delivery.sale.customer]
    numbers.invoice += 1
    var event = InvoiceIssued()
    event.invoice = code("F-", numbers.invoice)
    event.series = "F"
    event.order = code("SO-", delivery.sale.number)
    // An order that left in one shipment needs no lines: it is billed whole.
    if !delivery.isWhole || chance.happens(300) {
      event.lines = delivery.items.map { item in
        var line = InvoiceLine()
        line.product = products[item.product].code
        line.quantity = quantity(item.units, item.product)
        return line
      }
    }
    tell(event)
    let claim = Claim(
      number: numbers.invoice, customer: delivery.sale.customer, on: today,
      open: total(delivery.items, customer))
    delivery.claim = claim
    lastClaim[delivery.sale.customer] = claim
    if chance.happens(970) {
      agenda.add(.pay(claim), inDays: min(126, max(1, customer.terms - 3 + chance.skewed(30))))
    }
  }

  /// What an invoice for `items` comes to, in cents: the lines rounded one by one, the tax on the sum of each code.
  private func total(_ items: [Item], _ customer: Customer) -> Int64 {
    var nets: [Int64: Int64] = [:]
    for item in items {
      nets[customer.usesDollars ? 0 : products[item.product].rate, default: 0] += net(item)
    }
    return nets.reduce(0) { $0 + $1.value + tax($1.value, $1.key) }
  }

  /// What a line comes to, in cents.
  private func net(_ item: Item) -> Int64 {
    let digits = Int128(item.units) * Int128(item.price) * Int128(100 - item.discount)
    return rounded(digits, 100 * powerOfTen(products[item.product].decimals))
  }

  private func tax(_ base: Int64, _ percent: Int64) -> Int64 {
    rounded(Int128(base) * Int128(percent), 100)
  }

  /// What bought goods come to, in cents; the price is in ten-thousandths.
  func purchaseNet(_ units: Int64, _ price: Int64, _ decimals: Int) -> Int64 {
    rounded(Int128(units) * Int128(price), 100 * powerOfTen(decimals))
  }

  private func powerOfTen(_ exponent: Int) -> Int128 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  /// A quotient rounded half away from zero.
  func rounded(_ numerator: Int128, _ denominator: Int128) -> Int64 {
    guard let result = Exact.divide(numerator, denominator) else {
      preconditionFailure("the company's documents are small")
    }
    return result
  }

  /// Takes back what an invoice billed for returned goods.
  func credit(_ item: Item, of delivery: Delivery, _ index: Int, _ claim: Claim) {
    let customer = customers[claim.customer]
    let billed = delivery.items[index]
    let taken = Exact.share(net(billed), item.units, of: billed.units)
    let rate = customer.usesDollars ? 0 : products[item.product].rate
    let base = delivery.items.reduce(0) {
      customer.usesDollars || products[$1.product].rate == rate ? $0 + net($1) : $0
    }
    let amount = taken + (base == 0 ? 0 : Exact.share(tax(base, rate), taken, of: base))
    numbers.correction += 1
    var line = CorrectionLine()
    line.product = products[item.product].code
    line.quantity = quantity(item.units, item.product)
    var event = InvoiceCorrected()
    event.correction = code("A-", numbers.correction)
    event.series = "A"
    event.invoice = code("F-", claim.number)
    event.lines = [line]
    event.text = "returned goods"
    tell(event)
    let settled = min(amount, claim.open)
    claim.open -= settled
    guard amount > settled else { return }
    let credit = Credit(
      code: event.correction, isCreditNote: true, customer: claim.customer,
      amount: amount - settled)
    agenda.add(.refund(credit), inDays: 2 + chance.below(10))
  }

  func pay(_ claim: Claim) {
    guard claim.open > 0 else { return }
    let inParts = claim.open > 100 && chance.happens(60)
    let part = inParts ? claim.open / 2 : claim.open
    // Some round up, or pay on account.
    let extra = chance.happens(30) ? Int64(chance.within(1...50)) * 100 : 0
    numbers.payment += 1
    var allocation = Allocation()
    allocation.invoice = code("F-", claim.number)
    allocation.amount = ExactDecimal(digits: part, scale: 2)
    let customer = customers[claim.customer]
    var event = PaymentReceived()
    event.payment = code("PM-", numbers.payment)
    event.customer = customer.code
    event.account = customer.usesDollars ? Company.dollarAccount : Company.bankAccount
    event.currency = customer.usesDollars ? "USD" : "EUR"
    event.amount = ExactDecimal(digits: part + extra, scale: 2)
    event.allocations = [allocation]
    tell(event, on: perhapsLate(since: claim.on))
    claim.open -= part
    if inParts { agenda.add(.pay(claim), inDays: 10 + chance.below(30)) }
    guard extra > 0 else { return }
    let credit = Credit(
      code: event.payment, isCreditNote: false, customer: claim.customer, amount: extra)
    agenda.add(.useAdvance(credit), inDays: 5 + chance.below(30))
  }

  /// An advance settles the customer's last invoice as far as it goes; the rest goes back.
  func useAdvance(_ credit: Credit) {
    var left = credit.amount
    if let claim = lastClaim[credit.customer], claim.open > 0 {
      let part = min(left, claim.open)
      var allocation = Allocation()
      allocation.invoice = code("F-", claim.number)
      allocation.amount = ExactDecimal(digits: part, scale: 2)
      var event = PaymentAllocated()
      event.payment = credit.code
      event.allocations = [allocation]
      tell(event)
      claim.open -= part
      left -= part
    }
    guard left > 0 else { return }
    refund(
      Credit(code: credit.code, isCreditNote: false, customer: credit.customer, amount: left))
  }

  func refund(_ credit: Credit) {
    let customer = customers[credit.customer]
    numbers.payment += 1
    var event = PaymentRefunded()
    event.payment = code("PM-", numbers.payment)
    event.customer = customer.code
    event.account = customer.usesDollars ? Company.dollarAccount : Company.bankAccount
    event.currency = customer.usesDollars ? "USD" : "EUR"
    event.amount = ExactDecimal(digits: credit.amount, scale: 2)
    if credit.isCreditNote {
      var allocation = Allocation()
      allocation.correction = credit.code
      allocation.amount = event.amount
      event.allocations = [allocation]
    } else {
      event.of = credit.code
    }
    tell(event)
  }
}
