// Why: hours are kept as a memorandum beside the money; shifts, absences and reviews move nothing, but must fit together:
// nobody works on a day away, or in two places at once.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension TimeRecorded: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let employee = try d.employee(self.employee, s)
    var task = NameID.none
    if let words = self.task, let code = try? Code(words) { task = try s.id(.task, code) ?? .none }
    if !task.isNone { try fit(to: task, &d, s) }
    let project = try self.project.map { (code) throws(Obstacle) in
      try d.openProject(code, s)
    }
    d.mention(task)
    guard (1...1440).contains(minutes) else {
      throw .refuse(
        "time.invalid", "\(minutes) minutes do not fit into a day.",
        remedy: "Give 1 to 1440 minutes; record longer work day by day.")
    }
    try checkDay(employee, d, s)
    let chart = try s.chart()
    d.move(
      minutes, worth: 0, of: project ?? .none,
      from: Place(try chart.account(.timeOffset), project ?? .none),
      to: Place(try chart.account(.timeWorked), employee))
  }

  /// All that is recorded of a day fits into it, and nobody works on a day of unpaid leave.
  private func checkDay(
    _ employee: NameID, _ d: Decision, _ s: any Situation
  ) throws(Obstacle) {
    let earlier = try s.document(WorkedDays.self, employee).minutes[d.on] ?? 0
    if earlier + minutes > 1440 {
      throw .refuse(
        "time.exceeded",
        "\(self.employee) has \(earlier) minutes on \(d.on); \(minutes) more do not fit into the day.",
        remedy:
          "Give at most \(1440 - earlier) minutes, or record them on the day on which they were.")
    }
    let known = try s.document(Employment.self, employee)
    if let absence = known.absences.first(where: {
      !$0.isPaid && ($0.from...$0.through).contains(d.on)
    }
    ) {
      throw .refuse(
        "time.absent",
        "\(self.employee) is away without pay from \(absence.from) to \(absence.through).",
        remedy: "Date the hours on a day of work.")
    }
  }

  /// The task's project is the one worked for, and the task is open.
  private mutating func fit(
    to task: NameID, _ d: inout Decision, _ s: any Situation
  ) throws(Obstacle) {
    let known = try s.document(ProjectTask.self, task)
    let owner = try s.code(known.project)
    if let project, project != owner {
      throw .refuse(
        "task.project", "Task \(try s.code(task)) belongs to \(owner), not to \(project).",
        remedy: "Leave out the project, or name another task.")
    }
    project = owner
    if let closed = known.closedOn, d.on > closed {
      throw .refuse(
        "task.closed", "Task \(try s.code(task)) was closed on \(closed).",
        remedy: "Date it on or before \(closed), or name another task.")
    }
  }
}

extension AbsenceRecorded: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let id = try d.refer(.employee, employee, s)
    guard from <= through else {
      throw .refuse(
        "absence.period", "The absence ends on \(through), before it begins on \(from).",
        remedy: "Give the first and the last day away.")
    }
    let known = try s.document(Employment.self, id)
    if known.daysEmployed(from: from, through: through) != through - from + 1 {
      throw .refuse(
        "absence.notEmployed", "\(employee) was not employed from \(from) to \(through).",
        remedy: "Give days between hiring and leaving.")
    }
    if let other = known.absences.first(where: { $0.from <= through && from <= $0.through }) {
      throw .refuse(
        "absence.overlap",
        "\(employee) is away from \(other.from) to \(other.through) already.",
        remedy: "Give other days.")
    }
    if !(paid ?? reason.isPaid),
      let worked = try s.document(WorkedDays.self, id).minutes.keys.sorted().first(where: {
        (from...through).contains($0)
      })
    {
      throw .refuse(
        "absence.worked", "\(employee) has worked on \(worked).",
        remedy: "Give the days of leave without those of work, or say that they are paid.")
    }
  }
}

/// What an employee has worked, day by day.
struct WorkedDays: Document {
  /// In minutes.
  private(set) var minutes: [Day: Int64] = [:]

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    guard event.kind == TimeRecorded.kind.number else { return }
    for move in event.moves where move.to.subject == id {
      minutes[move.on, default: 0] += move.amount
    }
  }
}

extension ShiftScheduled: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let id = try d.employee(employee, s)
    if let warehouse { _ = try d.refer(.warehouse, warehouse, s) }
    if let project { _ = try d.openProject(project, s) }
    let begin = try refusing("shift") { () throws(WireError) in try startMinute() }
    guard (1...1440).contains(minutes), begin + minutes <= 1440 else {
      throw .refuse(
        "shift.invalid", "A shift of \(minutes) minutes from \(start) does not fit into the day.",
        remedy: "Plan what lies after midnight on the next day.")
    }
    let known = try s.document(Employment.self, id)
    if let absence = known.absences.first(where: { ($0.from...$0.through).contains(d.on) }) {
      throw .refuse(
        "shift.absent", "\(employee) is away from \(absence.from) to \(absence.through).",
        remedy: "Plan somebody else, or another day.")
    }
    if known.shifts.contains(where: {
      $0.on == d.on && $0.from < begin + minutes && begin < $0.through
    }) {
      throw .refuse(
        "shift.overlap", "\(employee) has a shift at that time on \(d.on) already.",
        remedy: "Plan another time.")
    }
  }
}

extension ReviewRecorded: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.employee(employee, s)
    if let reviewer {
      if reviewer == employee {
        throw .refuse(
          "review.self", "\(employee) cannot review \(employee).",
          remedy: "Name somebody else as the reviewer.")
      }
      _ = try d.employee(reviewer, s)
    }
    try refuseEmpty(text)
    if let rating, !(1...5).contains(rating) {
      throw .refuse(
        "review.rating", "A rating of \(rating) is not possible.",
        remedy: "Give 1 (poor) to 5 (excellent), or leave it out.")
    }
  }
}
