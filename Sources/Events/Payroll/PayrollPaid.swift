// Why: paying wages settles a debt; it is no cost.

public import Wire

/// The net wages of a payroll run have been paid.
public struct PayrollPaid: Event {
  /// The payroll run.
  public var run = Code()
  /// The account from which they were paid.
  public var account = Code()
  /// Who was paid; everybody when empty.
  public var employees: [Code] = []

  public init() {}
  public static let kind = Kind(97, "payroll.paid")
  public static let purpose = "The net wages of a payroll run have been paid."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "run", &run)
    try f.field(2, "account", &account)
    try f.field(3, "employees", &employees)
  }
  public static var example: PayrollPaid {
    var event = PayrollPaid()
    event.run = "2026-02"
    event.account = "1000"
    event.employees = ["E-7"]
    return event
  }
}
