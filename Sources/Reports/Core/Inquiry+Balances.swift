// Why: which tally answers which question is decided here, once; a report speaks of accounts and roles.

internal import Documents
internal import Ledger
internal import Projections
internal import Summaries

extension Inquiry {
  /// The accounts that have a role, or have had it, in the order of their codes.
  func accounts(_ roles: Role...) -> [Account] {
    sortedAccounts.filter { account in account.role.map { roles.contains($0) } ?? false }
  }

  /// Every account, in the order of the codes.
  var sortedAccounts: [Account] { chart.accounts.values.sorted { $0.code < $1.code } }

  /// Debits and credits of every account, all subjects together, as of `day`.
  func accountSums(asOf day: Day?) throws(ReportError) -> [NameID: TallySums] {
    var sums: [NameID: TallySums] = [:]
    for row in try tally(AccountBalances.self, .all, asOf: day) {
      sums[row.key.account, default: TallySums()].add(row.sums)
    }
    return sums
  }

  /// Debits and credits of every account from the request's first day to the last, and the balances before.
  func accountMovements() throws(ReportError) -> [NameID: (opening: Int64, sums: TallySums)] {
    try accountMovements(after: dayBefore)
  }

  /// The same from the day after `day`.
  func accountMovements(
    after day: Day?
  ) throws(ReportError) -> [NameID: (opening: Int64, sums: TallySums)] {
    var before: [NameID: TallySums] = [:]
    if let day { before = try accountSums(asOf: day) }
    var movements: [NameID: (opening: Int64, sums: TallySums)] = [:]
    for (account, sums) in try accountSums(asOf: asOf) {
      let opening = before[account] ?? TallySums()
      movements[account] = (opening.value, sums.subtracting(opening))
    }
    return movements
  }

  /// What income and expenses came to after `first` and through `last`, by account, as if no year had been closed:
  /// debit − credit.
  func results(after first: Day?, through last: Day?) throws(ReportError) -> [NameID: Int64] {
    func sums(_ day: Day?) throws(ReportError) -> [NameID: Int64] {
      var sums = try accountSums(asOf: day).mapValues(\.value)
      for row in try tally(YearClosings.self, .all, asOf: day) {
        sums[row.key.account, default: 0] -= row.sums.value
      }
      return sums
    }
    var results = try sums(last)
    if let first {
      for (account, value) in try sums(first) { results[account, default: 0] -= value }
    }
    return results.filter { result in
      let kind = chart.accounts[result.key]?.kind
      return kind == .income || kind == .expense
    }
  }

  /// The rows of a tally for all accounts of some roles.
  func rows<P: TallyProjection>(
    _ projection: P.Type, _ roles: [Role], asOf day: Day?
  ) throws(ReportError) -> [TallyRow] {
    var rows: [TallyRow] = []
    for account in sortedAccounts {
      guard let role = account.role, roles.contains(role) else { continue }
      rows += try tally(projection, .account(account.id), asOf: day)
    }
    return rows
  }
}

extension TallySums {
  /// Adds another key's sums.
  mutating func add(_ other: TallySums) {
    debitAmount += other.debitAmount
    creditAmount += other.creditAmount
    debitValue += other.debitValue
    creditValue += other.creditValue
  }

  /// These sums without those of an earlier day.
  func subtracting(_ earlier: TallySums) -> TallySums {
    TallySums(
      debitAmount: debitAmount - earlier.debitAmount,
      creditAmount: creditAmount - earlier.creditAmount,
      debitValue: debitValue - earlier.debitValue, creditValue: creditValue - earlier.creditValue)
  }
}
