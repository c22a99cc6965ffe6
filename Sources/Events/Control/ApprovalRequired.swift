// Why: which events need two people is a rule of the books, recorded like any other.

public import Wire

/// From now on an event is recorded only with the approval of a second person.
public struct ApprovalRequired: Event {
  /// Which events: payment.sent.
  public var kind = Code()
  /// Only those that move more than this, in the books' currency; all of them when absent.
  public var above: ExactDecimal?
  /// Whether the rule is lifted.
  public var lifted: Bool?

  public init() {}
  public static let kind = Kind(210, "approval.required")
  public static let purpose =
    "From now on an event is recorded only with the approval of a second person."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "kind", &kind)
    try f.field(2, "above", &above)
    try f.field(3, "lifted", &lifted)
  }
  public static var example: ApprovalRequired {
    var event = ApprovalRequired()
    event.kind = "payment.sent"
    event.above = "1000.00"
    event.lifted = false
    return event
  }
}
