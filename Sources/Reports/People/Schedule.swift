// Why: what was planned, what was worked and who was away, day by day.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Wire

/// Planned and worked hours by employee and day.
public enum Schedule: Report {
  public static let name = "schedule"
  public static let title = "Schedule"
  public static let summary = "Shifts, absences and hours worked by day and employee"
  public static let subject = ReportSubject.optional([.employee])
  public static let takesFrom = true
  public static let columns = [
    Column("on", "Day", .day), Column("employee", "Employee", .code),
    Column("name", "Name", .text), Column("shift", "Shift", .text),
    Column("planned", "Planned", .number), Column("worked", "Worked", .number),
    Column("difference", "Difference", .number), Column("absence", "Away", .text),
  ]
  public static let keys = ["on", "employee"]
  public static let measures = ["planned", "worked"]

  private struct Line {
    var shifts: [(from: Int64, through: Int64)] = []
    var worked: Int64 = 0
    var absence: Employment.Absence?
    var planned: Int64 { shifts.reduce(0) { $0 + $1.through - $1.from } }
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var rows: [(on: Day, code: Code, id: NameID, line: Line)] = []
    let asked = try inquiry.asked(.employee)
    let lines = try lines(ofEach: asked, inquiry)
    for (id, code) in try inquiry.sorted(asked) {
      for (on, line) in lines[id] ?? [:] { rows.append((on, code, id, line)) }
    }
    try inquiry.prepare(asked)
    rows.sort { ($0.on, $0.code) < ($1.on, $1.code) }
    var (planned, worked) = (Int64(0), Int64(0))
    for row in rows {
      planned += row.line.planned
      worked += row.line.worked
      let shifts = row.line.shifts.sorted { $0.from < $1.from }
        .map { "\(time($0.from))–\(time($0.through))" }.joined(separator: ", ")
      table.add(
        [
          .day(row.on), .text(row.code.text), .text(try inquiry.party(row.id).name),
          .text(shifts), .number(row.line.planned), .number(row.line.worked),
          .number(row.line.worked - row.line.planned),
          row.line.absence.map { .text($0.reason.rawValue + ($0.isPaid ? "" : ", unpaid")) }
            ?? .empty,
        ], basis: .history(row.id))
    }
    table.totals = table.row([
      "employee": .text("Total"), "planned": .number(planned), "worked": .number(worked),
      "difference": .number(worked - planned),
    ])
  }

  private static func lines(
    ofEach employees: [NameID], _ inquiry: Inquiry
  ) throws(ReportError) -> [NameID: [Day: Line]] {
    var all: [NameID: [Day: Line]] = [:]
    let employments = try inquiry.employments(of: employees) { employee, event in
      all[employee, default: [:]][event.on, default: Line()].worked +=
        event.moves.reduce(0) { $0 + $1.amount }
    }
    let last = inquiry.asOf ?? Day.last
    for (employee, employment) in employments {
      var lines = all[employee] ?? [:]
      for shift in employment.shifts {
        lines[shift.on, default: Line()].shifts.append((shift.from, shift.through))
      }
      for absence in employment.absences {
        for day in absence.from.days(through: min(absence.through, last)) {
          lines[day, default: Line()].absence = absence
        }
      }
      if let from = inquiry.request.from { lines = lines.filter { $0.key >= from } }
      all[employee] = lines
    }
    return all
  }

  /// `09:00`.
  private static func time(_ minute: Int64) -> String {
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(minute / 60)):\(two(minute % 60))"
  }
}
