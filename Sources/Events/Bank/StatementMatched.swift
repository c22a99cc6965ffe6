// Why: an entry of the bank and an event of the books are the same money only when somebody has said so.

internal import Ledger
public import Wire

/// An entry of a bank statement has been found in the books.
public struct StatementMatched: Event {
  /// The statement.
  public var statement = Code()
  /// Which of its entries, from 1.
  public var entry: Int64 = 0
  /// What it is in the books: one event, or several that come to the same amount.
  public var items: [MatchedItem] = []

  public init() {}
  public static let kind = Kind(129, "statement.matched")
  public static let purpose = "An entry of a bank statement has been found in the books."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "statement", &statement)
    try f.field(2, "entry", &entry)
    try f.field(3, "items", &items)
  }
  public static var example: StatementMatched {
    var item = MatchedItem()
    item.document = "P-1"
    item.event = 92
    item.on = "2026-02-02"
    var event = StatementMatched()
    event.statement = "ST-1"
    event.entry = 1
    event.items = [item]
    return event
  }
}
