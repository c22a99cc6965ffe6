// Why: an erasure that was interrupted must be finished, and one that is done must hold even if somebody puts an old copy of
// the keys back. Both are asked of the books as a whole, when they are opened.

package import Events
package import Ledger
package import Wire

/// Everybody whose data is erased, or is to be.
package struct Erasures: Document {
  /// Whom an erasure was asked for, with the position of the request, that is not confirmed yet.
  package private(set) var pending: [DataSubject: Position] = [:]
  /// Who is erased, with the position of the request.
  package private(set) var completed: [DataSubject: Position] = [:]

  package init() {}
  package static let isDefinition = true
  package static let isKept = false

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let requested = try event.event(ErasureRequested.self) {
      if let person = requested.subject { pending[person] = event.position }
    } else if let done = try event.event(ErasureCompleted.self) {
      if let person = done.subject { completed[person] = pending.removeValue(forKey: person) }
    }
  }
}
