// Why: whether somebody's data may be erased, is being erased or has been, is known from a few events about that person.

package import Events
package import Ledger
package import Wire

/// What is kept of a person, as far as it concerns keeping and erasing.
package struct PersonRecord: Document {
  /// Why the data must be kept, and the day from which on, by the code of the hold.
  package private(set) var holds: [Code: (reason: String, on: Day)] = [:]
  /// The holds that were lifted, with the day from which they keep nothing any more.
  package private(set) var lifted: [Code: (reason: String, placed: Day, on: Day)] = [:]
  /// Where the erasure was asked for; 0 for never.
  package private(set) var requestedAt: Position = 0
  /// Where it was confirmed; 0 for not yet.
  package private(set) var completedAt: Position = 0
  /// The events that hold personal data in the clear, from before there were keys: no erasure reaches them.
  package private(set) var unsealed: [Position] = []
  /// Whether anything sealed was ever recorded.
  package private(set) var isSealed = false

  package init() {}
  package static let isKept = false

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let placed = try event.event(HoldPlaced.self) {
      holds[placed.hold] = (placed.reason, event.on)
      lifted[placed.hold] = nil
    } else if let ended = try event.event(HoldLifted.self) {
      if let hold = holds.removeValue(forKey: ended.hold) {
        lifted[ended.hold] = (hold.reason, hold.on, event.on)
      } else {
        lifted[ended.hold]?.on = event.on
      }
    } else if event.kind == ErasureRequested.kind.number {
      requestedAt = event.position
    } else if event.kind == ErasureCompleted.kind.number {
      completedAt = event.position
    } else if try event.personalFields().contains(where: {
      PersonRole($0.subject.kind).nameKind == id.kind
    }) {
      if event.flags.contains(.sealed) {
        isSealed = true
      } else {
        unsealed.append(event.position)
      }
    }
  }
}
