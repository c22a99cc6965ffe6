// Why: amounts in another currency are worth what the rate of their day says.

public import Wire

/// From this day on, a currency is worth this much in the books' currency.
public struct RateSet: Event {
  /// The other currency (ISO 4217).
  public var currency = Code()
  /// What one unit of it is worth in the books' currency.
  public var rate = ExactDecimal()

  public init() {}
  public static let kind = Kind(14, "rate.set")
  public static let purpose = """
    From this day on, a currency is worth this much in the books' currency.
    """
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "currency", &currency)
    try f.field(2, "rate", &rate)
  }
  public static var example: RateSet {
    var event = RateSet()
    event.currency = "USD"
    event.rate = "0.92"
    return event
  }
}
