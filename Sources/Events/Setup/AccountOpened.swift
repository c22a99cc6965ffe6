// Why: accounts are data, not code: another chart of accounts is another list of these.

public import Ledger
public import Wire

/// An account has been added to the chart.
public struct AccountOpened: Event {
  /// The account's code.
  public var account = Code()
  /// What people call it.
  public var name = ""
  /// What it is to the financial statements.
  public var kind = AccountKind()
  /// What the decisions use it for, if anything.
  public var role: Role?
  /// The only currency it may hold; the books' currency when absent.
  public var currency: Code?

  public init() {}
  public static let kind = Kind(2, "account.opened")
  public static let purpose = "An account has been added to the chart."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "account", &account)
    try f.field(2, "name", &name)
    try f.field(3, "kind", &kind)
    try f.field(4, "role", &role)
    try f.field(5, "currency", &currency)
  }
  public static var example: AccountOpened {
    var event = AccountOpened()
    event.account = "1000"
    event.name = "Bank"
    event.kind = .asset
    event.role = .bank
    event.currency = "EUR"
    return event
  }
}
