// Why: contracts are few and hours are many, in one history of each employee: it is read once for both.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Wire

extension Inquiry {
  /// What was agreed with each of `employees`, as of the report's day. Each event that records hours is shown to `hours` instead, in
  /// the order of recording.
  func employments(
    of employees: [NameID], hours: (NameID, Recorded) throws(ReportError) -> Void
  ) throws(ReportError) -> [NameID: Employment] {
    var employments: [NameID: Employment] = [:]
    try forEachEvent(Histories.self, ofEach: employees, where: isInTime) {
      (employee, event) throws(ReportError) in
      if event.kind == TimeRecorded.kind.number { return try hours(employee, event) }
      try decoding { () throws(WireError) in
        try employments[employee, default: Employment()].evolve(event, employee, chart)
      }
    }
    return employments
  }
}
