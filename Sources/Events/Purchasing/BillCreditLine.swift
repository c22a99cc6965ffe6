// Why: a supplier credits goods that went back, or leaves the goods and takes less for them.

public import Wire

/// One line of a supplier's credit note: a product or an account of the bill.
public struct BillCreditLine: Message, Hashable {
  /// The product that is credited.
  public var product: Code?
  /// The account that is credited, when it is no product.
  public var account: Code?
  /// What for, in words.
  public var text: String?
  /// How much.
  public var quantity = ExactDecimal()
  /// What is credited for one unit, net, up to 6 decimals, in the bill's currency.
  public var price = ExactDecimal()
  /// Tax code; that of the bill's line when absent.
  public var tax: Code?
  /// Whether the goods stay and only their price falls.
  public var keepsGoods = false

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "product", &product)
    try f.field(2, "account", &account)
    try f.field(3, "text", &text)
    try f.field(4, "quantity", &quantity)
    try f.field(5, "price", &price)
    try f.field(6, "tax", &tax)
    try f.field(7, "keepsGoods", &keepsGoods)
  }
}
