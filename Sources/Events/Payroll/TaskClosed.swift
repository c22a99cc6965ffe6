// Why: a task that is done takes no more hours.

public import Wire

/// A task is done.
public struct TaskClosed: Event {
  /// The task.
  public var task = Code()

  public init() {}
  public static let kind = Kind(104, "task.closed")
  public static let purpose = "A task is done."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "task", &task)
  }
  public static var example: TaskClosed {
    var event = TaskClosed()
    event.task = "PR-1/shelves"
    return event
  }
}
