// Why: most tallies keep the two places of a move as they are, if they are of the wanted kind.

internal import Ledger
internal import Summaries

extension TallyLines {
  /// Adds the sides of `move` whose subject is wanted, each under its account, its subject and the commodity.
  @inline(__always)
  mutating func add(_ move: Move, where isWanted: (NameID) -> Bool) {
    if isWanted(move.to.subject) {
      debit(
        TallyKey(move.to.account, move.to.subject, move.commodity), on: move.on,
        amount: move.amount, value: move.value)
    }
    if isWanted(move.from.subject) {
      credit(
        TallyKey(move.from.account, move.from.subject, move.commodity), on: move.on,
        amount: move.amount, value: move.value)
    }
  }
}
