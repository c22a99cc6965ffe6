// Why: a run of depreciation says of each asset what it lost, so that the register can be read without any plan.

public import Wire

/// What one asset has lost.
public struct DepreciationLine: Message, Hashable {
  /// The asset.
  public var asset = Code()
  /// How much, in the books' currency; what its plan says when absent.
  public var amount: ExactDecimal?
  /// Whether it is beside the plan: an accident, a fallen market. Said for an amount that is not what the plan says.
  public var unplanned = false

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "asset", &asset)
    try f.field(2, "amount", &amount)
    try f.field(3, "unplanned", &unplanned)
  }
}
