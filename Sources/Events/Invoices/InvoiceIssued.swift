// Why: an invoice makes a claim: the customer owes, and the tax office is owed.

public import Ledger
public import Wire

/// An invoice has been sent to a customer, for an order or for lines of its own.
public struct InvoiceIssued: Event {
  /// The invoice's number.
  public var invoice = Code()
  /// The series within which numbers are consecutive.
  public var series: Code?
  /// The order that it bills.
  public var order: Code?
  /// Who owes it; the order's customer when absent.
  public var customer: Code?
  /// Its currency; the order's, or the books', when absent.
  public var currency: Code?
  /// When all of it is due.
  public var due: Day?
  /// The parts in which it is due, the last one for the rest.
  public var instalments: [Instalment] = []
  /// What it bills; everything of the order that is shipped and not yet billed when empty.
  public var lines: [InvoiceLine] = []
  /// Days until it is due; the customer's own terms when absent.
  public var terms: Int64?
  /// A remark on the invoice.
  public var text: String?
  /// Percent off the whole invoice, beside the lines' own discounts.
  public var discount: ExactDecimal?
  /// What is paid in cash is rounded to a multiple of this, such as 0.05.
  public var cashRounding: ExactDecimal?
  /// Whether it asks for money ahead of the delivery: a prepayment, which a later invoice recalls.
  public var prepayment: Bool?
  /// The prepayment invoices that this one recalls, each with all that is left of it.
  public var recalls: [Code] = []
  /// Percent that the customer may keep when paying by ``earlyDue``.
  public var earlyDiscount: ExactDecimal?
  /// The last day of the early-payment discount.
  public var earlyDue: Day?
  /// Whether the equivalence surcharge is added; as the customer's own when absent.
  public var surcharge: Bool?
  /// The tax code of what the customer keeps back for the tax office.
  public var withholding: Code?
  /// The prepayment invoices of which this one recalls a part; the rest stays for later ones.
  public var recallParts: [RecallPart] = []

  public init() {}
  public static let kind = Kind(32, "invoice.issued")
  public static let purpose = """
    An invoice has been sent to a customer, for an order or for lines of its own.
    """
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "invoice", &invoice)
    try f.field(2, "series", &series)
    try f.field(3, "order", &order)
    try f.field(4, "customer", &customer)
    try f.field(5, "currency", &currency)
    try f.field(6, "due", &due)
    try f.field(7, "instalments", &instalments)
    try f.field(8, "lines", &lines)
    try f.field(9, "terms", &terms)
    try f.field(10, "text", &text)
    try f.field(11, "discount", &discount)
    try f.field(12, "cashRounding", &cashRounding)
    try f.field(13, "prepayment", &prepayment)
    try f.field(14, "recalls", &recalls)
    try f.field(15, "earlyDiscount", &earlyDiscount)
    try f.field(16, "earlyDue", &earlyDue)
    try f.field(17, "surcharge", &surcharge)
    try f.field(18, "withholding", &withholding)
    try f.field(19, "recallParts", &recallParts)
  }
  public static var example: InvoiceIssued {
    var firstInstalment = Instalment()
    firstInstalment.due = "2026-02-15"
    firstInstalment.percent = "50"
    var secondInstalment = Instalment()
    secondInstalment.due = "2026-03-15"
    var first = InvoiceLine()
    first.product = "TORN-M6"
    first.quantity = "400"
    first.price = "0.25"
    first.discount = "10"
    first.tax = "IVA21"
    var second = InvoiceLine()
    second.text = "Delivery"
    second.quantity = "1"
    second.price = "30.00"
    second.tax = "IVA21"
    var part = RecallPart()
    part.prepayment = "F-00"
    part.net = "100.00"
    var event = InvoiceIssued()
    event.invoice = "F-1"
    event.series = "F"
    event.order = "SO-1"
    event.customer = "C-17"
    event.currency = "EUR"
    event.due = "2026-02-14"
    event.instalments = [firstInstalment, secondInstalment]
    event.lines = [first, second]
    event.terms = 30
    event.text = "Thank you."
    event.discount = "5"
    event.cashRounding = "0.05"
    event.prepayment = false
    event.recalls = ["F-0"]
    event.earlyDiscount = "2"
    event.earlyDue = "2026-01-25"
    event.surcharge = true
    event.withholding = "IRPF15"
    event.recallParts = [part]
    return event
  }
}
