// Why: decisions speak of roles; this says which account a role means from now on.

public import Ledger
public import Wire

/// A role belongs to another account from now on.
public struct RoleAssigned: Event {
  /// The role.
  public var role = Role()
  /// The account that takes it over.
  public var account = Code()

  public init() {}
  public static let kind = Kind(4, "role.assigned")
  public static let purpose = "A role belongs to another account from now on."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "role", &role)
    try f.field(2, "account", &account)
  }
  public static var example: RoleAssigned {
    var event = RoleAssigned()
    event.role = .bankCharges
    event.account = "6260"
    return event
  }
}
