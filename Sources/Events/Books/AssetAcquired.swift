// Why: what serves for years is an asset, and its cost becomes an expense month by month. The event says all that the
// plan of its depreciation needs.

public import Ledger
public import Wire

/// Something that will serve for years has been acquired.
public struct AssetAcquired: Event {
  /// The asset's code.
  public var asset = Code()
  /// What it is.
  public var name = ""
  /// The account on which it stands; that of the role fixedAsset when absent.
  public var account: Code?
  /// The account that bore it: a bank, a loan, or the asset account itself where a bill has put it.
  public var against = Code()
  /// What it cost, in the books' currency.
  public var cost = ExactDecimal()
  /// What it will be worth in the end and is never depreciated; nothing when absent.
  public var residual: ExactDecimal?
  /// Over how many months it is depreciated, in equal parts; never when absent.
  public var months: Int64?
  /// The first day of its depreciation; the event's own when absent.
  public var from: Day?
  /// What was depreciated before these books took it over.
  public var depreciated: ExactDecimal?

  public init() {}
  public static let kind = Kind(117, "asset.acquired")
  public static let purpose = "Something that will serve for years has been acquired."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "asset", &asset)
    try f.field(2, "name", &name)
    try f.field(3, "account", &account)
    try f.field(4, "against", &against)
    try f.field(5, "cost", &cost)
    try f.field(6, "residual", &residual)
    try f.field(7, "months", &months)
    try f.field(8, "from", &from)
    try f.field(9, "depreciated", &depreciated)
  }
  public static var example: AssetAcquired {
    var event = AssetAcquired()
    event.asset = "VAN-1"
    event.name = "delivery van"
    event.account = "1500"
    event.against = "1000"
    event.cost = "24000.00"
    event.residual = "3000.00"
    event.months = 60
    event.from = "2026-02-01"
    event.depreciated = "350.00"
    return event
  }
}
