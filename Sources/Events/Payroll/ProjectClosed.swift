// Why: a project that is over takes no more hours and costs.

public import Wire

/// A project is over.
public struct ProjectClosed: Event {
  /// The project.
  public var project = Code()

  public init() {}
  public static let kind = Kind(209, "project.closed")
  public static let purpose = "A project is over."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "project", &project)
  }
  public static var example: ProjectClosed {
    var event = ProjectClosed()
    event.project = "PR-1"
    return event
  }
}
