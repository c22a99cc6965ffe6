// Why: a budget is worth something only beside what really happened, account by account and month by month.

internal import Documents
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// Budget, actual and difference by account and month.
public enum BudgetVariance: Report {
  public static let name = "budget"
  public static let title = "Budget and actual"
  public static let summary = "Budget, actual and difference by account and month"
  public static let subject = ReportSubject.optional([.budget])
  public static let takesFrom = true
  public static let columns = [
    Column("budget", "Budget", .code), Column("account", "Account", .code),
    Column("name", "Name", .text), Column("month", "Month", .text),
    Column("planned", "Planned", .money), Column("actual", "Actual", .money),
    Column("difference", "Difference", .money),
  ]
  public static let keys = ["budget", "account", "month"]
  public static let measures = ["planned", "actual", "difference"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var months: [Day: [NameID: Int64]] = [:]
    let asked = try inquiry.asked(.budget)
    let budgets = try inquiry.documents(Budget.self, of: asked)
    for (id, code) in try inquiry.sorted(asked) {
      let cells = budgets[id]?.cells ?? [:]
      // What the budgeted accounts add to the result, planned and actual.
      var (planned, actual): (Int64, Int64) = (0, 0)
      let accounts = Set(cells.keys.map(\.account))
      for account in inquiry.sortedAccounts where accounts.contains(account.id) {
        let sign: Int64 = account.kind == .income ? -1 : 1
        var (accountPlanned, accountActual): (Int64, Int64) = (0, 0)
        for cell in cells.keys.filter({ $0.account == account.id }).sorted() {
          let first = cell.month.startOfMonth
          if let from = inquiry.request.from, cell.month < from { continue }
          if let asOf = inquiry.asOf, first > asOf { continue }
          if months[cell.month] == nil {
            months[cell.month] = try inquiry.results(
              after: first + -1, through: min(cell.month, inquiry.asOf ?? cell.month))
          }
          let wanted = sign * (cells[cell] ?? 0)
          let came = sign * (months[cell.month]?[account.id] ?? 0)
          accountPlanned += wanted
          accountActual += came
          table.add(
            [
              .text(code.text), .text(account.code.text), .text(account.name),
              .text(String(first.description.prefix(7))), inquiry.money(wanted),
              inquiry.money(came), inquiry.money(came - wanted),
            ], basis: .moves([.account(account.id)]))
        }
        planned -= sign * accountPlanned
        actual -= sign * accountActual
        table.addSubtotal([
          "account": .text(account.code.text), "name": .text("Total"),
          "planned": inquiry.money(accountPlanned), "actual": inquiry.money(accountActual),
          "difference": inquiry.money(accountActual - accountPlanned),
        ])
      }
      table.addSubtotal([
        "budget": .text(code.text), "name": .text("Result of these accounts"),
        "planned": inquiry.money(planned), "actual": inquiry.money(actual),
        "difference": inquiry.money(actual - planned),
      ])
    }
  }
}
