// Why: conversions and bank charges leave cents on one side or the other that nobody will ever pay.

public import Wire

/// The few cents that were left of a document have been given up, whoever would have owed them.
public struct ResidueCleared: Event {
  /// The invoice of which something is left.
  public var invoice: Code?
  /// The bill of which something is left.
  public var bill: Code?
  /// The payment of which something is left.
  public var payment: Code?
  /// The credit note of which something is left.
  public var correction: Code?
  /// Why.
  public var reason: String?
  /// What was left, in the document's currency; filled in when it is recorded.
  public var amount: ExactDecimal?

  public init() {}
  public static let kind = Kind(57, "residue.cleared")
  public static let purpose = """
    The few cents that were left of a document have been given up, whoever would have owed them.
    """
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "invoice", &invoice)
    try f.field(2, "bill", &bill)
    try f.field(3, "payment", &payment)
    try f.field(4, "correction", &correction)
    try f.field(5, "reason", &reason)
    try f.field(6, "amount", &amount)
  }
  public static var example: ResidueCleared {
    var event = ResidueCleared()
    event.invoice = "F-9"
    event.bill = "S3-900"
    event.payment = "P-12"
    event.correction = "A-3"
    event.reason = "charges of the customer's bank"
    event.amount = "0.03"
    return event
  }
}
