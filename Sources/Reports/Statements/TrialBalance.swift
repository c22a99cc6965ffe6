// Why: the accountant's first question. Every move debits one account and credits another by the same value, so the
// two columns agree by construction; the report shows it.

internal import Documents
internal import Ledger
internal import Summaries
internal import Wire

/// Debits, credits and balance of every account.
public enum TrialBalance: Report {
  public static let name = "trial-balance"
  public static let title = "Trial balance"
  public static let summary = "Debits, credits and balance of every account"
  public static let takesFrom = true
  public static let takesMemo = true
  public static let columns = [
    Column("account", "Account", .code), Column("name", "Name", .text),
    Column("role", "Role", .code), Column("opening", "Opening", .money),
    Column("debit", "Debit", .money), Column("credit", "Credit", .money),
    Column("balance", "Balance", .money),
  ]
  public static let keys = ["account"]
  public static let measures = ["balance"]

  public static func omitted(_ request: ReportRequest) -> Set<String> {
    request.from == nil ? ["opening"] : []
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let movements = try inquiry.accountMovements()
    var opening: Int64 = 0
    var debit: Int64 = 0
    var credit: Int64 = 0
    func cells(_ first: [Cell], _ opening: Int64, _ debit: Int64, _ credit: Int64) -> [Cell] {
      let sums = [debit, credit, opening + debit - credit]
      return first
        + (inquiry.request.from == nil ? sums : [opening] + sums).map(inquiry.money)
    }
    func add(_ account: Account) {
      guard let (before, sums) = movements[account.id] else { return }
      table.add(
        cells(
          [
            .text(account.code.text), .text(account.name),
            account.role.map { .text($0.rawValue) } ?? .empty,
          ], before, sums.debitValue, sums.creditValue), basis: .account(account.id))
      if account.kind == .memo { return }
      opening += before
      debit += sums.debitValue
      credit += sums.creditValue
    }
    for account in inquiry.sortedAccounts where account.kind != .memo { add(account) }
    if inquiry.request.includesMemo {
      table.addHeading("Memorandum accounts, which the totals leave out", in: "name")
      for account in inquiry.sortedAccounts where account.kind == .memo { add(account) }
    }
    table.totals = cells([.text("Total"), .empty, .empty], opening, debit, credit)
  }
}
