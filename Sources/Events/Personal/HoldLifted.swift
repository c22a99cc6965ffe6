// Why: a hold ends when its reason does, and that is said too.

public import Wire

/// The data of a person need not be kept for this reason any more.
public struct HoldLifted: Event, AboutPerson {
  /// The hold.
  public var hold = Code()
  /// The person's code.
  public var person = Code()
  /// What the person is; worked out when only one is called so.
  public var role: PersonRole?
  /// Why.
  public var reason = ""

  public init() {}
  public static let kind = Kind(212, "hold.lifted")
  public static let purpose = "The personal data of somebody need not be kept for this any more."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "hold", &hold)
    try f.field(2, "person", &person)
    try f.field(3, "role", &role)
    try f.field(4, "reason", &reason)
  }
  public static var example: HoldLifted {
    var event = HoldLifted()
    event.hold = "HACIENDA-2026"
    event.person = "C-17"
    event.role = .customer
    event.reason = "the inspection ended without findings"
    return event
  }
}
