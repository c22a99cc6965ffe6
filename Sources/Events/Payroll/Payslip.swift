// Why: one employee's month: what is earned, kept back and paid by the company on top.

public import Wire

/// One employee's payslip, in the books' currency.
public struct Payslip: Message, Hashable {
  /// Whose it is.
  public var employee = Code()
  /// What was earned; the sum of the items, when there are any.
  public var gross = ExactDecimal()
  /// What the gross consists of.
  public var items: [PayslipItem] = []
  /// The employee's social security, kept back.
  public var employeeSocialSecurity = ExactDecimal()
  /// Income tax, kept back.
  public var withholding = ExactDecimal()
  /// Anything else that is kept back.
  public var otherDeductions: ExactDecimal?
  /// The company's own social security, on top.
  public var employerSocialSecurity = ExactDecimal()

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "employee", &employee)
    try f.field(2, "gross", &gross)
    try f.field(3, "items", &items)
    try f.field(4, "employeeSocialSecurity", &employeeSocialSecurity)
    try f.field(5, "withholding", &withholding)
    try f.field(6, "otherDeductions", &otherDeductions)
    try f.field(7, "employerSocialSecurity", &employerSocialSecurity)
  }
}
