// Why: customers move and rename themselves; the history keeps what was known before.

public import Wire

/// Details of a customer have changed; what is absent stays as it was.
public struct CustomerRevised: Event {
  /// The customer's code.
  public var customer = Code()
  /// Its name; personal.
  public var name: String?
  /// Its tax identification number; personal.
  public var taxID: String?
  /// Where to write to it; personal.
  public var email: String?
  /// Its postal address; personal.
  public var address: String?
  /// The group in which reports put it.
  public var segment: Code?
  /// Days from an invoice to its due day.
  public var terms: Int64?
  /// The most that it may owe, in the books' currency.
  public var creditLimit: ExactDecimal?
  /// Where it is, for reports: a region, a country.
  public var region: Code?
  /// What happens to an order beyond the credit limit; it is refused when absent.
  public var beyondLimit: CreditPolicy?

  public init() {}
  public static let kind = Kind(10, "customer.revised")
  public static let purpose = "Details of a customer have changed; what is absent stays as it was."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "customer", &customer)
    try f.personal(2, "name", &name, of: .customer(customer))
    try f.personal(3, "taxID", &taxID, of: .customer(customer))
    try f.personal(4, "email", &email, of: .customer(customer))
    try f.personal(5, "address", &address, of: .customer(customer))
    try f.field(6, "segment", &segment)
    try f.field(7, "terms", &terms)
    try f.field(8, "creditLimit", &creditLimit)
    try f.field(9, "region", &region)
    try f.field(21, "beyondLimit", &beyondLimit)
  }
  public static var example: CustomerRevised {
    var event = CustomerRevised()
    event.customer = "C-17"
    event.name = "Reformas Duero S.L."
    event.taxID = "B12345674"
    event.email = "pagos@duero.example"
    event.address = "Calle Mayor 1, 47001 Valladolid"
    event.segment = "builder"
    event.terms = 30
    event.creditLimit = "5000.00"
    event.region = "Castilla"
    event.beyondLimit = .warn
    return event
  }
}
