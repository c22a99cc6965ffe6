// Why: the bank keeps books about the same money. Its statements are taken in as they are, so that ours can be compared
// with them on any day.

public import Ledger
public import Wire

/// A bank's statement about an account has been taken in.
public struct StatementImported: Event {
  /// The statement's code.
  public var statement = Code()
  /// The account that it is about.
  public var account = Code()
  /// Its first day.
  public var from = Day()
  /// Its last day; the event's own when absent.
  public var through: Day?
  /// The balance before its first entry, in the account's currency.
  public var opening = ExactDecimal()
  /// The balance after its last entry.
  public var closing = ExactDecimal()
  /// Its entries, in the bank's order.
  public var entries: [StatementEntry] = []

  public init() {}
  public static let kind = Kind(128, "statement.imported")
  public static let purpose = "A bank's statement about an account has been taken in."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "statement", &statement)
    try f.field(2, "account", &account)
    try f.field(3, "from", &from)
    try f.field(4, "through", &through)
    try f.field(5, "opening", &opening)
    try f.field(6, "closing", &closing)
    try f.field(7, "entries", &entries)
  }
  public static var example: StatementImported {
    var entry = StatementEntry()
    entry.on = "2026-02-03"
    entry.amount = "121.00"
    entry.text = "transfer of Duero S.L."
    entry.reference = "F-1"
    entry.balance = "1121.00"
    var event = StatementImported()
    event.statement = "ST-1"
    event.account = "1000"
    event.from = "2026-02-01"
    event.through = "2026-02-28"
    event.opening = "1000.00"
    event.closing = "1121.00"
    event.entries = [entry]
    return event
  }
}
