// Why: many documents only say how much of what.

public import Wire

/// A quantity of a product.
public struct QuantityLine: Message, Hashable {
  /// What.
  public var product = Code()
  /// How much, in the product's unit.
  public var quantity = ExactDecimal()
  /// Of which lots, where the product asks for them; those that expire first when empty.
  public var lots: [LotQuantity] = []

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "product", &product)
    try f.field(2, "quantity", &quantity)
    try f.field(3, "lots", &lots)
  }
}
