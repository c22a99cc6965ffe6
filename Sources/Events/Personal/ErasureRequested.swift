// Why: a person may ask to be forgotten. That it was asked, when, and by whom it was accepted is itself a fact that must be shown later;
// it is recorded before anything is destroyed, so that an interrupted erasure is finished and not forgotten.

public import Wire

/// The personal data of somebody is to be erased.
public struct ErasureRequested: Event, AboutPerson {
  /// The person's code.
  public var person = Code()
  /// What the person is; worked out when only one is called so.
  public var role: PersonRole?
  /// Why: who asked, on what ground. Never the person's name.
  public var reason = ""

  public init() {}
  public static let kind = Kind(213, "erasure.requested")
  public static let purpose = "The personal data of somebody is to be erased."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "person", &person)
    try f.field(2, "role", &role)
    try f.field(3, "reason", &reason)
  }
  public static var example: ErasureRequested {
    var event = ErasureRequested()
    event.person = "C-17"
    event.role = .customer
    event.reason = "asked by letter, art. 17 GDPR"
    return event
  }
}
