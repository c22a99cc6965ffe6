// Why: budgets change, in the open and from a day on.

public import Wire

/// Details of a project have changed; what is absent stays as it was.
public struct ProjectRevised: Event {
  /// The project's code.
  public var project = Code()
  /// What people call it.
  public var name: String?
  /// How long it should take, in minutes of work.
  public var minutes: Int64?
  /// What it may cost, in the books' currency.
  public var budget: ExactDecimal?

  public init() {}
  public static let kind = Kind(208, "project.revised")
  public static let purpose = "Details of a project have changed; what is absent stays as it was."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "project", &project)
    try f.field(2, "name", &name)
    try f.field(3, "minutes", &minutes)
    try f.field(4, "budget", &budget)
  }
  public static var example: ProjectRevised {
    var event = ProjectRevised()
    event.project = "PR-1"
    event.name = "New shop window"
    event.minutes = 6000
    event.budget = "5000.00"
    return event
  }
}
