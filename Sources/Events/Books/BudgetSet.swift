// Why: what a year shall come to is decided before it comes, and sometimes again; both can be read afterwards.

internal import Ledger
public import Wire

/// What accounts are expected to come to, month by month, has been decided, or decided anew.
public struct BudgetSet: Event {
  /// The budget's code.
  public var budget = Code()
  /// Its amounts; a month that had one before has this one now.
  public var lines: [BudgetLine] = []
  /// A remark.
  public var text: String?

  public init() {}
  public static let kind = Kind(127, "budget.set")
  public static let purpose = """
    What accounts are expected to come to, month by month, has been decided, or decided anew.
    """
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "budget", &budget)
    try f.field(2, "lines", &lines)
    try f.field(3, "text", &text)
  }
  public static var example: BudgetSet {
    var line = BudgetLine()
    line.account = "6200"
    line.from = "2026-01-01"
    line.months = 12
    line.amount = "900.00"
    var event = BudgetSet()
    event.budget = "2026"
    event.lines = [line]
    event.text = "approved in December"
    return event
  }
}
