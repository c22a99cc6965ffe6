// Why: what is not approved is said to be so, with a reason.

public import Wire

/// A proposed event is not approved, or is withdrawn.
public struct ProposalRejected: Event {
  /// The proposal.
  public var proposal = Code()
  /// Why.
  public var reason = ""

  public init() {}
  public static let kind = Kind(162, "proposal.rejected")
  public static let purpose = "A proposed event is not approved, or is withdrawn."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "proposal", &proposal)
    try f.field(2, "reason", &reason)
  }
  public static var example: ProposalRejected {
    var event = ProposalRejected()
    event.proposal = "AP-1"
    event.reason = "twice the usual price"
    return event
  }
}
