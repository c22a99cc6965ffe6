// Why: who has left takes no more payslips.

public import Wire

/// An employee's last day was this one.
public struct EmployeeLeft: Event {
  /// The employee.
  public var employee = Code()
  /// Why, in a few words.
  public var reason: String?

  public init() {}
  public static let kind = Kind(202, "employee.left")
  public static let purpose = "An employee's last day was this one."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "employee", &employee)
    try f.field(2, "reason", &reason)
  }
  public static var example: EmployeeLeft {
    var event = EmployeeLeft()
    event.employee = "E-7"
    event.reason = "end of contract"
    return event
  }
}
