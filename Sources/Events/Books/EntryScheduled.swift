// Why: rent and loans come every month alike; what is written once is not forgotten.

public import Ledger
public import Wire

/// An entry that comes again and again has been planned, or planned anew.
public struct EntryScheduled: Event {
  /// The recurring entry's code. One that is known is planned anew from `from` on.
  public var schedule = Code()
  /// What it is about.
  public var text: String?
  /// Its lines; debits equal credits.
  public var lines: [JournalLine] = []
  /// The first day on which it is due.
  public var from = Day()
  /// After how many months it is due again.
  public var months: Int64 = 0
  /// The last day on which it may be due; no end when absent.
  public var through: Day?

  public init() {}
  public static let kind = Kind(124, "entry.scheduled")
  public static let purpose = """
    An entry that comes again and again has been planned, or planned anew.
    """
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "schedule", &schedule)
    try f.field(2, "text", &text)
    try f.field(3, "lines", &lines)
    try f.field(4, "from", &from)
    try f.field(5, "months", &months)
    try f.field(6, "through", &through)
  }
  public static var example: EntryScheduled {
    var first = JournalLine()
    first.account = "6200"
    first.debit = "900.00"
    var second = JournalLine()
    second.account = "1000"
    second.credit = "900.00"
    var event = EntryScheduled()
    event.schedule = "RENT"
    event.text = "rent of the shop"
    event.lines = [first, second]
    event.from = "2026-01-31"
    event.months = 1
    event.through = "2026-12-31"
    return event
  }
}
