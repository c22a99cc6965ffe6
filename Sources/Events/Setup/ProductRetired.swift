// Why: a product that is no longer sold keeps its history.

public import Wire

/// A product is no longer ordered or bought.
public struct ProductRetired: Event {
  /// The product.
  public var product = Code()

  public init() {}
  public static let kind = Kind(8, "product.retired")
  public static let purpose = "A product is no longer ordered or bought."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "product", &product)
  }
  public static var example: ProductRetired {
    var event = ProductRetired()
    event.product = "TORN-M5"
    return event
  }
}
