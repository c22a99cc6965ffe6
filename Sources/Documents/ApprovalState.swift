// Why: a proposal is submitted once, decided once, and used once. What it stands for is its content, a name of its own
// whose code is the digest, so that an approval is found by exactly what is to be recorded. The same content may be
// submitted anew, by another proposal, when it was rejected or used.

package import Events
package import Ledger
package import Wire

/// A proposed event on its way to being recorded; of a content, the last proposal of it.
package struct ApprovalState: Document {
  package private(set) var proposal = NameID.none
  package private(set) var submittedBy = NameID.none
  package private(set) var submittedOn = Day()
  package private(set) var content = ""
  package private(set) var digest = Code()
  package private(set) var approvedBy = NameID.none
  /// The position of the approval; 0 for none.
  package private(set) var approvedAt: Position = 0
  package private(set) var rejectedBy = NameID.none
  package private(set) var reason: String?
  /// The position of the event that was recorded with it; 0 for none.
  package private(set) var usedAt: Position = 0

  package init() {}

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let submitted = try event.event(ProposalSubmitted.self) {
      self = ApprovalState()
      proposal = event.mention(.proposal) ?? .none
      submittedBy = event.by
      submittedOn = event.on
      content = submitted.content
      digest = submitted.digest ?? Code()
    } else if try event.event(ProposalApproved.self) != nil {
      approvedBy = event.by
      approvedAt = event.position
    } else if let rejected = try event.event(ProposalRejected.self) {
      rejectedBy = event.by
      reason = rejected.reason
    } else {
      usedAt = event.position
    }
  }

  /// In a word.
  package var state: String {
    if usedAt != 0 { return "recorded" }
    if reason != nil { return "rejected" }
    return approvedAt == 0 ? "waiting" : "approved"
  }
}
