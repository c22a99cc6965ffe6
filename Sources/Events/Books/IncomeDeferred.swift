// Why: a service sold for a year in advance is not earned in the month in which it was invoiced.

public import Ledger
public import Wire

/// What was earned in advance has been put aside for the months to which it belongs.
public struct IncomeDeferred: Event {
  /// The deferral's code.
  public var deferral = Code()
  /// The account of income to which it is released.
  public var account = Code()
  /// The account that bears it now; the same when absent.
  public var against: Code?
  /// How much, in the books' currency.
  public var amount = ExactDecimal()
  /// The first day to which it belongs.
  public var from = Day()
  /// The last day to which it belongs.
  public var through = Day()
  /// What it is for.
  public var text: String?

  public init() {}
  public static let kind = Kind(121, "income.deferred")
  public static let purpose =
    "What was earned in advance has been put aside for the months to which it belongs."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "deferral", &deferral)
    try f.field(2, "account", &account)
    try f.field(3, "against", &against)
    try f.field(4, "amount", &amount)
    try f.field(5, "from", &from)
    try f.field(6, "through", &through)
    try f.field(7, "text", &text)
  }
  public static var example: IncomeDeferred {
    var event = IncomeDeferred()
    event.deferral = "DI-1"
    event.account = "4000"
    event.against = "1000"
    event.amount = "1200.00"
    event.from = "2026-02-01"
    event.through = "2027-01-31"
    event.text = "service contract"
    return event
  }
}
