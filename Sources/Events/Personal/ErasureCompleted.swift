// Why: from here on nobody can read what was personal, and the books can show since when. Diario records it itself, when the key is gone.

public import Wire

/// The key to the personal data of somebody has been destroyed.
public struct ErasureCompleted: Event, AboutPerson {
  /// The person's code.
  public var person = Code()
  /// What the person is; worked out when only one is called so.
  public var role: PersonRole?

  public init() {}
  public static let kind = Kind(214, "erasure.completed")
  public static let purpose = "The key to the personal data of somebody has been destroyed."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "person", &person)
    try f.field(2, "role", &role)
  }
  public static var example: ErasureCompleted {
    var event = ErasureCompleted()
    event.person = "C-17"
    event.role = .customer
    return event
  }
}
