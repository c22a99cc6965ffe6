// Why: an invoice never changes; a credit note takes it back, whole or in part.

public import Wire

/// A credit note has taken back an invoice or some lines of it.
public struct InvoiceCorrected: Event {
  /// The credit note's number.
  public var correction = Code()
  /// The series within which numbers are consecutive.
  public var series: Code?
  /// The invoice.
  public var invoice = Code()
  /// What is taken back; all of it when empty.
  public var lines: [CorrectionLine] = []
  /// Why.
  public var text: String?

  public init() {}
  public static let kind = Kind(33, "invoice.corrected")
  public static let purpose = "A credit note has taken back an invoice or some lines of it."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "correction", &correction)
    try f.field(2, "series", &series)
    try f.field(3, "invoice", &invoice)
    try f.field(4, "lines", &lines)
    try f.field(5, "text", &text)
  }
  public static var example: InvoiceCorrected {
    var first = CorrectionLine()
    first.product = "TORN-M6"
    first.quantity = "40"
    var second = CorrectionLine()
    second.text = "Delivery"
    second.quantity = "1"
    var event = InvoiceCorrected()
    event.correction = "A-1"
    event.series = "A"
    event.invoice = "F-1"
    event.lines = [first, second]
    event.text = "returned goods"
    return event
  }
}
