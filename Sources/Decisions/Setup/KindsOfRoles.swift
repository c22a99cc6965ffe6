// Why: a role says what decisions post on an account, so the account must stand where the statements expect that: debts of
// customers are assets whatever an account is called.

internal import Documents
internal import Ledger

extension Role {
  /// The kinds of accounts that may play it, the usual one first.
  var kinds: [AccountKind] {
    switch self {
    case .receivable, .supplierAdvances, .inventory, .inTransit, .fixedAsset, .deferredExpense,
      .taxDeductible, .withheldByCustomers:
      [.asset]
    // An overdraft is a debt; some charts show depreciation on the other side.
    case .bank, .cash, .accumulatedDepreciation: [.asset, .liability]
    case .payable, .customerAdvances, .goodsReceivedNotInvoiced, .taxCollected,
      .withholdingPayable, .wagesPayable, .socialSecurityPayable, .deferredIncome:
      [.liability]
    case .taxSettlement, .accrued: [.liability, .asset]
    case .retainedEarnings, .openingBalances: [.equity]
    case .sales: [.income]
    case .salesReturns, .salesDiscounts, .exchangeGain: [.income, .expense]
    case .costOfSales, .wages, .employerSocialSecurity, .badDebt, .bankCharges, .depreciation:
      [.expense]
    case .purchaseVariance, .stockAdjustment, .scrap, .exchangeLoss, .roundingDifference:
      [.expense, .income]
    case .ordered, .backlog, .reserved, .purchaseOrdered, .onOrder, .taxBase, .budget,
      .budgetOffset, .timeWorked, .timeOffset:
      [.memo]
    }
  }

  /// Refuses to be played by an account of `kind`.
  func check(_ kind: AccountKind, remedy: (String) -> String) throws(Obstacle) {
    if kinds.contains(kind) { return }
    let names = kinds.map(\.rawValue).joined(separator: " or ")
    throw .refuse(
      "account.kindOfRole",
      "The role \(rawValue) is for an account of kind \(names), not \(kind.rawValue).",
      remedy: remedy(names))
  }
}
