// Why: one employee's month: what is earned, kept back and paid by the company on top.

public import Wire

/// One employee's payslip, in the books' currency.
public struct Payslip: Message, Hashable {
  /// Whose it is.
  public var employee = Code()
  /// What was earned; the sum of the items, when there are any. By a scheme, when absent.
  public var gross: ExactDecimal?
  /// What the gross consists of.
  public var items: [PayslipItem] = []
  /// The employee's social security, kept back. By a scheme, when absent.
  public var employeeSocialSecurity: ExactDecimal?
  /// Income tax, kept back. By the contract's percent, when absent and there is a scheme.
  public var withholding: ExactDecimal?
  /// Anything else that is kept back.
  public var otherDeductions: ExactDecimal?
  /// The company's own social security, on top. By a scheme, when absent.
  public var employerSocialSecurity: ExactDecimal?
  /// What social security was reckoned on.
  public var contributionBase: ExactDecimal?
  /// For how many days of a month of 30 the wage is paid.
  public var paidDays: Int64?
  /// How many days the employee was away unpaid.
  public var unpaidDays: Int64?
  /// What the deductions consist of.
  public var deductions: [PayslipItem] = []
  /// What the company's own social security consists of.
  public var employerItems: [PayslipItem] = []

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "employee", &employee)
    try f.field(2, "gross", &gross)
    try f.field(3, "items", &items)
    try f.field(4, "employeeSocialSecurity", &employeeSocialSecurity)
    try f.field(5, "withholding", &withholding)
    try f.field(6, "otherDeductions", &otherDeductions)
    try f.field(7, "employerSocialSecurity", &employerSocialSecurity)
    try f.field(8, "contributionBase", &contributionBase)
    try f.field(9, "paidDays", &paidDays)
    try f.field(10, "unpaidDays", &unpaidDays)
    try f.field(11, "deductions", &deductions)
    try f.field(12, "employerItems", &employerItems)
  }
}
