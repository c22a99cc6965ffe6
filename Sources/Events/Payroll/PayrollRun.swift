// Why: wages become a cost when they are earned, and a debt until they are paid.

public import Ledger
public import Wire

/// The payslips of a period have been worked out.
public struct PayrollRun: Event {
  /// The payroll run's code.
  public var run = Code()
  /// The first day of the period.
  public var from = Day()
  /// The last day of the period.
  public var through = Day()
  /// One for each employee.
  public var payslips: [Payslip] = []
  /// The payroll scheme by which what the payslips leave open is worked out.
  public var scheme: Code?
  /// Whether it is an extra payment: one more monthly wage, on which social security has been paid month by month.
  public var extraPayment: Bool?

  public init() {}
  public static let kind = Kind(96, "payroll.run")
  public static let purpose = "The payslips of a period have been worked out."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "run", &run)
    try f.field(2, "from", &from)
    try f.field(3, "through", &through)
    try f.field(4, "payslips", &payslips)
    try f.field(5, "scheme", &scheme)
    try f.field(6, "extraPayment", &extraPayment)
  }
  public static var example: PayrollRun {
    var payslip = Payslip()
    payslip.employee = "E-7"
    payslip.gross = "2000.00"
    var item = PayslipItem()
    item.text = "base"
    item.amount = "2000.00"
    payslip.items = [item]
    payslip.employeeSocialSecurity = "129.60"
    payslip.withholding = "240.00"
    payslip.otherDeductions = "10.00"
    payslip.employerSocialSecurity = "611.00"
    var event = PayrollRun()
    event.run = "2026-02"
    event.from = "2026-02-01"
    event.through = "2026-02-28"
    event.payslips = [payslip]
    event.scheme = "ES"
    event.extraPayment = false
    return event
  }
}
