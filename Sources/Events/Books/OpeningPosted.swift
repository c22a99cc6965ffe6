// Why: books seldom begin with the company; they take over what it has and owes.

internal import Ledger
public import Wire

/// The balances and the stock with which the books begin have been taken over.
public struct OpeningPosted: Event {
  /// The entry's code.
  public var entry = Code()
  /// The balances, by account; debits equal credits.
  public var lines: [JournalLine] = []
  /// The goods on hand, against the opening balances.
  public var stock: [OpeningStockLine] = []

  public init() {}
  public static let kind = Kind(114, "opening.posted")
  public static let purpose = """
    The balances and the stock with which the books begin have been taken over.
    """
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "entry", &entry)
    try f.field(2, "lines", &lines)
    try f.field(3, "stock", &stock)
  }
  public static var example: OpeningPosted {
    var first = JournalLine()
    first.account = "1000"
    first.debit = "10000.00"
    var second = JournalLine()
    second.account = "3900"
    second.credit = "10121.00"
    var owed = JournalLine()
    owed.account = "1100"
    owed.debit = "121.00"
    owed.subject = "F-0"
    owed.party = "C-17"
    owed.due = "2026-01-20"
    var goods = OpeningStockLine()
    goods.product = "TORN-M6"
    goods.warehouse = "MAD"
    goods.quantity = "100"
    goods.value = "10.00"
    var event = OpeningPosted()
    event.entry = "OB-1"
    event.lines = [first, owed, second]
    event.stock = [goods]
    return event
  }
}
