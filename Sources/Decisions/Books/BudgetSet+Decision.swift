// Why: a budget moves amounts of itself between memorandum accounts, at the end of each month, so that several budgets
// stand side by side and what was decided before stays readable.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension BudgetSet: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let id = try d.referOrIntroduce(.budget, budget, s)
    guard !lines.isEmpty else {
      throw .refuse("lines.empty", "There are no lines.", remedy: "Give at least one line.")
    }
    let chart = try s.chart()
    let currency = try d.currency(nil, s)
    let known = try s.document(Budget.self, id)
    let offset = Place(try chart.account(.budgetOffset))
    let budgeted = try chart.account(.budget)
    var seen: Set<Budget.Cell> = []
    for line in lines {
      let account = try d.openAccount(line.account, s)
      guard let kind = chart.accounts[account]?.kind, kind == .income || kind == .expense else {
        throw .refuse(
          "account.kind", "Account \(line.account) is no account of income or expenses.",
          remedy: "Budget what accounts of income and expenses shall come to.")
      }
      let amount = try currency.units(line.amount, "amount")
      guard amount >= 0, (1...120).contains(line.months ?? 1) else {
        throw .refuse(
          "budget.line", "\(line.amount) for \(line.months ?? 1) months is no budget.",
          remedy: "Give an amount of zero or more, for 1 to 120 months.")
      }
      for month in 0..<Int(line.months ?? 1) {
        let day = line.from.adding(months: month).endOfMonth
        let cell = Budget.Cell(account: account, month: day)
        guard seen.insert(cell).inserted else {
          throw .refuse(
            "lines.duplicate", "\(line.account) stands on two lines of the month through \(day).",
            remedy: "Put each account and month on one line.")
        }
        if let closed = chart.closedThrough, day <= closed {
          throw .refuse(
            "period.closed", "The month through \(day) is closed.",
            remedy: "Budget months from \(closed + 1) on.")
        }
        // An income is a credit.
        let wanted = kind == .income ? -amount : amount
        let change = wanted - (known.cells[cell] ?? 0)
        d.move(
          change, worth: change, of: id, from: offset, to: Place(budgeted, account), on: day)
      }
    }
  }
}
