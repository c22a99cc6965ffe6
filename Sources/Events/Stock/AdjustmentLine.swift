// Why: an adjustment may change the quantity, the value, or both.

public import Wire

/// A change of one product's stock.
public struct AdjustmentLine: Message, Hashable {
  /// Which product.
  public var product = Code()
  /// How much more; less when negative.
  public var quantity = ExactDecimal()
  /// How much more it is worth in the books' currency; at cost when absent.
  public var value: ExactDecimal?
  /// The lots of what was found or is gone, where the product asks for them.
  public var lots: [LotQuantity] = []

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "product", &product)
    try f.field(2, "quantity", &quantity)
    try f.field(3, "value", &value)
    try f.field(4, "lots", &lots)
  }
}
