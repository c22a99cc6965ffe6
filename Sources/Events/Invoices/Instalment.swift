// Why: a customer may pay in parts, each due on its own day.

public import Ledger
public import Wire

/// A part of an invoice with its own due day.
public struct Instalment: Message, Hashable {
  /// When it is due.
  public var due = Day()
  /// Percent of the invoice; all the rest when absent.
  public var percent: ExactDecimal?

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "due", &due)
    try f.field(2, "percent", &percent)
  }
}
