// Why: what was earned and what it took, over some days. Amounts are what each account adds to the result, so that
// expenses are below zero and all rows add up. Closing a year carries the result over and leaves this statement as it was;
// without a first day, it begins after the last year that was closed before.

internal import Documents
internal import Ledger
internal import Summaries
internal import Wire

/// Income and expenses, with the gross margin and the result.
public enum IncomeStatement: Report {
  public static let name = "income-statement"
  public static let title = "Income statement"
  public static let summary = "Income, expenses, gross margin and result"
  public static let takesFrom = true
  public static let columns = [
    Column("section", "Section", .text), Column("account", "Account", .code),
    Column("name", "Name", .text), Column("amount", "Amount", .money),
  ]
  public static let keys = ["section", "account"]
  public static let measures = ["amount"]

  private enum Section: String, CaseIterable {
    case sales, costOfSales, otherIncome, otherExpenses

    var label: String {
      switch self {
      case .sales: "Sales"
      case .costOfSales: "Cost of sales"
      case .otherIncome: "Other income"
      case .otherExpenses: "Other expenses"
      }
    }

    func holds(_ account: Account) -> Bool { Section(account) == self }

    init?(_ account: Account) {
      switch (account.kind, account.role) {
      case (.income, .sales), (.income, .salesReturns), (.income, .salesDiscounts): self = .sales
      case (.income, _): self = .otherIncome
      case (.expense, .costOfSales), (.expense, .purchaseVariance), (.expense, .stockAdjustment),
        (.expense, .scrap):
        self = .costOfSales
      case (.expense, _): self = .otherExpenses
      default: return nil
      }
    }
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let first = inquiry.request.from ?? inquiry.chart.firstDayOfYear(of: inquiry.asOf ?? .last)
    let results = try inquiry.results(after: first.map { $0 + -1 }, through: inquiry.asOf)
    if inquiry.request.from == nil, let first { table.notes.append("From \(first).") }
    var result: Int64 = 0
    for section in Section.allCases {
      let accounts = inquiry.sortedAccounts.filter {
        section.holds($0) && results[$0.id, default: 0] != 0
      }
      if !accounts.isEmpty { table.addHeading(section.label) }
      for account in accounts {
        let amount = -results[account.id, default: 0]
        table.add(
          [
            .text(section.rawValue), .text(account.code.text), .text(account.name),
            inquiry.money(amount),
          ], basis: .account(account.id))
        result += amount
      }
      if section == .costOfSales {
        table.addSubtotal(["name": .text("Gross margin"), "amount": inquiry.money(result)])
      }
    }
    table.totals = table.row(["name": .text("Result"), "amount": inquiry.money(result)])
  }
}
