// Why: a credit note takes back what an invoice billed: the price is the invoice's.

public import Wire

/// What a credit note takes back: a product or a text of the invoice, and how much of it.
public struct CorrectionLine: Message, Hashable {
  /// The product, as on the invoice.
  public var product: Code?
  /// The text, as on the invoice.
  public var text: String?
  /// How much is taken back.
  public var quantity = ExactDecimal()

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "product", &product)
    try f.field(2, "text", &text)
    try f.field(3, "quantity", &quantity)
  }
}
