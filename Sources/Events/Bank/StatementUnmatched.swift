// Why: a match may have been a mistake; it is taken back in the open.

public import Wire

/// An entry of a bank statement is no longer taken for what it was matched with.
public struct StatementUnmatched: Event {
  /// The statement.
  public var statement = Code()
  /// Which of its entries, from 1.
  public var entry: Int64 = 0
  /// Why.
  public var reason: String?

  public init() {}
  public static let kind = Kind(130, "statement.unmatched")
  public static let purpose = """
    An entry of a bank statement is no longer taken for what it was matched with.
    """
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "statement", &statement)
    try f.field(2, "entry", &entry)
    try f.field(3, "reason", &reason)
  }
  public static var example: StatementUnmatched {
    var event = StatementUnmatched()
    event.statement = "ST-1"
    event.entry = 1
    event.reason = "another customer's transfer"
    return event
  }
}
