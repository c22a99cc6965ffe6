// Why: a right that ends is as much of a fact as one that begins.

public import Wire

/// A user may no longer do something.
public struct AccessRevoked: Event {
  /// Who.
  public var user = Code()
  /// What: `record`, `close`, `read`.
  public var right = Code()

  public init() {}
  public static let kind = Kind(204, "access.revoked")
  public static let purpose = "A user may no longer do something."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "user", &user)
    try f.field(2, "right", &right)
  }
  public static var example: AccessRevoked {
    var event = AccessRevoked()
    event.user = "marta"
    event.right = "record"
    return event
  }
}
