// Why: food and medicine come in lots, and who got which must be found when one is bad.

public import Ledger
public import Wire

/// How much of a line is of one lot.
public struct LotQuantity: Message, Hashable {
  /// The lot's code, as its maker gave it.
  public var lot = Code()
  /// How much, in the product's unit.
  public var quantity = ExactDecimal()
  /// The last day on which it may be used; said when the lot first comes.
  public var expires: Day?

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "lot", &lot)
    try f.field(2, "quantity", &quantity)
    try f.field(3, "expires", &expires)
  }
}
