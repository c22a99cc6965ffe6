// Why: who worked how long on what, and what it cost.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// Hours and their cost by employee, project, task or month.
public enum TimeSheet: Report {
  public static let name = "time"
  public static let title = "Time"
  public static let summary = "Hours and their cost by employee, project, task or month"
  public static let subject = ReportSubject.optional([.employee, .project])
  public static let takesFrom = true
  public static let groupings = ["detail", "employee", "project", "task", "month"]
  public static let chart: Table.Chart? = Table.Chart("group", "hours")
  public static let columns = [
    Column("group", "Of", .code), Column("name", "Name", .text),
    Column("project", "Project", .code), Column("task", "Task", .text),
    Column("minutes", "Minutes", .number), Column("hours", "Hours", .quantity),
    Column("cost", "Cost", .money), Column("perHour", "Per hour", .money),
    Column("notCosted", "Minutes without a payslip", .number),
  ]
  public static let keys = ["group", "project", "task"]
  public static let measures = ["minutes", "cost"]

  private struct Key: Hashable, Comparable {
    var group: Code
    var project = Code()
    var task = ""
    static func < (a: Key, b: Key) -> Bool {
      (a.group, a.project, a.task) < (b.group, b.project, b.task)
    }
  }
  private struct Line {
    var name = ""
    var minutes: Int64 = 0
    var cost: Int64 = 0
    var notCosted: Int64 = 0
    var basis = NameID.none

    mutating func add(_ time: WorkTime) {
      minutes += time.minutes
      cost += time.cost
      if !time.isCosted { notCosted += time.minutes }
    }
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var lines: [Key: Line] = [:]
    var total = Line()
    for time in try inquiry.workTimes().times {
      if let from = inquiry.request.from, time.on < from { continue }
      if !inquiry.subject.isNone, time.employee != inquiry.subject, time.project != inquiry.subject
      {
        continue
      }
      let (key, name) = try key(of: time, inquiry)
      var line = lines[key] ?? Line(name: name, basis: time.employee)
      line.add(time)
      lines[key] = line
      total.add(time)
    }
    func cells(_ line: Line) -> [Cell] {
      let costed = line.minutes - line.notCosted
      return [
        .number(line.minutes), inquiry.hours(line.minutes), inquiry.money(line.cost),
        costed == 0
          ? .empty : inquiry.money(Exact.divide(Int128(line.cost) * 60, Int128(costed)) ?? 0),
        line.notCosted == 0 ? .empty : .number(line.notCosted),
      ]
    }
    for (key, line) in lines.sorted(by: { $0.key < $1.key }) {
      table.add(
        [
          .text(key.group.text), .text(line.name),
          key.project.isEmpty ? .empty : .text(key.project.text),
          key.task.isEmpty ? .empty : .text(key.task),
        ] + cells(line), basis: .history(line.basis))
    }
    table.totals = [.text("Total"), .empty, .empty, .empty] + cells(total)
  }

  private static func key(
    of time: WorkTime, _ inquiry: Inquiry
  ) throws(ReportError) -> (Key, name: String) {
    func code(_ name: NameID) throws(ReportError) -> Code {
      name.isNone ? "—" : try inquiry.code(name)
    }
    let project = time.project
    func projectName() throws(ReportError) -> String {
      project.isNone ? "" : try inquiry.document(Project.self, project).name
    }
    switch inquiry.request.by ?? groupings[0] {
    case "employee":
      return (Key(group: try code(time.employee)), try inquiry.party(time.employee).name)
    case "project": return (Key(group: try code(project)), try projectName())
    case "task":
      return (Key(group: try code(project), task: time.task), try projectName())
    case "month":
      let month = try decoding { () throws(WireError) in
        try Code(String(time.on.description.prefix(7)))
      }
      return (Key(group: month), "")
    default:
      let own = project.isNone ? Code() : try inquiry.code(project)
      return (
        Key(group: try code(time.employee), project: own, task: time.task),
        try inquiry.party(time.employee).name
      )
    }
  }
}
