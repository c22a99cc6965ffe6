// Why: decisions speak of roles ("receivable"), never of account numbers, so that another chart of
// accounts is only another list.

public import Wire

/// What an account is to the financial statements.
public enum AccountKind: String, Choice {
  case asset, liability, equity, income, expense, memo
  public init() { self = .asset }

  /// Whether its balance is normally on the debit side.
  public var isDebitNormal: Bool { self == .asset || self == .expense || self == .memo }
}

/// What an account is for, to the decisions.
public enum Role: String, Choice {
  case bank, cash, receivable, customerAdvances, payable, supplierAdvances
  case inventory, inTransit, goodsReceivedNotInvoiced
  case sales, salesReturns, salesDiscounts, costOfSales, purchaseVariance, stockAdjustment, scrap
  case taxCollected, taxDeductible, taxSettlement, withholdingPayable
  case wages, employerSocialSecurity, wagesPayable, socialSecurityPayable
  case badDebt, bankCharges, exchangeGain, exchangeLoss, roundingDifference
  case fixedAsset, accumulatedDepreciation, depreciation, deferredIncome, deferredExpense, accrued
  case retainedEarnings, openingBalances
  case ordered, backlog, reserved, purchaseOrdered, onOrder, taxBase, budget, budgetOffset
  case timeWorked, timeOffset
  case withheldByCustomers
  public init() { self = .bank }

  /// Whether it keeps what is not yet money, and stays out of every financial statement.
  public var isMemo: Bool {
    switch self {
    case .ordered, .backlog, .reserved, .purchaseOrdered, .onOrder, .taxBase, .budget,
      .budgetOffset, .timeWorked, .timeOffset:
      true
    default: false
    }
  }

  /// Whether only some companies need it, so that a chart may do without an account for it.
  public var isOptional: Bool { self == .withheldByCustomers }
}
