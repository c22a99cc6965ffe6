// Why: the law may demand that data about a person be kept (a tax inspection, a lawsuit, a retention period). While it does, nobody
// may erase it, and everybody can see since when, why and by whom.

public import Wire

/// The data of a person must be kept.
public struct HoldPlaced: Event, AboutPerson {
  /// The hold's own code: a file number, a law.
  public var hold = Code()
  /// The person's code.
  public var person = Code()
  /// What the person is; worked out when only one is called so.
  public var role: PersonRole?
  /// Why.
  public var reason = ""

  public init() {}
  public static let kind = Kind(211, "hold.placed")
  public static let purpose = "The personal data of somebody must be kept: nobody may erase it."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "hold", &hold)
    try f.field(2, "person", &person)
    try f.field(3, "role", &role)
    try f.field(4, "reason", &reason)
  }
  public static var example: HoldPlaced {
    var event = HoldPlaced()
    event.hold = "HACIENDA-2026"
    event.person = "C-17"
    event.role = .customer
    event.reason = "tax inspection of 2024 and 2025"
    return event
  }
}
