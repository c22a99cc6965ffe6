// Why: whom and what an event is about decides in whose history it appears: everything that it mentions and
// everything that its moves touch. Said once, so that the stored histories and the live ones cannot differ.

public import Ledger

extension RecordView {
  /// Calls `body` for every name that the event is about; a name may come more than once.
  @inlinable
  public func forEachName(_ body: (NameID) -> Void) {
    for index in 0..<mentionCount { body(mention(index)) }
    for index in 0..<moveCount {
      let move = move(index)
      body(move.from.account)
      body(move.to.account)
      if !move.from.subject.isNone { body(move.from.subject) }
      if !move.to.subject.isNone { body(move.to.subject) }
      if !move.commodity.isNone, !move.commodity.is(.currency) { body(move.commodity) }
    }
  }
}

extension Recorded {
  /// Every name that the event is about, each once.
  public var names: Set<NameID> {
    var names = Set(mentions)
    for move in moves {
      names.insert(move.from.account)
      names.insert(move.to.account)
      names.insert(move.from.subject)
      names.insert(move.to.subject)
      if !move.commodity.is(.currency) { names.insert(move.commodity) }
    }
    names.remove(.none)
    return names
  }
}
