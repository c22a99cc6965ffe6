// Why: a gross wage is made of parts that the employee wants to see.

public import Wire

/// One part of a gross wage.
public struct PayslipItem: Message, Hashable {
  /// What it is: `base`, `overtime`.
  public var text = ""
  /// How much, in the books' currency.
  public var amount = ExactDecimal()
  /// The item of the payroll scheme that it follows.
  public var item: Code?
  /// Whether an earning is part of the contribution base; it is when absent.
  public var contributes: Bool?
  /// Whether income tax is withheld from an earning; it is when absent.
  public var taxed: Bool?

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "text", &text)
    try f.field(2, "amount", &amount)
    try f.field(3, "item", &item)
    try f.field(4, "contributes", &contributes)
    try f.field(5, "taxed", &taxed)
  }
}
