// Why: what an employee is handed: each item of the wage, each deduction, and what is left.

internal import Documents
internal import Ledger
internal import Wire

/// The payslips of one employee, item by item.
public enum PayslipSheet: Report {
  public static let name = "payslip"
  public static let title = "Payslip"
  public static let summary = "The payslips of one employee, item by item"
  public static let subject = ReportSubject.required([.employee])
  public static let takesFrom = true
  public static let columns = [
    Column("run", "Run", .code), Column("from", "From", .day), Column("through", "Through", .day),
    Column("item", "Item", .text), Column("amount", "Amount", .money),
  ]
  public static let keys = ["run", "item"]
  public static let measures = ["amount"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var total: Int64 = 0
    for slip in try inquiry.payslips() where slip.employee == inquiry.subject {
      if let from = inquiry.request.from, slip.on < from { continue }
      let run = try inquiry.cell(slip.run)
      var texts: Set<String> = []
      func add(_ item: String, _ amount: Int64) {
        // Two items of one name are told apart, for rows are known by their names.
        var text = item
        var count = 1
        while !texts.insert(text).inserted {
          count += 1
          text = "\(item) (\(count))"
        }
        table.add(
          [run, .day(slip.from), .day(slip.through), .text(text), inquiry.money(amount)],
          basis: .events(
            slip.correctedAt == 0 ? [slip.position] : [slip.position, slip.correctedAt]))
      }
      if slip.items.isEmpty { add("gross wage", slip.gross) }
      for item in slip.items { add(item.text, item.amount) }
      if slip.deductionItems.reduce(0, { $0 + $1.amount }) == slip.deductions {
        for item in slip.deductionItems { add(item.text, -item.amount) }
      } else {
        for (item, amount) in [
          ("social security", slip.socialSecurity), ("withholding", slip.withholding),
          ("other deductions", slip.otherDeductions),
        ] where amount != 0 { add(item, -amount) }
      }
      total += slip.net
      let paid = slip.paid == slip.net ? "net wage, paid" : "net wage, not paid yet"
      table.addSubtotal(["run": run, "item": .text(paid), "amount": inquiry.money(slip.net)])
    }
    table.totals = table.row(["run": .text("Net"), "amount": inquiry.money(total)])
    table.notes.append(try inquiry.party(inquiry.subject).name)
  }
}
