// Why: a catalogue lives; how a product is counted and valued does not change.

public import Wire

/// Details of a product have changed; what is absent stays as it was.
public struct ProductRevised: Event {
  /// The product.
  public var product = Code()
  /// What people call it from now on.
  public var name: String?
  /// The tax code of its sales from now on.
  public var tax: Code?
  /// Net price of one unit in the books' currency from now on.
  public var price: ExactDecimal?
  /// Below this quantity it should be bought again.
  public var reorderPoint: ExactDecimal?
  /// Weight of one unit, in kilograms.
  public var weight: ExactDecimal?
  /// Cost of one unit in the books' currency, for standard costing.
  public var standardCost: ExactDecimal?

  public init() {}
  public static let kind = Kind(7, "product.revised")
  public static let purpose = "Details of a product have changed; what is absent stays as it was."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "product", &product)
    try f.field(2, "name", &name)
    try f.field(3, "tax", &tax)
    try f.field(4, "price", &price)
    try f.field(5, "reorderPoint", &reorderPoint)
    try f.field(6, "weight", &weight)
    try f.field(7, "standardCost", &standardCost)
  }
  public static var example: ProductRevised {
    var event = ProductRevised()
    event.product = "TORN-M6"
    event.name = "Tornillo M6 inox"
    event.tax = "IVA10"
    event.price = "0.30"
    event.reorderPoint = "600"
    event.weight = "0.0125"
    event.standardCost = "0.11"
    return event
  }
}
