// Why: days away are part of a contract: some are paid, some are not, and payslips follow them.

public import Ledger
public import Wire

/// An employee is away for some days.
public struct AbsenceRecorded: Event {
  /// Who.
  public var employee = Code()
  /// The first day away.
  public var from = Day()
  /// The last day away.
  public var through = Day()
  /// Why.
  public var reason = AbsenceReason()
  /// Whether the days are paid; when absent, all but unpaid leave and strikes are.
  public var paid: Bool?
  /// More about it; personal.
  public var text: String?

  public init() {}
  public static let kind = Kind(99, "absence.recorded")
  public static let purpose = "An employee is away for some days."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "employee", &employee)
    try f.field(2, "from", &from)
    try f.field(3, "through", &through)
    try f.field(4, "reason", &reason)
    try f.field(5, "paid", &paid)
    try f.personal(6, "text", &text, of: .employee(employee))
  }
  public static var example: AbsenceRecorded {
    var event = AbsenceRecorded()
    event.employee = "E-7"
    event.from = "2026-02-16"
    event.through = "2026-02-17"
    event.reason = .unpaidLeave
    event.paid = true
    event.text = "moving house"
    return event
  }
}
