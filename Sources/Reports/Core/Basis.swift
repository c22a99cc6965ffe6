// Why: a row that does not say what it rests on cannot be explained. Most rows are balances, so they rest on the moves
// in and out of some places; others are the state of a document, so they rest on its history.

public import Events
public import Ledger
public import Summaries

/// What a row rests on.
public enum Basis: Sendable, Hashable {
  /// The moves in and out of these keys: account, subject, commodity.
  case moves([KeyRange])
  /// Every event that concerns this name.
  case history(NameID)
  /// These events.
  case events([Position])

  /// The moves in and out of an account.
  public static func account(_ account: NameID) -> Basis { .moves([.account(account)]) }

  /// What two versions of a row rest on together.
  func joined(with other: Basis?) -> Basis {
    switch (self, other) {
    case (.moves(let own), .moves(let others)): .moves(own + others.filter { !own.contains($0) })
    case (.events(let own), .events(let others)): .events(Set(own).union(others).sorted())
    default: self
    }
  }
}
