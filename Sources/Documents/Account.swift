// Why: an account is known by its code, and by what it is for; only its number appears in moves.

public import Ledger
public import Wire

/// One account of the chart.
public struct Account: Sendable, Hashable {
  /// Its number.
  public var id: NameID
  /// Its code: `430`.
  public var code: Code
  /// What it is called.
  public var name: String
  /// What it is to the financial statements.
  public var kind: AccountKind
  /// What it is for, if it has a role.
  public var role: Role?
  /// The only currency it takes; the books' own when absent.
  public var currency: Code?
  /// Whether it has been closed.
  public var isClosed = false
}
