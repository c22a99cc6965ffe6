// Why: a missing event is missed by those that come after it: the customer it brought, the invoice they pay. Who re-enters it must know.

internal import EventLog
internal import Events
internal import Ledger

/// Which intact events need what missing ones brought.
struct Dependents {
  /// A name that a missing event brought.
  struct Needed {
    /// How many later events are about it, and the first of them.
    var count = 0
    var first: Position = 0
  }
  /// By the name that they are about.
  private(set) var names: [NameID: Needed] = [:]
  /// The events that answer or correct a missing one, by its position.
  private(set) var answers: [Position: [Position]] = [:]
  private let missing: [ClosedRange<Position>]
  private let known: [NameID: KnownName]

  init(_ remains: LogRemains) {
    missing = remains.missing
    known = remains.names
  }

  private func isMissing(_ position: Position) -> Bool { missing.cover(position) }

  /// Counts what `event`, which is intact, needs.
  mutating func add(_ event: Recorded) {
    for name in event.names where known[name].map({ isMissing($0.since) }) ?? true {
      if name.kind == .books { continue }
      var needed = names[name] ?? Needed(count: 0, first: event.position)
      needed.count += 1
      names[name] = needed
    }
    if event.because > 0, isMissing(event.because) {
      answers[event.because, default: []].append(event.position)
    }
  }
}
