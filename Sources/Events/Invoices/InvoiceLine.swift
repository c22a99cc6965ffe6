// Why: an invoice bills goods of the catalogue, or anything that a sentence can describe.

public import Wire

/// One line of an invoice: a product, or a text.
public struct InvoiceLine: Message, Hashable {
  /// What is billed, when it is in the catalogue.
  public var product: Code?
  /// What is billed, in words.
  public var text: String?
  /// How much.
  public var quantity = ExactDecimal()
  /// Net price of one unit, up to 6 decimals; the order's or the product's own when absent.
  public var price: ExactDecimal?
  /// Percent off the price.
  public var discount: ExactDecimal?
  /// Tax code; the product's own when absent.
  public var tax: Code?

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "product", &product)
    try f.field(2, "text", &text)
    try f.field(3, "quantity", &quantity)
    try f.field(4, "price", &price)
    try f.field(5, "discount", &discount)
    try f.field(6, "tax", &tax)
  }
}
