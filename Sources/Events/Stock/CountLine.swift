// Why: a count says what is there, not what the difference is.

public import Wire

/// How much of a product was found.
public struct CountLine: Message, Hashable {
  /// What was counted.
  public var product = Code()
  /// How much was there.
  public var counted = ExactDecimal()
  /// The lots of what is missing or too much, where the product asks for them.
  public var lots: [LotQuantity] = []

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "product", &product)
    try f.field(2, "counted", &counted)
    try f.field(3, "lots", &lots)
  }
}
