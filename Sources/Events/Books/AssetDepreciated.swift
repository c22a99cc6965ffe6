// Why: the plan only says what is due; the loss is in the books once this is recorded.

public import Ledger
public import Wire

/// Assets have lost value, by their plans or beside them.
public struct AssetDepreciated: Event {
  /// The entry's code.
  public var entry = Code()
  /// The last day for which depreciation is posted; the event's own when absent.
  public var through: Day?
  /// What each asset lost; all that is due of all assets when empty.
  public var lines: [DepreciationLine] = []

  public init() {}
  public static let kind = Kind(118, "asset.depreciated")
  public static let purpose = "Assets have lost value, by their plans or beside them."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "entry", &entry)
    try f.field(2, "through", &through)
    try f.field(3, "lines", &lines)
  }
  public static var example: AssetDepreciated {
    var line = DepreciationLine()
    line.asset = "VAN-1"
    line.amount = "350.00"
    line.unplanned = true
    var event = AssetDepreciated()
    event.entry = "DEP-1"
    event.through = "2026-02-28"
    event.lines = [line]
    return event
  }
}
