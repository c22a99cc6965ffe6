// Why: a product says how it is counted and valued before the first one moves.

public import Wire

/// A product has been added to the catalogue.
public struct ProductRegistered: Event {
  /// The product's code.
  public var product = Code()
  /// What people call it.
  public var name = ""
  /// What its quantities count: `piece`, `kg`, `hour`.
  public var unit = ""
  /// Decimals of its quantities, 0–6.
  public var decimals: Int64 = 0
  /// How issues of it are valued.
  public var costing = Costing()
  /// The tax code of its sales, unless a line says otherwise.
  public var tax: Code?
  /// Net price of one unit in the books' currency, unless a line says otherwise.
  public var price: ExactDecimal?
  /// Below this quantity it should be bought again.
  public var reorderPoint: ExactDecimal?
  /// Weight of one unit, in kilograms.
  public var weight: ExactDecimal?
  /// Cost of one unit in the books' currency, for standard costing.
  public var standardCost: ExactDecimal?
  /// Whether its goods come and go in lots.
  public var tracksLots = false

  public init() {}
  public static let kind = Kind(6, "product.registered")
  public static let purpose = "A product has been added to the catalogue."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "product", &product)
    try f.field(2, "name", &name)
    try f.field(3, "unit", &unit)
    try f.field(4, "decimals", &decimals)
    try f.field(5, "costing", &costing)
    try f.field(6, "tax", &tax)
    try f.field(7, "price", &price)
    try f.field(8, "reorderPoint", &reorderPoint)
    try f.field(9, "weight", &weight)
    try f.field(10, "standardCost", &standardCost)
    try f.field(11, "tracksLots", &tracksLots)
  }
  public static var example: ProductRegistered {
    var event = ProductRegistered()
    event.product = "TORN-M6"
    event.name = "Tornillo M6"
    event.unit = "piece"
    event.decimals = 0
    event.costing = .fifo
    event.tax = "IVA21"
    event.price = "0.25"
    event.reorderPoint = "500"
    event.weight = "0.012"
    event.standardCost = "0.10"
    event.tracksLots = true
    return event
  }
}
