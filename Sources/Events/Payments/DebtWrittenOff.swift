// Why: some invoices are never paid. The claim is given up openly, on a day and for a reason, and becomes a loss.

public import Wire

/// A customer's debt has been given up as lost.
public struct DebtWrittenOff: Event {
  /// The invoice that will not be paid.
  public var invoice = Code()
  /// How much of it is lost; all that is open when absent.
  public var amount: ExactDecimal?
  /// Why it is lost.
  public var reason = ""

  public init() {}
  public static let kind = Kind(54, "debt.writtenOff")
  public static let purpose = "A customer's debt has been given up as lost."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "invoice", &invoice)
    try f.field(2, "amount", &amount)
    try f.field(3, "reason", &reason)
  }
  public static var example: DebtWrittenOff {
    var event = DebtWrittenOff()
    event.invoice = "F-4"
    event.amount = "93.38"
    event.reason = "insolvent"
    return event
  }
}
