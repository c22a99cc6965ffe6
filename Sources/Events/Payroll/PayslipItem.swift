// Why: a gross wage is made of parts that the employee wants to see.

public import Wire

/// One part of a gross wage.
public struct PayslipItem: Message, Hashable {
  /// What it is: `base`, `overtime`.
  public var text = ""
  /// How much, in the books' currency.
  public var amount = ExactDecimal()

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "text", &text)
    try f.field(2, "amount", &amount)
  }
}
