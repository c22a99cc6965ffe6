// Why: three programs answer the same questions about the same moves, each adding up by itself; here the answers get one form,
// so that they can be compared account by account and month by month.

internal import Books
internal import Events
internal import Exports
internal import Foundation
internal import Ledger
internal import Projections
internal import Reports
internal import Summaries
internal import Wire

/// Trial balance, balance sheet and income statement at the end of each of some months, in cents by account code.
struct Answers: Sendable {
  /// Debit − credit at each month's end.
  var trial: [String: [Int64]] = [:]
  /// Assets, liabilities and equity at each month's end, each above zero on its own side.
  var sheet: [String: [Int64]] = [:]
  /// Income less expenses of each month, expenses below zero; closing a year left out.
  var results: [String: [Int64]] = [:]

  /// What is not the same in `other`, in words; nothing when all is.
  func differences(from other: Answers) -> [String] {
    let pairs = [
      ("trial balance", trial, other.trial), ("balance sheet", sheet, other.sheet),
      ("income statement", results, other.results),
    ]
    return pairs.flatMap { name, own, others -> [String] in
      Set(own.keys).union(others.keys).sorted().compactMap { account in
        let (a, b) = (own[account] ?? [], others[account] ?? [])
        let isSame = a == b || (a + b).allSatisfy { $0 == 0 }
        return isSame ? nil : "\(name), account \(account): \(a) and \(b)"
      }
    }
  }
}

/// Consecutive months.
struct MonthRange: Sendable {
  /// The first day of the first month.
  var first: Day
  var count: Int

  /// The last day of each.
  var ends: [Day] { (0..<count).map { first.adding(months: $0).endOfMonth } }
  /// The first day after them.
  var end: Day { first.adding(months: count) }
}

/// What the books say, and what they export, as known at one position.
struct Exhibit: Sendable {
  var months: MonthRange
  var answers: Answers
  var hledger: String
  var beancount: String

  init(_ books: Books, knownAt position: Position, _ months: MonthRange) throws {
    self.months = months
    var answers = Answers()
    for (i, end) in months.ends.enumerated() {
      let look = try books.look(asOf: end, knownAt: .position(position))
      func note(
        _ table: Table, _ column: String, _ keyPath: WritableKeyPath<Answers, [String: [Int64]]>
      ) throws {
        guard let account = table.columns.firstIndex(where: { $0.name == "account" }),
          let value = table.columns.firstIndex(where: { $0.name == column })
        else { return }
        for row in table.rows where row.style == .plain {
          guard case .text(let code) = row.cells[account],
            case .amount(let cents, _) = row.cells[value]
          else { continue }
          let none = [Int64](repeating: 0, count: months.count)
          answers[keyPath: keyPath][code, default: none][i] = cents
        }
      }
      try note(try TrialBalance.table(look), "balance", \.trial)
      try note(try BalanceSheet.table(look), "amount", \.sheet)
      try note(
        try IncomeStatement.table(look, ReportRequest(from: end.startOfMonth)), "amount", \.results)
    }
    self.answers = answers
    let look = try books.look(knownAt: .position(position))
    let chart = try books.chart(knownAt: position)
    var text = ""
    var journal = HledgerJournal(look, chart)
    try journal.write { text += $0 }
    hledger = text
    text = ""
    var ledger = BeancountLedger(look, chart)
    try ledger.write { text += $0 }
    beancount = text
  }
}
