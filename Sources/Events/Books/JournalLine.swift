// Why: a free entry names accounts itself; each line stands on one side.

public import Ledger
public import Wire

/// One line of a journal entry: a debit or a credit.
public struct JournalLine: Message, Hashable {
  /// The account.
  public var account = Code()
  /// How much is debited, in the books' currency.
  public var debit: ExactDecimal?
  /// How much is credited, in the books' currency.
  public var credit: ExactDecimal?
  /// Whom or what it is about within the account: a customer, an invoice.
  public var subject: Code?
  /// The currency of `amount`.
  public var currency: Code?
  /// The same in the account's own currency, when that is another.
  public var amount: ExactDecimal?
  /// A remark on the line.
  public var text: String?
  /// Whose document it is, when the books take over an open invoice, bill or advance.
  public var party: Code?
  /// When that document is due.
  public var due: Day?

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "account", &account)
    try f.field(2, "debit", &debit)
    try f.field(3, "credit", &credit)
    try f.field(4, "subject", &subject)
    try f.field(5, "currency", &currency)
    try f.field(6, "amount", &amount)
    try f.field(7, "text", &text)
    try f.field(8, "party", &party)
    try f.field(9, "due", &due)
  }
}
