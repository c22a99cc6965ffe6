// Why: a customer's order opens the backlog.

public import Wire

/// One line of an order or of a free invoice.
public struct OrderLine: Message, Hashable {
  /// What is ordered.
  public var product = Code()
  /// How much, in the product's unit.
  public var quantity = ExactDecimal()
  /// Net price of one unit, up to 6 decimals, in the order's currency.
  public var price = ExactDecimal()
  /// Percent off the price.
  public var discount: ExactDecimal?
  /// Tax code; the product's own when absent.
  public var tax: Code?

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "product", &product)
    try f.field(2, "quantity", &quantity)
    try f.field(3, "price", &price)
    try f.field(4, "discount", &discount)
    try f.field(5, "tax", &tax)
  }
}

/// A customer has ordered goods.
public struct OrderPlaced: Event {
  public var order = Code()
  public var customer = Code()
  public var currency = Code()
  public var lines: [OrderLine] = []
  /// Who allows it although it takes the customer beyond the credit limit.
  public var allowedBy: String?

  public init() {}
  public static let kind = Kind(16, "order.placed")
  public static let purpose = "A customer has ordered goods."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "order", &order)
    try f.field(2, "customer", &customer)
    try f.field(3, "currency", &currency)
    try f.field(4, "lines", &lines)
    try f.field(20, "allowedBy", &allowedBy)
  }
  public static var example: OrderPlaced {
    var line = OrderLine()
    line.product = "TORN-M6"
    line.quantity = "400"
    line.price = "0.25"
    line.discount = "10"
    line.tax = "IVA21"
    var event = OrderPlaced()
    event.order = "SO-1"
    event.customer = "C-17"
    event.currency = "EUR"
    event.lines = [line]
    event.allowedBy = "sales manager"
    return event
  }
}
