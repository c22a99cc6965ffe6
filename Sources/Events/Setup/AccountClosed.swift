// Why: an account that is no longer used keeps its history but takes no more entries.

public import Wire

/// An account takes no more entries from this day on.
public struct AccountClosed: Event {
  /// The account, whose balance must be zero.
  public var account = Code()

  public init() {}
  public static let kind = Kind(3, "account.closed")
  public static let purpose = "An account takes no more entries from this day on."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "account", &account)
  }
  public static var example: AccountClosed {
    var event = AccountClosed()
    event.account = "1010"
    return event
  }
}
