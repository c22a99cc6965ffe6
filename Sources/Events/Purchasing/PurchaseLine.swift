// Why: the order's price is what received goods cost until the bill says otherwise.

public import Wire

/// One line of a purchase order.
public struct PurchaseLine: Message, Hashable {
  /// What is ordered.
  public var product = Code()
  /// How much, in the product's unit.
  public var quantity = ExactDecimal()
  /// Net price of one unit, up to 6 decimals, in the order's currency.
  public var price = ExactDecimal()

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "product", &product)
    try f.field(2, "quantity", &quantity)
    try f.field(3, "price", &price)
  }
}
