// Why: who may do what is part of the record that auditors read.

public import Wire

/// A user may do something from now on.
public struct AccessGranted: Event {
  /// Who.
  public var user = Code()
  /// What: `record`, `close`, `read`.
  public var right = Code()

  public init() {}
  public static let kind = Kind(203, "access.granted")
  public static let purpose = "A user may do something from now on."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "user", &user)
    try f.field(2, "right", &right)
  }
  public static var example: AccessGranted {
    var event = AccessGranted()
    event.user = "marta"
    event.right = "record"
    return event
  }
}
