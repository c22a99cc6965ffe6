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

  public init() {}
  public static let kind = Kind(15, "project.opened")
  public static let purpose = "A project has begun."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "project", &project)
    try f.field(2, "name", &name)
    try f.field(3, "customer", &customer)
  }
  public static var example: ProjectOpened {
    var event = ProjectOpened()
    event.project = "PR-1"
    event.name = "New shop window"
    event.customer = "C-17"
    return event
  }
}
