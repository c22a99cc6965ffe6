// Why: the open documents of the company, as far as later events depend on them.

internal import Ledger
internal import Wire

/// A product on a document: how much, in its smallest unit.
struct Item {
  var product: Int
  var units: Int64
  /// Net price of one unit in cents.
  var price: Int64
  /// Percent off the price.
  var discount: Int64 = 0
  var isReserved = false
  var isShipped = false
}

/// A customer's order that is not wholly shipped.
final class Sale {
  let number: Int
  let customer: Int
  let warehouse: Int
  var items: [Item]
  var tries = 0

  init(number: Int, customer: Int, warehouse: Int, items: [Item]) {
    self.number = number
    self.customer = customer
    self.warehouse = warehouse
    self.items = items
  }
}

/// Goods that have left for a customer.
final class Delivery {
  let number: Int
  let sale: Sale
  let items: [Item]
  let on: Day
  /// Whether the order's only shipment was this one.
  let isWhole: Bool
  /// What the customer owes for it, once it is invoiced.
  var claim: Claim?

  init(number: Int, sale: Sale, items: [Item], on: Day, isWhole: Bool) {
    self.number = number
    self.sale = sale
    self.items = items
    self.on = on
    self.isWhole = isWhole
  }
}

/// What a customer owes for an invoice.
final class Claim {
  let number: Int
  let customer: Int
  let on: Day
  /// In cents of the invoice's currency.
  var open: Int64

  init(number: Int, customer: Int, on: Day, open: Int64) {
    self.number = number
    self.customer = customer
    self.on = on
    self.open = open
  }
}

/// What the company owes a customer: an advance of a payment, or a credit note on a paid invoice.
final class Credit {
  let code: Code
  let isCreditNote: Bool
  let customer: Int
  let amount: Int64

  init(code: Code, isCreditNote: Bool, customer: Int, amount: Int64) {
    self.code = code
    self.isCreditNote = isCreditNote
    self.customer = customer
    self.amount = amount
  }
}

/// A purchase order.
final class Supply {
  let number: Int
  let supplier: Int
  let warehouse: Int
  let on: Day
  /// Prices are in ten-thousandths.
  var items: [Item]
  /// How much of each item is still to come.
  var toCome: [Int64]
  /// The last day on which goods of it came.
  var receivedOn: Day

  init(number: Int, supplier: Int, warehouse: Int, on: Day, items: [Item]) {
    self.number = number
    self.supplier = supplier
    self.warehouse = warehouse
    self.on = on
    self.items = items
    toCome = items.map(\.units)
    receivedOn = on
  }
}

/// What the company owes for a bill.
final class Debt {
  let code: Code
  let supplier: Int
  let on: Day
  var open: Int64

  init(code: Code, supplier: Int, on: Day, open: Int64) {
    self.code = code
    self.supplier = supplier
    self.on = on
    self.open = open
  }
}

/// Goods between two warehouses.
final class Journey {
  let number: Int
  let to: Int
  let items: [Item]

  init(number: Int, to: Int, items: [Item]) {
    self.number = number
    self.to = to
    self.items = items
  }
}
