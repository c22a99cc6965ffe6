// Why: a release says of each deferral what has become an expense or income, so that it can be read without any plan.

public import Wire

/// What of one deferral has been released.
public struct ReleaseLine: Message, Hashable {
  /// The deferral.
  public var deferral = Code()
  /// How much, in the books' currency; what its plan says when absent.
  public var amount: ExactDecimal?
  /// Whether it is beside the plan: a contract that ended early. Said for an amount that is not what the plan
  /// says.
  public var unplanned = false

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "deferral", &deferral)
    try f.field(2, "amount", &amount)
    try f.field(3, "unplanned", &unplanned)
  }
}
