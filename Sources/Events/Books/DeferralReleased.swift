// Why: what was put aside becomes an expense, or income, in the months to which it belongs.

public import Ledger
public import Wire

/// Deferred expenses or income have been released to the months to which they belong.
public struct DeferralReleased: Event {
  /// The entry's code.
  public var entry = Code()
  /// The last day for which deferrals are released; the event's own when absent.
  public var through: Day?
  /// What of each deferral; all that is due of all of them when empty.
  public var lines: [ReleaseLine] = []

  public init() {}
  public static let kind = Kind(122, "deferral.released")
  public static let purpose = """
    Deferred expenses or income have been released to the months to which they belong.
    """
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "entry", &entry)
    try f.field(2, "through", &through)
    try f.field(3, "lines", &lines)
  }
  public static var example: DeferralReleased {
    var line = ReleaseLine()
    line.deferral = "DE-1"
    line.amount = "100.00"
    line.unplanned = true
    var event = DeferralReleased()
    event.entry = "REL-1"
    event.through = "2026-02-28"
    event.lines = [line]
    return event
  }
}
