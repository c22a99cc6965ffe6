// Why: figures that were reported must stay: nothing more is dated into a closed period.

public import Ledger
public import Wire

/// Every day up to this one is closed to new entries.
public struct PeriodClosed: Event {
  /// The last day that is closed.
  public var through = Day()
  /// Transfers whose goods are still on their way, and are known to be.
  public var leaving: [Code] = []

  public init() {}
  public static let kind = Kind(115, "period.closed")
  public static let purpose = "Every day up to this one is closed to new entries."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "through", &through)
    try f.field(2, "leaving", &leaving)
  }
  public static var example: PeriodClosed {
    var event = PeriodClosed()
    event.through = "2026-01-31"
    event.leaving = ["T-1"]
    return event
  }
}
