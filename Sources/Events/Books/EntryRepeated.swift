// Why: a plan moves nothing; each time that it is due is posted, on the day on which it was due.

public import Ledger
public import Wire

/// Recurring entries have been posted as often as they were due.
public struct EntryRepeated: Event {
  /// The entry's code.
  public var entry = Code()
  /// Which recurring entry; all that are due when absent.
  public var schedule: Code?
  /// The last day for which they are posted; the event's own when absent.
  public var through: Day?

  public init() {}
  public static let kind = Kind(125, "entry.repeated")
  public static let purpose = "Recurring entries have been posted as often as they were due."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "entry", &entry)
    try f.field(2, "schedule", &schedule)
    try f.field(3, "through", &through)
  }
  public static var example: EntryRepeated {
    var event = EntryRepeated()
    event.entry = "REP-1"
    event.schedule = "RENT"
    event.through = "2026-02-28"
    return event
  }
}
