// Why: what was paid or earned in advance, what of it has reached its months, and what is still waiting.

internal import Documents
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// Expenses and income put aside for later months.
public enum Deferrals: Report {
  public static let name = "deferrals"
  public static let title = "Deferrals"
  public static let summary = "Expenses and income put aside: amount, released, left"
  public static let subject = ReportSubject.optional([.deferral])
  public static let columns = [
    Column("deferral", "Deferral", .code), Column("kind", "Kind", .text),
    Column("text", "Text", .text), Column("account", "Account", .code),
    Column("on", "Day", .day), Column("from", "From", .day), Column("through", "Through", .day),
    Column("amount", "Amount", .money), Column("released", "Released", .money),
    Column("left", "Left", .money),
  ]
  public static let keys = ["deferral"]
  public static let measures = ["amount", "released", "left"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let sums = try inquiry.scheduled(.deferral)
    let asked = try inquiry.asked(.deferral)
    let deferrals = try inquiry.documents(Deferral.self, of: asked)
    for isIncome in [false, true] {
      var (amount, left, count): (Int64, Int64, Int) = (0, 0, 0)
      for (id, code) in try inquiry.sorted(asked) {
        let deferral = deferrals[id] ?? Deferral()
        if deferral.account.isNone || deferral.isIncome != isIncome { continue }
        let waiting = (sums[id] ?? [:]).values.reduce(0, +) * (isIncome ? -1 : 1)
        amount += deferral.plan.total
        left += waiting
        count += 1
        table.add(
          [
            .text(code.text), .text(isIncome ? "income" : "expense"), .text(deferral.text),
            try inquiry.cell(deferral.account), .day(deferral.on), .day(deferral.plan.from),
            .day(deferral.through), inquiry.money(deferral.plan.total),
            inquiry.money(deferral.plan.total - waiting), inquiry.money(waiting),
          ], basis: .history(id))
      }
      if count == 0 { continue }
      table.addSubtotal([
        "deferral": .text(isIncome ? "Income" : "Expenses"), "amount": inquiry.money(amount),
        "released": inquiry.money(amount - left), "left": inquiry.money(left),
      ])
    }
  }
}
