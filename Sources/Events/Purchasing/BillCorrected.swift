// Why: a bill never changes; the supplier's credit note takes back some or all of it.

public import Wire

/// A supplier has credited some or all of a bill.
public struct BillCorrected: Event {
  /// The credit note's number, as the supplier gave it.
  public var correction = Code()
  /// The bill that it credits.
  public var bill = Code()
  /// What is credited; all of the bill when empty.
  public var lines: [BillCreditLine] = []
  /// Why.
  public var reason: String?

  public init() {}
  public static let kind = Kind(69, "bill.corrected")
  public static let purpose = "A supplier has credited some or all of a bill."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "correction", &correction)
    try f.field(2, "bill", &bill)
    try f.field(3, "lines", &lines)
    try f.field(4, "reason", &reason)
  }
  public static var example: BillCorrected {
    var first = BillCreditLine()
    first.product = "TORN-M6"
    first.text = "Scratched"
    first.quantity = "50"
    first.price = "0.10"
    first.tax = "SOP21"
    first.keepsGoods = true
    var second = BillCreditLine()
    second.account = "6290"
    second.text = "Freight"
    second.quantity = "1"
    second.price = "2.00"
    second.tax = "SOP21"
    var event = BillCorrected()
    event.correction = "S3-C12"
    event.bill = "S3-881"
    event.lines = [first, second]
    event.reason = "scratched"
    return event
  }
}
