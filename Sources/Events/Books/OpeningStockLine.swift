// Why: books that begin in the middle of a company's life begin with goods on its shelves.

public import Wire

/// Goods on hand when the books began.
public struct OpeningStockLine: Message, Hashable {
  /// Which product.
  public var product = Code()
  /// Where they lie.
  public var warehouse = Code()
  /// How much.
  public var quantity = ExactDecimal()
  /// What they cost, in the books' currency.
  public var value = ExactDecimal()

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "product", &product)
    try f.field(2, "warehouse", &warehouse)
    try f.field(3, "quantity", &quantity)
    try f.field(4, "value", &value)
  }
}
