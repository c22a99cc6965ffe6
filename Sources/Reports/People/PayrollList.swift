// Why: what each employee earned in each period, what was kept back, what it cost, and what is still owed.

internal import Documents
internal import Ledger
internal import Wire

/// Payslips by run and employee.
public enum PayrollList: Report {
  public static let name = "payroll"
  public static let title = "Payroll"
  public static let summary = "Gross, deductions, net, cost, paid and owed by run and employee"
  public static let subject = ReportSubject.optional([.employee, .payrollRun])
  public static let takesFrom = true
  public static let columns = [
    Column("run", "Run", .code), Column("from", "From", .day), Column("through", "Through", .day),
    Column("employee", "Employee", .code), Column("name", "Name", .text),
    Column("gross", "Gross", .money), Column("socialSecurity", "Social security", .money),
    Column("withholding", "Withholding", .money), Column("otherDeductions", "Other", .money),
    Column("deductions", "Deductions", .money), Column("net", "Net", .money),
    Column("employerSocialSecurity", "Employer's", .money), Column("cost", "Cost", .money),
    Column("paid", "Paid", .money), Column("owed", "Owed", .money),
  ]
  public static let keys = ["run", "employee"]
  public static let measures = ["gross", "deductions", "net", "cost", "paid", "owed"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var totals = [Int64](repeating: 0, count: 10)
    let slips = try inquiry.payslips()
    try inquiry.prepare(slips.map(\.employee))
    for slip in slips {
      if !inquiry.subject.isNone, slip.employee != inquiry.subject, slip.run != inquiry.subject {
        continue
      }
      if let from = inquiry.request.from, slip.on < from { continue }
      let sums = [
        slip.gross, slip.socialSecurity, slip.withholding, slip.otherDeductions, slip.deductions,
        slip.net, slip.employerSocialSecurity, slip.cost, slip.paid, slip.net - slip.paid,
      ]
      for (i, sum) in sums.enumerated() { totals[i] += sum }
      table.add(
        [
          try inquiry.cell(slip.run), .day(slip.from), .day(slip.through),
          try inquiry.cell(slip.employee), try inquiry.partyName(slip.employee),
        ] + sums.map(inquiry.money), basis: .history(slip.run))
    }
    table.totals =
      [.text("Total"), .empty, .empty, .empty, .empty] + totals.map(inquiry.money)
  }
}
