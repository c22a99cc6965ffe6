// Why: at the end of a period what is held or owed in another currency is worth what the rate of that day says.

public import Wire

/// What is held and owed in another currency has been valued at the rate of the day.
public struct CurrencyRevalued: Event {
  /// The revaluation's code.
  public var revaluation = Code()
  /// The currency (ISO 4217).
  public var currency = Code()
  /// A remark.
  public var text: String?

  public init() {}
  public static let kind = Kind(58, "currency.revalued")
  public static let purpose = """
    What is held and owed in another currency has been valued at the rate of the day.
    """
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "revaluation", &revaluation)
    try f.field(2, "currency", &currency)
    try f.field(3, "text", &text)
  }
  public static var example: CurrencyRevalued {
    var event = CurrencyRevalued()
    event.revaluation = "RV-2026-03"
    event.currency = "USD"
    event.text = "end of the quarter"
    return event
  }
}
