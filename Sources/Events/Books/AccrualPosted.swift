// Why: a month bears what it used, though the bill comes later. The estimate is taken back on a day of its own, when the
// bill itself is booked.

public import Ledger
public import Wire

/// An expense or income that no document says yet has been estimated.
public struct AccrualPosted: Event {
  /// The entry's code.
  public var entry = Code()
  /// The account of expenses or income.
  public var account = Code()
  /// How much, in the books' currency.
  public var amount = ExactDecimal()
  /// The day on which it is taken back; when absent, by an entry of its own (journal.reversed).
  public var reverses: Day?
  /// Whom or what it is about.
  public var subject: Code?
  /// What it is for.
  public var text: String?

  public init() {}
  public static let kind = Kind(123, "accrual.posted")
  public static let purpose = """
    An expense or income that no document says yet has been estimated.
    """
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "entry", &entry)
    try f.field(2, "account", &account)
    try f.field(3, "amount", &amount)
    try f.field(4, "reverses", &reverses)
    try f.field(5, "subject", &subject)
    try f.field(6, "text", &text)
  }
  public static var example: AccrualPosted {
    var event = AccrualPosted()
    event.entry = "ACC-1"
    event.account = "6210"
    event.amount = "180.00"
    event.reverses = "2026-04-01"
    event.subject = "S-3"
    event.text = "electricity of March"
    return event
  }
}
