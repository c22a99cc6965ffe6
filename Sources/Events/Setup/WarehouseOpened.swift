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

  public init() {}
  public static let kind = Kind(5, "warehouse.opened")
  public static let purpose = "A place that keeps stock has been opened."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "warehouse", &warehouse)
    try f.field(2, "name", &name)
    try f.field(3, "address", &address)
  }
  public static var example: WarehouseOpened {
    var event = WarehouseOpened()
    event.warehouse = "MAD"
    event.name = "Madrid"
    event.address = "Calle de la Forja 5, 28045 Madrid"
    return event
  }
}
