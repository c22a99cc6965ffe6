// Why: what the company has, what it owes, and what is left for its owners, on one day. The result that has not been
// closed into retained earnings belongs to the owners too; with it both sides are equal.

internal import Documents
internal import Ledger
internal import Summaries
internal import Wire

/// Assets, liabilities and equity.
public enum BalanceSheet: Report {
  public static let name = "balance-sheet"
  public static let title = "Balance sheet"
  public static let summary = "What the company has and owes, and what is left for its owners"
  public static let columns = [
    Column("section", "Section", .text), Column("account", "Account", .code),
    Column("name", "Name", .text), Column("amount", "Amount", .money),
  ]
  public static let keys = ["section", "account"]
  public static let measures = ["amount"]

  private static let sections: [(kind: AccountKind, label: String)] = [
    (.asset, "Assets"), (.liability, "Liabilities"), (.equity, "Equity"),
  ]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let sums = try inquiry.accountSums(asOf: inquiry.asOf)
    var difference: Int64 = 0
    for (kind, label) in sections {
      let sign: Int64 = kind.isDebitNormal ? 1 : -1
      var total: Int64 = 0
      table.addHeading(label)
      func add(
        _ account: Cell, _ name: String, _ amount: Int64, _ basis: Basis, in section: String
      ) {
        total += amount
        table.add(
          [.text(section), account, .text(name), inquiry.money(amount)], basis: basis)
      }
      for account in inquiry.sortedAccounts where account.kind == kind {
        guard let value = sums[account.id]?.value, value != 0 else { continue }
        add(
          .text(account.code.text), account.name, sign * value, .account(account.id),
          in: kind.rawValue)
      }
      if kind == .equity {
        let flows = inquiry.sortedAccounts.filter { $0.kind == .income || $0.kind == .expense }
        let result = flows.reduce(0) { $0 - (sums[$1.id]?.value ?? 0) }
        if result != 0 {
          add(
            .empty, "Result not yet closed", result, .moves(flows.map { .account($0.id) }),
            in: "result")
        }
      }
      table.addSubtotal([
        "name": .text("Total \(label.lowercased())"), "amount": inquiry.money(total),
      ])
      difference += sign * total
    }
    table.totals = table.row([
      "name": .text("Assets less liabilities and equity"), "amount": inquiry.money(difference),
    ])
  }
}
