// Why: a budget is made account by account; most months of a year are alike.

public import Ledger
public import Wire

/// What one account is expected to come to, in one month or several alike.
public struct BudgetLine: Message, Hashable {
  /// The account of income or expenses.
  public var account = Code()
  /// Any day of the first month.
  public var from = Day()
  /// For how many months; one when absent.
  public var months: Int64?
  /// How much each month, in the books' currency.
  public var amount = ExactDecimal()

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "account", &account)
    try f.field(2, "from", &from)
    try f.field(3, "months", &months)
    try f.field(4, "amount", &amount)
  }
}
