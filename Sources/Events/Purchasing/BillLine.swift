// Why: a supplier bills goods that we stock, or an expense of an account.

public import Wire

/// One line of a supplier's bill: a product, or an account and a text.
public struct BillLine: Message, Hashable {
  /// The product that is billed.
  public var product: Code?
  /// The account that bears it, when it is no product.
  public var account: Code?
  /// What it is, in words.
  public var text: String?
  /// How much.
  public var quantity = ExactDecimal()
  /// Net price of one unit, up to 6 decimals, in the bill's currency.
  public var price = ExactDecimal()
  /// Tax code; untaxed when absent.
  public var tax: Code?

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "product", &product)
    try f.field(2, "account", &account)
    try f.field(3, "text", &text)
    try f.field(4, "quantity", &quantity)
    try f.field(5, "price", &price)
    try f.field(6, "tax", &tax)
  }
}
