// Why: a project's figures come from hours, from documents laid to it and from its plan; three reports ask for them.

internal import Documents
internal import Events
internal import Ledger
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
    for project in try names(of: .project) {
      for event in try history(of: project) {
        if let from = request.from, event.on < from { continue }
        let charge = try decoding { () throws(WireError) in
          try event.event(ProjectCharged.self)
        }
        guard let charge else { continue }
        let amount = try decoding { () throws(WireError) in
          try charge.amount.units(decimals: chart.decimals)
        }
        var figures = ProjectFigures()
        if charge.side == .cost { figures.other = amount } else { figures.benefit = amount }
        all[ProjectKey(project: project, task: charge.task?.text ?? ""), default: ProjectFigures()]
          .add(figures)
      }
    }
    return all
  }

  /// A decimal of the books' currency as a cell, and in smallest units.
  func units(_ amount: ExactDecimal?) throws(ReportError) -> Int64? {
    guard let amount else { return nil }
    return try decoding { () throws(WireError) in try amount.units(decimals: chart.decimals) }
  }
}
