// Why: a decision that needs an account of some role must say so when there is none.

public import Documents
public import Ledger

extension Chart {
  /// The account that plays `role`.
  /// - Throws: a refusal `role.unassigned` when none does.
  public func account(_ role: Role) throws(Obstacle) -> NameID {
    guard let id = roles[role] else {
      throw .refuse(
        "role.unassigned", "No account has the role \(role.rawValue).",
        remedy: "Record account.opened with that role, or role.assigned.")
    }
    return id
  }
}
