// Why: what needs a second pair of eyes is written down by one person before it happens, all of it.

public import Wire

/// Somebody asks for the approval of an event.
public struct ProposalSubmitted: Event {
  /// The proposal's code.
  public var proposal = Code()
  /// The proposed event, as the line of JSON that would record it.
  public var content = ""
  /// SHA-256 of what would be recorded: kind, version and day, little-endian, and the fields as they are stored (of `entry.repeated` and
  /// `payroll.paid` also what they move); worked out when absent.
  public var digest: Code?

  public init() {}
  public static let kind = Kind(160, "proposal.submitted")
  public static let purpose = "Somebody asks for the approval of an event."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "proposal", &proposal)
    try f.field(2, "content", &content)
    try f.field(3, "digest", &digest)
  }
  public static var example: ProposalSubmitted {
    var event = ProposalSubmitted()
    event.proposal = "AP-1"
    event.content =
      #"{"event":"stock.scrapped","on":"2026-03-02","scrap":"X-1","warehouse":"MAD","lines":[{"product":"LAMP","quantity":"1"}]}"#
    event.digest = "a3f1c2d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90"
    return event
  }
}
