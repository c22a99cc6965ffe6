// Why: hours and costs are gathered by project.

public import Wire

/// A project has begun.
public struct ProjectOpened: Event {
  /// The project's code.
  public var project = Code()
  /// What people call it.
  public var name = ""
  /// For whom it is done.
  public var customer: Code?
  /// How long it should take, in minutes of work.
  public var minutes: Int64?
  /// What it may cost, in the books' currency.
  public var budget: ExactDecimal?

  public init() {}
  public static let kind = Kind(15, "project.opened")
  public static let purpose = "A project has begun."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "project", &project)
    try f.field(2, "name", &name)
    try f.field(3, "customer", &customer)
    try f.field(4, "minutes", &minutes)
    try f.field(5, "budget", &budget)
  }
  public static var example: ProjectOpened {
    var event = ProjectOpened()
    event.project = "PR-1"
    event.name = "New shop window"
    event.customer = "C-17"
    event.minutes = 6000
    event.budget = "5000.00"
    return event
  }
}
