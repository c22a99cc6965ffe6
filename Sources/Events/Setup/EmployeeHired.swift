// Why: payslips and hours belong to somebody.

public import Ledger
public import Wire

/// A person has joined the company.
public struct EmployeeHired: Event {
  /// The employee's code.
  public var employee = Code()
  /// The person's name; personal.
  public var name = ""
  /// The person's tax identification number; personal.
  public var taxID: String?
  /// What the person does.
  public var position: String?
  /// Gross wage of a month in the books' currency.
  public var monthlyGross: ExactDecimal?
  /// What kind of contract it is.
  public var contract: ContractKind?
  /// The last day of a contract that is for a time.
  public var through: Day?
  /// Agreed working time of a week, in minutes.
  public var weeklyMinutes: Int64?
  /// How many percent of the wage are withheld for income tax.
  public var withholding: ExactDecimal?
  /// The department.
  public var department: Code?

  public init() {}
  public static let kind = Kind(200, "employee.hired")
  public static let purpose = "A person has joined the company."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "employee", &employee)
    try f.personal(2, "name", &name, of: .employee(employee))
    try f.personal(3, "taxID", &taxID, of: .employee(employee))
    try f.field(4, "position", &position)
    try f.field(5, "monthlyGross", &monthlyGross)
    try f.field(6, "contract", &contract)
    try f.field(7, "through", &through)
    try f.field(8, "weeklyMinutes", &weeklyMinutes)
    try f.field(9, "withholding", &withholding)
    try f.field(10, "department", &department)
  }
  public static var example: EmployeeHired {
    var event = EmployeeHired()
    event.employee = "E-7"
    event.name = "Marta Gil"
    event.taxID = "12345678Z"
    event.position = "warehouse"
    event.monthlyGross = "2000.00"
    event.contract = .temporary
    event.through = "2026-12-31"
    event.weeklyMinutes = 2400
    event.withholding = "12"
    event.department = "LOG"
    return event
  }
}
