// Why: the bill is what we owe, and the third part of the match of ordered, received and billed.

public import Ledger
public import Wire

/// A supplier has sent a bill.
public struct BillReceived: Event {
  /// The bill's number, as the supplier gave it.
  public var bill = Code()
  /// Who sent it.
  public var supplier = Code()
  /// The purchase order that it bills.
  public var purchase: Code?
  /// Its currency.
  public var currency = Code()
  /// When it is due; by the supplier's terms when absent.
  public var due: Day?
  /// What it bills.
  public var lines: [BillLine] = []
  /// The tax code of what is kept back from the supplier for the tax office.
  public var withholding: Code?

  public init() {}
  public static let kind = Kind(66, "bill.received")
  public static let purpose = "A supplier has sent a bill."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "bill", &bill)
    try f.field(2, "supplier", &supplier)
    try f.field(3, "purchase", &purchase)
    try f.field(4, "currency", &currency)
    try f.field(5, "due", &due)
    try f.field(6, "lines", &lines)
    try f.field(20, "withholding", &withholding)
  }
  public static var example: BillReceived {
    var first = BillLine()
    first.product = "TORN-M6"
    first.quantity = "1000"
    first.price = "0.10"
    first.tax = "SOP21"
    var second = BillLine()
    second.account = "6290"
    second.text = "Freight"
    second.quantity = "1"
    second.price = "12.00"
    second.tax = "SOP21"
    var event = BillReceived()
    event.bill = "S3-881"
    event.supplier = "S-3"
    event.purchase = "PO-1"
    event.currency = "EUR"
    event.due = "2026-02-09"
    event.lines = [first, second]
    event.withholding = "IRPF15"
    return event
  }
}
