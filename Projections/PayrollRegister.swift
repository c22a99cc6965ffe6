// Why: what an employee earned, what was withheld, what is owed and which hours were worked are balances of places of that employee.

public import Events
internal import Ledger
public import Summaries

/// Wages, deductions and hours. Key: account, employee, what moved (a currency, a project's hours).
public enum PayrollRegister: TallyProjection {
  public static let name = "payroll"
  public static let version = 1
  public static let keepsNetOnly = false

  public static func lines(of record: borrowing RecordView, into lines: inout TallyLines) {
    for index in 0..<record.moveCount { lines.add(record.move(index)) { $0.is(.employee) } }
  }
}
