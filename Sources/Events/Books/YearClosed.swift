// Why: a year ends by carrying its result over to the owners. From then on nothing is dated into it any more.

public import Ledger
public import Wire

/// The income and expenses of a year have been carried over to retained earnings, and the year is closed.
public struct YearClosed: Event {
  /// The entry's code.
  public var entry = Code()
  /// The last day of the year.
  public var through = Day()
  /// Transfers whose goods are still on their way.
  public var leaving: [Code] = []
  /// A remark.
  public var text: String?

  public init() {}
  public static let kind = Kind(126, "year.closed")
  public static let purpose = """
    The income and expenses of a year have been carried over to retained earnings, and the year is closed.
    """
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "entry", &entry)
    try f.field(2, "through", &through)
    try f.field(3, "leaving", &leaving)
    try f.field(4, "text", &text)
  }
  public static var example: YearClosed {
    var event = YearClosed()
    event.entry = "CLOSE-2025"
    event.through = "2025-12-31"
    event.leaving = ["T-9"]
    event.text = "as approved"
    return event
  }
}
