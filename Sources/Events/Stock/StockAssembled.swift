// Why: a kit or a product of the workshop takes its components' cost along.

internal import Ledger
public import Wire

/// A product has been made of components.
public struct StockAssembled: Event {
  /// The assembly's code.
  public var assembly = Code()
  /// Where the components lay and the product lies now.
  public var warehouse = Code()
  /// What was made.
  public var product = Code()
  /// How much of it.
  public var quantity = ExactDecimal()
  /// What it was made of: all that was used.
  public var components: [QuantityLine] = []
  /// Of which lots the product is, where it asks for them.
  public var lots: [LotQuantity] = []
  /// In words.
  public var text: String?

  public init() {}
  public static let kind = Kind(84, "stock.assembled")
  public static let purpose = "A product has been made of components."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "assembly", &assembly)
    try f.field(2, "warehouse", &warehouse)
    try f.field(3, "product", &product)
    try f.field(4, "quantity", &quantity)
    try f.field(5, "components", &components)
    try f.field(6, "text", &text)
    try f.field(7, "lots", &lots)
  }
  public static var example: StockAssembled {
    var first = QuantityLine()
    first.product = "TORN-M6"
    first.quantity = "40"
    var second = QuantityLine()
    second.product = "BALDA"
    second.quantity = "10"
    var event = StockAssembled()
    event.assembly = "AS-1"
    event.warehouse = "MAD"
    event.product = "ESTANTE"
    event.quantity = "5"
    event.components = [first, second]
    event.text = "for the spring sale"
    var lot = LotQuantity()
    lot.lot = "E-26-1"
    lot.quantity = "5"
    lot.expires = "2027-01-31"
    event.lots = [lot]
    return event
  }
}
