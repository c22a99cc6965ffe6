// Why: single look-ups in the books as they are now.

internal import EventLog
public import Events
public import Ledger
public import Proofs
internal import Wire

extension Books {
  /// The event at `position`; `nil` when there is none such.
  public func event(at position: Position) throws(BooksError) -> Recorded? {
    try reading { () throws(LogError) in try log.record(at: position) }
  }

  /// The Merkle root over the first `size` events.
  public func root(at size: Position) throws(BooksError) -> MerkleHash {
    try reading { () throws(LogError) in try log.root(at: size) }
  }

  /// Everything that is called `code`, of whatever kind.
  public func ids(of code: String) throws(BooksError) -> Set<NameID> {
    let parsed: Code
    do throws(WireError) { parsed = try Code(code) } catch {
      throw BooksError(.question, error.message, remedy: error.remedy)
    }
    var ids: Set<NameID> = []
    for kind in NameKind.allCases {
      if let name = try reading({ () throws(LogError) in try log.name(kind, parsed) }) {
        ids.insert(name.id)
      }
    }
    return ids
  }
}
