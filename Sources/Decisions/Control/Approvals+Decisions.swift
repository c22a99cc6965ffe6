// Why: two people see what one alone must not do. What is approved is not a name or an amount but the exact record: its
// kind, its day and its fields as they would be stored, by their digest. If the books have changed so that recording it
// would store anything else, the approval no longer fits.

internal import Crypto
internal import Documents
public import Events
internal import Ledger
internal import Wire

extension ApprovalRequired: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    d.mention(.books)
    guard let type = Catalogue.named(kind.text), type.kind.mayNeedApproval else {
      throw .refuse(
        "approval.kind", "\(kind) cannot need an approval.",
        remedy: "Name another kind of event; docs/EVENTS.md lists them.")
    }
    if MessageSchema(type).fields.contains(where: { $0.isPersonal && $0.isRequired }) {
      throw .refuse(
        "approval.personal", "\(kind) says something personal, which no proposal may hold.",
        remedy:
          "Require an approval of what follows from it: an order, a bill, a payment, a payroll.")
    }
    if let above, above.isNegative {
      throw .refuse(
        "approval.negative", "An approval above \(above) makes no sense.",
        remedy: "Give zero or more, or leave it out.")
    }
    if lifted ?? false, try s.chart().approvals[type.kind.number] == nil {
      throw .refuse(
        "approval.notRequired", "\(kind) needs no approval.", remedy: "Nothing needs to be lifted.")
    }
  }
}

extension ProposalSubmitted: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.proposal, proposal, s)
    _ = try d.person()
    let inner = try refusing("content") { () throws(WireError) in
      try Proposal(json: Array(content.utf8))
    }
    guard type(of: inner.event).kind.mayNeedApproval else {
      throw .refuse(
        "proposal.kind", "\(type(of: inner.event).kind.name) cannot be proposed for approval.",
        remedy: "Record it as it is.")
    }
    let rehearsed = try rehearse(inner, s)
    let personal = try refusing("content") { () throws(WireError) in
      try rehearsed.personalFields()
    }
    if let field = personal.first {
      throw .refuse(
        "proposal.personal",
        "The proposal holds personal data (\(field.name) of \(field.subject)), and no erasure reaches into its text.",
        remedy: "Propose it without, and record what is personal as an event of its own.")
    }
    let worked = rehearsed.contentDigest
    if let digest, digest != worked {
      throw .refuse(
        "proposal.digest", "What would be recorded has the digest \(worked), not \(digest).",
        remedy: "Leave out the digest, or look at what has changed.")
    }
    digest = worked
    let known = try d.referOrIntroduce(.content, worked, s)
    let earlier = try s.document(ApprovalState.self, known)
    if !earlier.proposal.isNone, earlier.state == "waiting" || earlier.state == "approved" {
      throw .refuse(
        "proposal.duplicate",
        "\(try s.code(earlier.proposal)) proposes the same, and is \(earlier.state).",
        remedy: "Leave it at that one.")
    }
  }
}

extension ProposalApproved: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let known = try d.waitingProposal(proposal, s)
    let person = try d.person()
    let submitter = try s.code(known.submittedBy)
    // Who is called "ana" does not become another person by writing "Ana".
    if person.text.lowercased() == submitter.text.lowercased() {
      throw .refuse(
        "approval.same", "\(submitter) submitted \(proposal) and cannot approve it.",
        remedy: "Have somebody else approve it.")
    }
    if digest != known.digest {
      throw .refuse(
        "approval.digest", "\(proposal) has the digest \(known.digest), not \(digest).",
        remedy: "Read the proposal again, and approve what it says.")
    }
    _ = try d.refer(.content, digest, s)
  }
}

extension ProposalRejected: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let known = try d.waitingProposal(proposal, s)
    _ = try d.person()
    try refuseEmpty(reason)
    _ = try d.refer(.content, known.digest, s)
  }
}

extension Kind {
  /// Whether an event of this kind can wait for an approval: what opens the books, the approvals themselves, and what Diario records by itself cannot.
  fileprivate var mayNeedApproval: Bool {
    self != BooksOpened.kind && self != ProposalSubmitted.kind && self != ProposalApproved.kind
      && self != ProposalRejected.kind && self != ErasureCompleted.kind
  }
}

extension Recorded {
  /// SHA-256 of kind, body's version and day (2, 2 and 4 bytes, little-endian) and the body, in hexadecimal; where the body does not say
  /// how much is moved, of each move too: amount and value (8 bytes each), commodity, from and to with their subjects (4 each), day (4).
  var contentDigest: Code {
    var content: [UInt8] = []
    content.append(littleEndian: kind)
    content.append(littleEndian: bodyVersion)
    content.append(littleEndian: on.number)
    content += body
    if Self.postingWhatOthersSay.contains(kind) {
      for move in moves {
        content.append(littleEndian: move.amount)
        content.append(littleEndian: move.value)
        for name in [
          move.commodity, move.from.account, move.from.subject, move.to.account, move.to.subject,
        ] {
          content.append(littleEndian: name.raw)
        }
        content.append(littleEndian: move.on.number)
      }
    }
    return Code(stringLiteral: Hexadecimal.text(SHA256.hash(data: content)))
  }

  /// What these post stands in a schedule or in a payroll run, and may become another after the approval.
  private static let postingWhatOthersSay = [EntryRepeated.kind.number, PayrollPaid.kind.number]
}

extension Decision {
  /// Who proposes it.
  fileprivate func person() throws(Obstacle) -> Code {
    guard let by, !by.isEmpty else {
      throw .refuse(
        "approval.nobody", "Nobody says so.", remedy: "Say who it is with \"by\".")
    }
    return by
  }

  /// A proposal that nobody has decided yet.
  fileprivate mutating func waitingProposal(
    _ code: Code, _ s: any Situation
  ) throws(Obstacle) -> ApprovalState {
    let known = try s.document(ApprovalState.self, try refer(.proposal, code, s))
    if known.state != "waiting" {
      throw .refuse(
        "proposal.decided", "\(code) is \(known.state) already.", remedy: "Submit it anew.")
    }
    if on < known.submittedOn {
      throw .refuse(
        "proposal.early", "\(code) was submitted on \(known.submittedOn), after \(on).",
        remedy: "Date the answer on or after \(known.submittedOn).")
    }
    return known
  }

  /// The kind whose rule does not let `record` pass by itself.
  private func broken(
    by record: Recorded, _ chart: Chart, _ s: any Situation
  ) throws(Obstacle) -> UInt16? {
    // A rule that one person could lift would be none.
    if record.kind == ApprovalRequired.kind.number { return record.kind }
    for rule in ApprovalRule.rules(about: record.kind) {
      guard let above = chart.approvals[rule] else { continue }
      let limit = try refusing("above") { () throws(WireError) in
        try above.units(decimals: chart.decimals)
      }
      guard let value = try record.measured(by: rule, mentions, chart, s) else { continue }
      if above.isZero || value > limit { return rule }
    }
    return nil
  }

  /// Refuses `record` unless its rule lets it pass, or somebody else has approved exactly this.
  mutating func checkApproval(
    of record: Recorded, _ name: String, _ chart: Chart, _ s: any Situation
  ) throws(Obstacle) {
    guard let rule = try broken(by: record, chart, s) else { return }
    guard let content = try s.id(.content, record.contentDigest) else {
      throw .refuse(
        "approval.missing",
        "This \(name) needs a second person\(rule == record.kind ? "" : " by the rule on \(Catalogue.name(of: rule))"), and nobody has approved exactly this.",
        remedy:
          "Submit it with proposal.submitted, have somebody else record proposal.approved, and record exactly what was approved, on its day."
      )
    }
    let known = try s.document(ApprovalState.self, content)
    let proposal = try s.code(known.proposal)
    switch known.state {
    case "approved":
      mention(known.proposal)
      mention(content)
    case "waiting":
      throw .refuse(
        "approval.waiting", "\(proposal) is not approved yet.",
        remedy: "Have somebody else than \(try s.code(known.submittedBy)) approve it.")
    case "rejected":
      throw .refuse(
        "approval.rejected", "\(proposal) was rejected: \(known.reason ?? "").",
        remedy: "Submit it anew, when the reason is gone.")
    default:
      throw .refuse(
        "approval.used", "\(proposal) was recorded at position \(known.usedAt).",
        remedy: "Submit it anew.")
    }
  }
}
