// Why: a payslip that was wrong is not written over; what is right is recorded on its own day, and the difference moves.

public import Wire

/// A payslip has been put right.
public struct PayrollCorrected: Event {
  /// The payroll run.
  public var run = Code()
  /// The payslip as it should have been, all of it; what it leaves open is worked out by the run's scheme.
  public var payslip = Payslip()
  /// Why.
  public var reason = ""

  public init() {}
  public static let kind = Kind(101, "payroll.corrected")
  public static let purpose = "A payslip has been put right."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "run", &run)
    try f.field(2, "payslip", &payslip)
    try f.field(3, "reason", &reason)
  }
  public static var example: PayrollCorrected {
    var event = PayrollCorrected()
    var payslip = Payslip()
    payslip.employee = "E-7"
    payslip.gross = "1900.00"
    payslip.employeeSocialSecurity = "123.12"
    payslip.withholding = "228.00"
    payslip.employerSocialSecurity = "580.45"
    event.run = "2026-02"
    event.payslip = payslip
    event.reason = "two unpaid days were missing"
    return event
  }
}
