// Why: what a customer paid ahead for several deliveries is recalled by several invoices, some of it by each.

public import Wire

/// A part of a prepayment that an invoice recalls.
public struct RecallPart: Message, Hashable {
  /// The prepayment invoice.
  public var prepayment = Code()
  /// How much of what it billed, without tax, in its currency; its tax is recalled in proportion.
  public var net = ExactDecimal()

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "prepayment", &prepayment)
    try f.field(2, "net", &net)
  }
}
