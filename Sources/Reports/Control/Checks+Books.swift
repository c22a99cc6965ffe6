// Why: the registers that accountants keep beside the accounts must say what the accounts say.

internal import Documents
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

extension Identities {
  /// The register of assets and the deferrals, and what was posted by hand about none of them = their accounts; and no
  /// asset is depreciated beyond its residual.
  mutating func checkSchedules() throws(ReportError) {
    var standing: [NameID: Int64] = [:]
    for row in try inquiry.tally(Schedules.self) {
      standing[row.key.account, default: 0] += row.sums.value
    }
    let kinds: [(Role, String)] = [
      (.fixedAsset, "assets at cost"), (.accumulatedDepreciation, "depreciation of assets"),
      (.deferredExpense, "deferred expenses"), (.deferredIncome, "deferred income"),
    ]
    for (role, label) in kinds {
      for account in inquiry.accounts(role) {
        // A reversed entry about an asset or a deferral is in its register already.
        let byHand =
          manual(account, about: nil) - manual(account, about: .asset)
          - manual(account, about: .deferral)
        expect(
          "\(label) = account \(account.code)", (standing[account.id] ?? 0) + byHand,
          balance(account), .account(account.id))
      }
    }
    try checkResiduals()
  }

  /// What was received and paid = what banks and cash have changed by.
  mutating func checkCashFlow() throws(ReportError) {
    let flows = try inquiry.cashFlows().values.reduce(0) { $0 + $1.received - $1.paid }
    let accounts = inquiry.accounts(.bank, .cash)
    expect(
      "cash flow = change in cash", flows, accounts.reduce(0) { $0 + balance($1) },
      .moves(accounts.map { .account($0.id) }))
  }

  /// The books, less what is on no statement, and what only the bank has = the statements, in the account's currency.
  mutating func checkBanks() throws(ReportError) {
    for state in try inquiry.bankStates() {
      expect(
        "bank = statements of account \(state.account.code)", state.reconciled, state.stated,
        .account(state.account.id))
    }
  }

  private mutating func checkResiduals() throws(ReportError) {
    let assets = try inquiry.names(of: .asset)
    if assets.isEmpty { return }
    let sums = try inquiry.scheduled(.asset)
    var beyond: Int64 = 0
    for (id, asset) in try inquiry.documents(Asset.self, of: assets) {
      guard let own = sums[id] else { continue }
      let left = own.values.reduce(0, +)
      let isGone = own.values.allSatisfy { $0 == 0 }
      if !isGone, left < asset.residual { beyond += asset.residual - left }
    }
    expect("assets depreciated beyond their residual = none", beyond, 0)
  }
}
