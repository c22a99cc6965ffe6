// Why: the second person approves what was read, not a name: the digest says exactly what.

public import Wire

/// Somebody else has approved a proposed event.
public struct ProposalApproved: Event {
  /// The proposal.
  public var proposal = Code()
  /// The digest of what is approved.
  public var digest = Code()

  public init() {}
  public static let kind = Kind(161, "proposal.approved")
  public static let purpose = "Somebody else has approved a proposed event."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "proposal", &proposal)
    try f.field(2, "digest", &digest)
  }
  public static var example: ProposalApproved {
    var event = ProposalApproved()
    event.proposal = "AP-1"
    event.digest = "a3f1c2d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90"
    return event
  }
}
