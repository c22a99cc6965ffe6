// Why: a mistake in a closed period is mended in the open, with a reason that auditors can read.

public import Ledger
public import Wire

/// A closed period has been opened again.
public struct PeriodReopened: Event {
  /// The first day that is open again.
  public var from = Day()
  /// Why.
  public var reason = ""

  public init() {}
  public static let kind = Kind(116, "period.reopened")
  public static let purpose = "A closed period has been opened again."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "from", &from)
    try f.field(2, "reason", &reason)
  }
  public static var example: PeriodReopened {
    var event = PeriodReopened()
    event.from = "2026-01-15"
    event.reason = "auditor found a missing bill"
    return event
  }
}
