// Why: who asked for what, who approved it, and what came of it.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// Proposals and their approval.
public enum Approvals: Report {
  public static let name = "approvals"
  public static let title = "Approvals"
  public static let summary = "Proposed events, who submitted and approved them, what was recorded"
  public static let subject = ReportSubject.optional([.proposal])
  public static let columns = [
    Column("proposal", "Proposal", .code), Column("event", "What", .text),
    Column("day", "Its day", .day), Column("submitted", "Submitted", .day),
    Column("by", "By", .code), Column("state", "State", .text),
    Column("decidedBy", "Decided by", .code), Column("reason", "Reason", .text),
    Column("recorded", "Recorded as", .number), Column("digest", "Digest", .code),
  ]
  public static let keys = ["proposal"]
  public static let measures: [String] = []

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var waiting = 0
    let asked = try inquiry.asked(.proposal)
    let states = try inquiry.documents(ApprovalState.self, of: asked)
    for (id, code) in try inquiry.sorted(asked) {
      let known = states[id] ?? ApprovalState()
      if known.content.isEmpty { continue }
      let proposal = try decoding { () throws(WireError) in
        try Proposal(json: Array(known.content.utf8))
      }
      if known.state == "waiting" { waiting += 1 }
      table.add(
        [
          .text(code.text), .text(type(of: proposal.event).kind.name), .day(proposal.on),
          .day(known.submittedOn), try inquiry.cell(known.submittedBy), .text(known.state),
          try inquiry.cell(known.reason == nil ? known.approvedBy : known.rejectedBy),
          known.reason.map { .text($0) } ?? .empty,
          known.usedAt == 0 ? .empty : .number(Int64(known.usedAt)), .text(known.digest.text),
        ], basis: .history(id))
    }
    table.notes.append("\(waiting) waiting.")
    for (kind, above) in inquiry.chart.approvals.sorted(by: { $0.key < $1.key }) {
      let sum = try inquiry.units(above).map { inquiry.money($0).readable } ?? ""
      let limit = above.isZero ? "" : " above \(sum) \(inquiry.chart.currency)"
      let alike = ApprovalRule.covered(by: kind).map(\.name).joined(separator: ", ")
      table.notes.append(
        "\(Catalogue.name(of: kind))\(limit) needs a second person\(alike.isEmpty ? "" : "; so does what does the same: \(alike)")."
      )
    }
  }
}
