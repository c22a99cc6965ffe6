// Why: goods lie somewhere: stock is counted by product and warehouse.

public import Wire

/// A place that keeps stock has been opened.
public struct WarehouseOpened: Event {
  /// The warehouse's code.
  public var warehouse = Code()
  /// What people call it.
  public var name = ""
  /// Where it is.
  public var address: String?
  /// Whether goods may leave before they are recorded as received; they are valued at the last cost until then.
  public var allowsNegative = false

  public init() {}
  public static let kind = Kind(5, "warehouse.opened")
  public static let purpose = "A place that keeps stock has been opened."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "warehouse", &warehouse)
    try f.field(2, "name", &name)
    try f.field(3, "address", &address)
    try f.field(4, "allowsNegative", &allowsNegative)
  }
  public static var example: WarehouseOpened {
    var event = WarehouseOpened()
    event.warehouse = "MAD"
    event.name = "Madrid"
    event.allowsNegative = true
    event.address = "Calle de la Forja 5, 28045 Madrid"
    return event
  }
}
