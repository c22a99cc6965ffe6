// Why: a project gathers hours, costs and benefits while it is open; what is laid to it of a document is never more than
// the document says.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension ProjectOpened: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.project, project, s)
    if let customer { _ = try d.refer(.customer, customer, s) }
    try checkPlan(minutes, budget)
  }
}

extension ProjectRevised: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.refer(.project, project, s)
    try checkPlan(minutes, budget)
  }
}

extension ProjectClosed: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.openProject(project, s)
  }
}

extension TaskOpened: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.task, task, s)
    _ = try d.openProject(project, s)
    try checkPlan(minutes, budget)
  }
}

extension TaskClosed: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let known = try s.document(ProjectTask.self, try d.refer(.task, task, s))
    d.mention(known.project)
    if let closed = known.closedOn {
      throw .refuse(
        "task.closed", "Task \(task) was closed on \(closed).", remedy: "Nothing needs to be done.")
    }
  }
}

extension ProjectCharged: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let project = try d.openProject(self.project, s)
    if let task {
      let id = try d.refer(.task, task, s)
      if try s.document(ProjectTask.self, id).project != project {
        throw .refuse(
          "task.project", "Task \(task) does not belong to \(self.project).",
          remedy: "Name a task of the project, or none.")
      }
    }
    let currency = try d.currency(nil, s)
    let units = try currency.units(amount, "amount")
    guard units != 0 else {
      throw .refuse("charge.zero", "Nothing is laid to the project.", remedy: "Give an amount.")
    }
    if invoice != nil, bill != nil {
      throw .refuse(
        "charge.document", "An invoice and a bill are two documents.",
        remedy: "Lay them to the project one by one.")
    }
    guard side == .cost ? invoice == nil : bill == nil else {
      throw .refuse(
        "charge.side", "\(side == .cost ? "An invoice" : "A bill") brings no \(side.rawValue).",
        remedy: "A bill's costs and an invoice's benefits can be laid to a project.")
    }
    if let invoice { try check(units, .invoice, invoice, currency, &d, s) }
    if let bill { try check(units, .bill, bill, currency, &d, s) }
  }

  /// No more is laid to projects than a document comes to before tax.
  private func check(
    _ units: Int64, _ kind: NameKind, _ code: Code, _ currency: DocumentCurrency,
    _ d: inout Decision, _ s: any Situation
  ) throws(Obstacle) {
    let known = try s.document(ChargedDocument.self, try d.refer(kind, code, s))
    let left = known.net - known.charged
    if units > left || known.charged + units < 0 {
      throw .refuse(
        "charge.exceeded",
        "\(currency.text(max(0, left))) of \(code) is laid to no project, \(currency.text(known.charged)) to some; not \(currency.text(units)).",
        remedy: "Lay at most what is left to projects, and take back at most what was laid.")
    }
  }
}

/// What of an invoice or a bill is laid to projects.
struct ChargedDocument: Document {
  /// What it comes to before tax, less what was credited of it, in the books' currency.
  private(set) var net: Int64 = 0
  /// What is laid to projects.
  private(set) var charged: Int64 = 0
  /// Whether the company owes it: a bill.
  private var isOwed = false

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if event.introduced.contains(where: { $0.id == id }) {
      isOwed = id.is(.bill)
      add(event) { $0.subject == id }
    } else if Self.takingBack.contains(event.kind) {
      // What is credited comes off the document, or is kept for its party under the credit note.
      add(event) { $0.subject == id || $0.subject.is(.correction) }
    } else if let charge = try event.event(ProjectCharged.self) {
      charged += try charge.amount.units(decimals: chart.decimals)
    }
  }

  private static let takingBack: Set = [
    InvoiceCorrected.kind.number, InvoiceVoided.kind.number, BillCorrected.kind.number,
  ]

  /// Adds what `event` claims at the places that are `own`, without its taxes.
  private mutating func add(_ event: Recorded, _ own: (Place) -> Bool) {
    for move in event.moves
    where move.amount != 0 && !move.to.subject.is(.tax) && !move.from.subject.is(.tax) {
      if own(move.to) { net += isOwed ? -move.value : move.value }
      if own(move.from) { net += isOwed ? move.value : -move.value }
    }
  }
}

extension Decision {
  /// A project that is open on the day of the event.
  mutating func openProject(_ code: Code, _ s: any Situation) throws(Obstacle) -> NameID {
    let id = try refer(.project, code, s)
    if let closed = try s.document(Project.self, id).closedOn, on > closed {
      throw .refuse(
        "project.closed", "Project \(code) was closed on \(closed).",
        remedy: "Date it on or before \(closed), or name another project.")
    }
    return id
  }
}

private func checkPlan(_ minutes: Int64?, _ budget: ExactDecimal?) throws(Obstacle) {
  if minutes ?? 0 < 0 || budget?.isNegative ?? false {
    throw .refuse(
      "project.plan", "Planned minutes or a budget are negative.", remedy: "Give zero or more.")
  }
  // More than a thousand people work in a lifetime.
  if minutes ?? 0 > 10_000_000_000 {
    throw .refuse(
      "project.minutes", "\(minutes ?? 0) minutes are more than can be planned.",
      remedy: "Plan at most 10000000000 minutes.")
  }
}
