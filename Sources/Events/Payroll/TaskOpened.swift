// Why: a project is done in tasks; hours and budgets are kept for each.

public import Wire

/// A task of a project has begun.
public struct TaskOpened: Event {
  /// The task's code.
  public var task = Code()
  /// The project.
  public var project = Code()
  /// What people call it.
  public var name = ""
  /// How long it should take, in minutes of work.
  public var minutes: Int64?
  /// What it may cost, in the books' currency.
  public var budget: ExactDecimal?

  public init() {}
  public static let kind = Kind(103, "task.opened")
  public static let purpose = "A task of a project has begun."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "task", &task)
    try f.field(2, "project", &project)
    try f.field(3, "name", &name)
    try f.field(4, "minutes", &minutes)
    try f.field(5, "budget", &budget)
  }
  public static var example: TaskOpened {
    var event = TaskOpened()
    event.task = "PR-1/shelves"
    event.project = "PR-1"
    event.name = "Put up the shelves"
    event.minutes = 2400
    event.budget = "800.00"
    return event
  }
}
