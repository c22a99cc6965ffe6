// Why: delivery ends an order's way, and is what a customer disputes.

public import Wire

/// A shipment has reached the customer.
public struct ShipmentDelivered: Event {
  /// The shipment.
  public var shipment = Code()

  public init() {}
  public static let kind = Kind(22, "shipment.delivered")
  public static let purpose = "A shipment has reached the customer."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "shipment", &shipment)
  }
  public static var example: ShipmentDelivered {
    var event = ShipmentDelivered()
    event.shipment = "SH-1"
    return event
  }
}
