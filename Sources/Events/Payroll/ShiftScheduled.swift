// Why: who shall work when is planned before it is worked; both are compared.

public import Wire

/// An employee shall work on this day.
public struct ShiftScheduled: Event {
  /// Who.
  public var employee = Code()
  /// When the shift begins, hours and minutes of the day.
  public var start = ""
  /// How long it is, without breaks.
  public var minutes: Int64 = 0
  /// Where.
  public var warehouse: Code?
  /// For which project.
  public var project: Code?

  public init() {}
  public static let kind = Kind(100, "shift.scheduled")
  public static let purpose = "An employee shall work on this day."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "employee", &employee)
    try f.field(2, "start", &start)
    try f.field(3, "minutes", &minutes)
    try f.field(4, "warehouse", &warehouse)
    try f.field(5, "project", &project)
  }
  public static var example: ShiftScheduled {
    var event = ShiftScheduled()
    event.employee = "E-7"
    event.start = "09:00"
    event.minutes = 480
    event.warehouse = "MAD"
    event.project = "PR-1"
    return event
  }
}
