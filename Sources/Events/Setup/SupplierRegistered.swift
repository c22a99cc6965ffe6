// Why: a supplier may be a person too, so its details are personal data.

public import Wire

/// A supplier has been added.
public struct SupplierRegistered: Event {
  /// The supplier's code.
  public var supplier = Code()
  /// Its name; personal.
  public var name = ""
  /// Its tax identification number; personal.
  public var taxID: String?
  /// Where to write to it; personal.
  public var email: String?
  /// Its postal address; personal.
  public var address: String?
  /// Days from its bill to the due day.
  public var terms: Int64?

  public init() {}
  public static let kind = Kind(11, "supplier.registered")
  public static let purpose = "A supplier has been added."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "supplier", &supplier)
    try f.personal(2, "name", &name, of: .supplier(supplier))
    try f.personal(3, "taxID", &taxID, of: .supplier(supplier))
    try f.personal(4, "email", &email, of: .supplier(supplier))
    try f.personal(5, "address", &address, of: .supplier(supplier))
    try f.field(6, "terms", &terms)
  }
  public static var example: SupplierRegistered {
    var event = SupplierRegistered()
    event.supplier = "S-3"
    event.name = "Aceros del Norte S.A."
    event.taxID = "A48000003"
    event.email = "ventas@aceros.example"
    event.address = "Gran Vía 20, 48001 Bilbao"
    event.terms = 30
    return event
  }
}
