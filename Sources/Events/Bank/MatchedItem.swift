// Why: what a bank's entry is in the books: an event, found by its document or by its position.

public import Ledger
public import Wire

/// An event that moved money through the account.
public struct MatchedItem: Message, Hashable {
  /// The document that it is, or is about: a payment, a charge, an invoice.
  public var document: Code?
  /// Its position, when the document does not say it alone.
  public var event: Int64?
  /// Which of its days, when it moved money on several.
  public var on: Day?

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "document", &document)
    try f.field(2, "event", &event)
    try f.field(3, "on", &on)
  }
}
