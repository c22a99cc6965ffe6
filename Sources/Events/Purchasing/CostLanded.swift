// Why: freight and duty are part of what goods cost; they are known later than the goods' own price.

public import Wire

/// Freight, duty or another cost of getting goods here has been added to what they cost.
public struct CostLanded: Event {
  /// The code of the landed cost.
  public var landing = Code()
  /// The goods receipts that it is for.
  public var receipts: [Code] = []
  /// How much, in the books' currency.
  public var amount = ExactDecimal()
  /// The account that bore it so far: the one that the carrier's bill named.
  public var account = Code()
  /// By what it is shared among the lines of the receipts.
  public var share = LandedCostShare()
  /// What it is, in words.
  public var text: String?

  public init() {}
  public static let kind = Kind(70, "cost.landed")
  public static let purpose =
    "Freight, duty or another cost of getting goods here has been added to what they cost."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "landing", &landing)
    try f.field(2, "receipts", &receipts)
    try f.field(3, "amount", &amount)
    try f.field(4, "account", &account)
    try f.field(5, "share", &share)
    try f.field(6, "text", &text)
  }
  public static var example: CostLanded {
    var event = CostLanded()
    event.landing = "LC-1"
    event.receipts = ["GR-1", "GR-2"]
    event.amount = "36.00"
    event.account = "6290"
    event.share = .weight
    event.text = "lorry from Bilbao"
    return event
  }
}
