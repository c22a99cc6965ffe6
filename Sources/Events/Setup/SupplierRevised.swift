// Why: suppliers move and rename themselves; the history keeps what was known before.

public import Wire

/// Details of a supplier have changed; what is absent stays as it was.
public struct SupplierRevised: Event {
  /// The supplier's code.
  public var supplier = Code()
  /// Its name; personal.
  public var name: String?
  /// Its tax identification number; personal.
  public var taxID: String?
  /// Where to write to it; personal.
  public var email: String?
  /// Its postal address; personal.
  public var address: String?
  /// Days from its bill to the due day.
  public var terms: Int64?

  public init() {}
  public static let kind = Kind(12, "supplier.revised")
  public static let purpose = "Details of a supplier have changed; what is absent stays as it was."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "supplier", &supplier)
    try f.personal(2, "name", &name, of: .supplier(supplier))
    try f.personal(3, "taxID", &taxID, of: .supplier(supplier))
    try f.personal(4, "email", &email, of: .supplier(supplier))
    try f.personal(5, "address", &address, of: .supplier(supplier))
    try f.field(6, "terms", &terms)
  }
  public static var example: SupplierRevised {
    var event = SupplierRevised()
    event.supplier = "S-3"
    event.name = "Aceros del Norte S.A."
    event.taxID = "A48000003"
    event.email = "ventas@aceros.example"
    event.address = "Gran Vía 20, 48001 Bilbao"
    event.terms = 30
    return event
  }
}
