// Why: what no other event describes, an accountant writes by hand.

public import Wire

/// An accountant has posted an entry of free lines that balance.
public struct JournalPosted: Event {
  /// The entry's code.
  public var entry = Code()
  /// What it is about.
  public var text: String?
  /// Its lines; debits equal credits.
  public var lines: [JournalLine] = []

  public init() {}
  public static let kind = Kind(112, "journal.posted")
  public static let purpose = "An accountant has posted an entry of free lines that balance."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "entry", &entry)
    try f.field(2, "text", &text)
    try f.field(3, "lines", &lines)
  }
  public static var example: JournalPosted {
    var first = JournalLine()
    first.account = "6200"
    first.debit = "900.00"
    first.subject = "S-3"
    first.text = "March"
    var second = JournalLine()
    second.account = "1010"
    second.credit = "900.00"
    second.currency = "USD"
    second.amount = "978.26"
    var event = JournalPosted()
    event.entry = "J-1"
    event.text = "rent"
    event.lines = [first, second]
    return event
  }
}
