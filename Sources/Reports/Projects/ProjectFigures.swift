// Why: a project's figures come from hours, from documents laid to it and from its plan; three reports ask for them.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Wire

/// Time, cost and benefit of a project or one of its tasks.
struct ProjectFigures {
  var minutes: Int64 = 0
  var labour: Int64 = 0
  /// Costs of documents laid to it.
  var other: Int64 = 0
  /// Benefits of documents laid to it.
  var benefit: Int64 = 0
  var cost: Int64 { labour + other }

  mutating func add(_ more: ProjectFigures) {
    minutes += more.minutes
    labour += more.labour
    other += more.other
    benefit += more.benefit
  }
}

/// A project, or a task of it; no task for what belongs to the project as a whole.
struct ProjectKey: Hashable {
  var project: NameID
  var task: String
}

extension Inquiry {
  /// The figures of every project and task from the request's first day to the last that counts.
  func projectFigures() throws(ReportError) -> [ProjectKey: ProjectFigures] {
    var all: [ProjectKey: ProjectFigures] = [:]
    for time in try workTimes().times where !time.project.isNone {
      if let from = request.from, time.on < from { continue }
      var figures = ProjectFigures()
      figures.minutes = time.minutes
      figures.labour = time.cost
      all[ProjectKey(project: time.project, task: time.task), default: ProjectFigures()]
        .add(figures)
    }
    try forEachEvent(
      Histories.self, ofEach: try names(of: .project),
      where: { $0.kind == ProjectCharged.kind.number && isInTime($0) }
    ) { (project, event) throws(ReportError) in
      if let from = request.from, event.on < from { return }
      let charge = try decoding { () throws(WireError) in try event.event(ProjectCharged.self) }
      guard let charge else { return }
      let amount = try decoding { () throws(WireError) in
        try charge.amount.units(decimals: chart.decimals)
      }
      var figures = ProjectFigures()
      if charge.side == .cost { figures.other = amount } else { figures.benefit = amount }
      all[ProjectKey(project: project, task: charge.task?.text ?? ""), default: ProjectFigures()]
        .add(figures)
    }
    return all
  }

  /// Every project as of the report's day. The hours worked on it say nothing of what it is.
  func projects() throws(ReportError) -> [NameID: Project] {
    try documents(
      Project.self, of: try names(of: .project), in: Histories.self,
      where: { $0.kind != TimeRecorded.kind.number && isInTime($0) })
  }

  /// A decimal of the books' currency as a cell, and in smallest units.
  func units(_ amount: ExactDecimal?) throws(ReportError) -> Int64? {
    guard let amount else { return nil }
    return try decoding { () throws(WireError) in try amount.units(decimals: chart.decimals) }
  }
}
