// Why: goods between warehouses keep their cost; on the way they are in transit.

public import Wire

/// Goods have left one warehouse for another, or have arrived there.
public struct StockTransferred: Event {
  /// The transfer's code; the same for departure and arrival.
  public var transfer = Code()
  /// Where they leave; may be absent at the arrival.
  public var from: Code?
  /// Where they go; may be absent at the arrival.
  public var to: Code?
  /// Which goods; all that are in transit when empty at the arrival.
  public var lines: [QuantityLine] = []
  /// Whether they have arrived.
  public var arrived = false

  public init() {}
  public static let kind = Kind(82, "stock.transferred")
  public static let purpose = "Goods have left one warehouse for another, or have arrived there."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "transfer", &transfer)
    try f.field(2, "from", &from)
    try f.field(3, "to", &to)
    try f.field(4, "lines", &lines)
    try f.field(5, "arrived", &arrived)
  }
  public static var example: StockTransferred {
    var line = QuantityLine()
    line.product = "TORN-M6"
    line.quantity = "100"
    var event = StockTransferred()
    event.transfer = "T-1"
    event.from = "MAD"
    event.to = "BCN"
    event.lines = [line]
    event.arrived = true
    return event
  }
}
