// Why: what is sold or thrown away leaves the books with all that was depreciated; what it brought beyond its book value
// is a gain, what it did not bring a loss.

public import Wire

/// An asset has been sold, or thrown away.
public struct AssetDisposed: Event {
  /// The asset.
  public var asset = Code()
  /// What it brought, in the books' currency; nothing when absent.
  public var proceeds: ExactDecimal?
  /// Where that went: a bank account as a rule.
  public var account: Code?
  /// The account of income or expenses that takes the gain or the loss.
  public var result: Code?
  /// Why.
  public var text: String?

  public init() {}
  public static let kind = Kind(119, "asset.disposed")
  public static let purpose = "An asset has been sold, or thrown away."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "asset", &asset)
    try f.field(2, "proceeds", &proceeds)
    try f.field(3, "account", &account)
    try f.field(4, "result", &result)
    try f.field(5, "text", &text)
  }
  public static var example: AssetDisposed {
    var event = AssetDisposed()
    event.asset = "VAN-1"
    event.proceeds = "20000.00"
    event.account = "1000"
    event.result = "4700"
    event.text = "sold to a neighbour"
    return event
  }
}
