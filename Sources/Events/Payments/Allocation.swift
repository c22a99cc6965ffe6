// Why: a payment settles documents; which ones, is said and not guessed.

public import Wire

/// A part of a payment that settles one document: an invoice, a bill or a credit note.
public struct Allocation: Message, Hashable {
  /// The invoice that it settles.
  public var invoice: Code?
  /// The supplier's bill that it settles.
  public var bill: Code?
  /// The credit note that it pays back.
  public var correction: Code?
  /// How much, in the payment's currency.
  public var amount = ExactDecimal()
  /// What is let off for early payment besides, tax included, in the document's currency.
  public var discount: ExactDecimal?
  /// How much of the document that settles, in its own currency, when the payment is in another.
  public var settles: ExactDecimal?

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "invoice", &invoice)
    try f.field(2, "bill", &bill)
    try f.field(3, "correction", &correction)
    try f.field(4, "amount", &amount)
    try f.field(5, "discount", &discount)
    try f.field(6, "settles", &settles)
  }
}
