// Why: hours are kept beside the money, by employee and project.

public import Wire

/// An employee has worked on something.
public struct TimeRecorded: Event {
  /// Who.
  public var employee = Code()
  /// For which project.
  public var project: Code?
  /// On what; the code of a task of the project, where there is such a task.
  public var task: String?
  /// How long.
  public var minutes: Int64 = 0

  public init() {}
  public static let kind = Kind(98, "time.recorded")
  public static let purpose = "An employee has worked on something."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "employee", &employee)
    try f.field(2, "project", &project)
    try f.field(3, "task", &task)
    try f.field(4, "minutes", &minutes)
  }
  public static var example: TimeRecorded {
    var event = TimeRecorded()
    event.employee = "E-7"
    event.project = "PR-1"
    event.task = "shelves"
    event.minutes = 480
    return event
  }
}
