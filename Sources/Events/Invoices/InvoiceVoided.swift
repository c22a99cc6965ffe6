// Why: an invoice that should never have been written is taken back as if it had not been; its number stays used, so that
// the series has no gap.

public import Wire

/// An invoice that was issued in error has been taken back whole.
public struct InvoiceVoided: Event {
  /// The invoice.
  public var invoice = Code()
  /// Why it was an error.
  public var reason = ""
  /// What it had billed; filled in when it is recorded.
  public var lines: [CorrectionLine] = []

  public init() {}
  public static let kind = Kind(34, "invoice.voided")
  public static let purpose = "An invoice that was issued in error has been taken back whole."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "invoice", &invoice)
    try f.field(2, "reason", &reason)
    try f.field(3, "lines", &lines)
  }
  public static var example: InvoiceVoided {
    var line = CorrectionLine()
    line.product = "TORN-M6"
    line.quantity = "400"
    var event = InvoiceVoided()
    event.invoice = "F-7"
    event.reason = "billed to the wrong customer"
    event.lines = [line]
    return event
  }
}
