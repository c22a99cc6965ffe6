// Why: is a project within its time and its money, and what is left of it?

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// Time, cost, budget and benefit of projects or tasks.
public enum Projects: Report {
  public static let name = "projects"
  public static let title = "Projects"
  public static let summary = "Time, cost, budget, benefit and result by project or task"
  public static let subject = ReportSubject.optional([.project, .customer])
  public static let takesFrom = true
  public static let groupings = ["project", "task"]
  public static let chart: Table.Chart? = Table.Chart("project", "cost")
  public static let columns = [
    Column("project", "Project", .code), Column("task", "Task", .text),
    Column("name", "Name", .text), Column("customer", "Customer", .code),
    Column("state", "State", .text), Column("hours", "Hours", .quantity),
    Column("plannedHours", "Planned", .quantity), Column("hoursLeft", "Left", .quantity),
    Column("labour", "Labour", .money), Column("other", "Other", .money),
    Column("cost", "Cost", .money), Column("budget", "Budget", .money),
    Column("budgetLeft", "Left of it", .money), Column("used", "Used", .percent, unit: "%"),
    Column("benefit", "Benefit", .money), Column("result", "Result", .money),
  ]
  public static let keys = ["project", "task"]
  public static let measures = ["hours", "cost", "benefit", "result"]

  private struct Plan {
    var name = ""
    var customer = NameID.none
    var isClosed = false
    var minutes: Int64?
    var budget: ExactDecimal?
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let figures = try inquiry.projectFigures()
    var total = ProjectFigures()
    let projects = try inquiry.projects()
    for (id, code) in try inquiry.sorted(projects.keys) {
      let project = projects[id] ?? Project()
      guard project.openedOn != nil else { continue }
      if !inquiry.subject.isNone, id != inquiry.subject, project.customer != inquiry.subject {
        continue
      }
      let own = figures.filter { $0.key.project == id }
      if inquiry.request.by == "task" {
        let tasks = try inquiry.tasks(of: id)
        for task in Set(own.keys.map(\.task)).union(tasks.keys.map(\.text)).sorted() {
          let known = tasks.first { $0.key.text == task }?.value
          let plan = Plan(
            name: known?.name ?? "", customer: project.customer,
            isClosed: (known?.closedOn ?? project.closedOn) != nil, minutes: known?.minutes,
            budget: known?.budget)
          let sums = own[ProjectKey(project: id, task: task)] ?? ProjectFigures()
          try add(code, task, plan, sums, id, &table, inquiry)
          total.add(sums)
        }
      } else {
        let plan = Plan(
          name: project.name, customer: project.customer, isClosed: project.closedOn != nil,
          minutes: project.minutes, budget: project.budget)
        var sums = ProjectFigures()
        for part in own.values { sums.add(part) }
        try add(code, "", plan, sums, id, &table, inquiry)
        total.add(sums)
      }
    }
    table.totals = table.row([
      "project": .text("Total"), "hours": inquiry.hours(total.minutes),
      "labour": inquiry.money(total.labour), "other": inquiry.money(total.other),
      "cost": inquiry.money(total.cost), "benefit": inquiry.money(total.benefit),
      "result": inquiry.money(total.benefit - total.cost),
    ])
  }

  private static func add(
    _ code: Code, _ task: String, _ plan: Plan, _ sums: ProjectFigures, _ project: NameID,
    _ table: inout Table, _ inquiry: Inquiry
  ) throws(ReportError) {
    let budget = try inquiry.units(plan.budget)
    let isOver = budget.map { sums.cost > $0 } ?? false
    let isLate = plan.minutes.map { sums.minutes > $0 } ?? false
    let state = plan.isClosed ? "closed" : isOver ? "over budget" : isLate ? "over time" : "open"
    table.add(
      table.row([
        "project": .text(code.text), "task": task.isEmpty ? .empty : .text(task),
        "name": .text(plan.name), "customer": try inquiry.cell(plan.customer),
        "state": .text(state), "hours": inquiry.hours(sums.minutes),
        "plannedHours": plan.minutes.map(inquiry.hours) ?? .empty,
        "hoursLeft": plan.minutes.map { inquiry.hours($0 - sums.minutes) } ?? .empty,
        "labour": inquiry.money(sums.labour), "other": inquiry.money(sums.other),
        "cost": inquiry.money(sums.cost), "budget": budget.map(inquiry.money) ?? .empty,
        "budgetLeft": budget.map { inquiry.money($0 - sums.cost) } ?? .empty,
        "used": budget.map { inquiry.percent(sums.cost, of: $0) } ?? .empty,
        "benefit": inquiry.money(sums.benefit),
        "result": inquiry.money(sums.benefit - sums.cost),
      ]), basis: .history(project))
  }
}

extension Inquiry {
  /// The tasks of a project by their codes.
  func tasks(of project: NameID) throws(ReportError) -> [Code: ProjectTask] {
    var tasks: [Code: ProjectTask] = [:]
    for (id, task) in try documents(ProjectTask.self, of: try names(of: .task)) {
      if task.project == project { tasks[try code(id)] = task }
    }
    return tasks
  }
}
