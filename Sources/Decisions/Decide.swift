// Why: the one door from a proposal to a record. What holds for every event is checked here, once.

internal import Documents
public import Events
internal import Ledger
internal import Wire

/// Decides a proposal in a situation: the record to append (without position and moment), or an obstacle.
public func decide(_ proposal: Proposal, _ s: any Situation) throws(Obstacle) -> Recorded {
  guard let event = proposal.event as? any Decided else {
    preconditionFailure("\(type(of: proposal.event)) has no decision")
  }
  return try decide(event, proposal, s, isRehearsal: false)
}

/// What recording a proposal would do if it needed no approval: what an approval is asked for.
func rehearse(_ proposal: Proposal, _ s: any Situation) throws(Obstacle) -> Recorded {
  guard let event = proposal.event as? any Decided else {
    preconditionFailure("\(type(of: proposal.event)) has no decision")
  }
  return try decide(event, proposal, s, isRehearsal: true)
}

private func decide<E: Decided>(
  _ event: E, _ proposal: Proposal, _ s: any Situation, isRehearsal: Bool
) throws(Obstacle) -> Recorded {
  let chart = try s.chart()
  if chart.isOpen != (E.kind != BooksOpened.kind) {
    throw chart.isOpen
      ? .refuse(
        "books.opened", "These books are open already.", remedy: "Use another directory.")
      : .refuse(
        "books.notOpened", "The first event of any books is books.opened.",
        remedy: "Run `diario init` first.")
  }
  if let because = proposal.because, because > s.size() {
    throw .refuse(
      "because.unknown", "There is no event at position \(because).",
      remedy: "Refer to an event that is recorded: 1 to \(s.size()).")
  }
  do throws(WireError) { try Proposal.check(key: proposal.key) } catch {
    throw .refused(Refusal(error))
  }
  try hold(proposal.condition, s)
  var event = event
  var decision = Decision(on: proposal.on, by: proposal.by)
  try event.decide(&decision, s)
  try decision.restateAssemblies(s)
  try checkRoom(for: decision.turnover, s)
  if let closed = chart.closedThrough, proposal.on <= closed, !decision.moves.isEmpty {
    throw .refuse(
      "period.closed", "\(proposal.on) lies in a period that is closed through \(closed).",
      remedy: "Date it \(closed + 1), the first open day, or reopen the period with a reason.")
  }
  var record = Recorded()
  record.on = proposal.on
  record.kind = E.kind.number
  record.bodyVersion = E.version
  record.because = proposal.because ?? 0
  record.key = proposal.key
  if let user = proposal.by {
    record.by = try decision.referOrIntroduce(.user, user, s)
  }
  record.moves = decision.moves
  record.body = try refusing(E.kind.name) { () throws(WireError) in
    try BinaryWriter.bytes(of: event)
  }
  if !isRehearsal, !chart.approvals.isEmpty {
    try decision.checkApproval(of: record, E.kind.name, chart, s)
  }
  record.mentions = decision.mentions
  record.introduced = decision.introduced
  try record.requireRoom()
  return record
}

/// Refuses what would make sums overflow.
private func checkRoom(for own: Turnover, _ s: any Situation) throws(Obstacle) {
  guard own.greatest <= Turnover.ofLarge else {
    throw .refuse(
      "decimal.overflow", "The event moves more than can be kept.",
      remedy: "Correct its amounts and quantities, or record it in several events.")
  }
  let isSmall = own.greatest <= Turnover.small
  if isSmall, s.size() < Turnover.manySmall { return }
  var all = try s.turnover()
  all.add(own)
  guard all.greatest <= (isSmall ? Turnover.ofAll : Turnover.ofLarge) else {
    throw .refuse(
      "turnover.exceeded",
      "With this event the books would have moved \(all.greatest) smallest units, too much to add up.",
      remedy: isSmall
        ? "Open new books and carry the balances over."
        : "Check the amount; events of up to \(Turnover.small) smallest units can be recorded.")
  }
}

private func hold(_ condition: Condition?, _ s: any Situation) throws(Obstacle) {
  guard let condition else { return }
  for code in condition.about {
    var found = false
    for kind in NameKind.allCases {
      guard let id = try s.id(kind, code) else { continue }
      found = true
      let last = try s.document(LastChange.self, id).position
      if last > Position(clamping: condition.unchangedSince) {
        throw .refuse(
          "condition.changed", "\(code) changed at position \(last).",
          remedy: "Look at it again, and propose with \"unchangedSince\": \(last).")
      }
    }
    if !found {
      throw .refuse(
        "condition.unknown", "Nothing is called \(code).", remedy: "Check the code.")
    }
  }
}

/// When anything about a name was last recorded.
struct LastChange: Document {
  private(set) var position: Position = 0
  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    position = event.position
  }
}
