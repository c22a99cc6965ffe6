// Why: what a bank says of one movement: its day, its amount, and words from which we must guess what it was.

public import Ledger
public import Wire

/// One entry of a bank statement.
public struct StatementEntry: Message, Hashable {
  /// The day on which the bank booked it.
  public var on = Day()
  /// How much came in; below zero when it went out. In the account's currency.
  public var amount = ExactDecimal()
  /// What the bank says.
  public var text: String?
  /// The reference that the payer gave.
  public var reference: String?
  /// The balance after it, where the bank says so.
  public var balance: ExactDecimal?

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "on", &on)
    try f.field(2, "amount", &amount)
    try f.field(3, "text", &text)
    try f.field(4, "reference", &reference)
    try f.field(5, "balance", &balance)
  }
}
