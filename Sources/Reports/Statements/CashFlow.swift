// Why: profit is not money. This says for what money was received and paid, by the account on the other side, and comes to
// exactly what banks and cash have changed by. Money between own accounts is neither.

internal import Documents
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// Money received and paid, by activity and account.
public enum CashFlow: Report {
  public static let name = "cash-flow"
  public static let title = "Cash flow"
  public static let summary = "Money received and paid, by activity; equals the change in cash"
  public static let takesFrom = true
  public static let columns = [
    Column("section", "Section", .text), Column("account", "Account", .code),
    Column("name", "Name", .text), Column("received", "Received", .money),
    Column("paid", "Paid", .money), Column("amount", "Amount", .money),
  ]
  public static let keys = ["section", "account"]
  public static let measures = ["amount"]

  enum Section: String, CaseIterable {
    case operating, investing, financing, exchange

    var label: String {
      switch self {
      case .operating: "Operations"
      case .investing: "Investments"
      case .financing: "Financing"
      case .exchange: "Exchange differences"
      }
    }

    init(_ account: Account) {
      switch (account.kind, account.role) {
      case (_, .fixedAsset), (_, .accumulatedDepreciation), (.asset, nil): self = .investing
      case (_, .exchangeGain), (_, .exchangeLoss): self = .exchange
      case (.equity, _), (.liability, nil): self = .financing
      default: self = .operating
      }
    }
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let flows = try inquiry.cashFlows()
    var change: Int64 = 0
    for section in Section.allCases {
      let accounts = inquiry.sortedAccounts.filter { account in
        Section(account) == section && flows[account.id] != nil
      }
      if accounts.isEmpty { continue }
      table.addHeading(section.label)
      var sum: Int64 = 0
      for account in accounts {
        guard let flow = flows[account.id] else { continue }
        sum += flow.received - flow.paid
        table.add(
          [
            .text(section.rawValue), .text(account.code.text), .text(account.name),
            inquiry.money(flow.received), inquiry.money(flow.paid),
            inquiry.money(flow.received - flow.paid),
          ], basis: .account(account.id))
      }
      change += sum
      table.addSubtotal([
        "name": .text("From \(section.label.lowercased())"), "amount": inquiry.money(sum),
      ])
    }
    let cash = try inquiry.cash()
    table.addSubtotal(["name": .text("Cash before"), "amount": inquiry.money(cash.opening)])
    table.addSubtotal(["name": .text("Cash after"), "amount": inquiry.money(cash.closing)])
    table.totals = table.row(["name": .text("Change in cash"), "amount": inquiry.money(change)])
  }
}

extension Inquiry {
  /// What was received and paid for each account that is none of money, from the request's first day.
  func cashFlows() throws(ReportError) -> [NameID: (received: Int64, paid: Int64)] {
    let own = Set(accounts(.bank, .cash).map(\.id))
    var flows: [NameID: (received: Int64, paid: Int64)] = [:]
    func add(_ rows: TallyColumns, _ sign: Int64) {
      for row in rows {
        let (to, from, value) = (row.key.account, row.key.subject, sign * row.sums.value)
        if own.contains(to) == own.contains(from) || value == 0 { continue }
        if own.contains(to) {
          flows[from, default: (0, 0)].received += value
        } else {
          flows[to, default: (0, 0)].paid += value
        }
      }
    }
    add(try tally(MoneyFlows.self, .all, asOf: asOf), 1)
    if let dayBefore { add(try tally(MoneyFlows.self, .all, asOf: dayBefore), -1) }
    return flows.filter { $0.value != (0, 0) }
  }

  /// What lies in banks and cash, before the request's first day and at its last.
  func cash() throws(ReportError) -> (opening: Int64, closing: Int64) {
    let movements = try accountMovements()
    return accounts(.bank, .cash).reduce((0, 0)) { sum, account in
      let movement = movements[account.id]
      let opening = movement?.opening ?? 0
      return (sum.0 + opening, sum.1 + opening + (movement?.sums.value ?? 0))
    }
  }
}
