// Why: what happened to a document a moment ago is asked for most, so the last events on disk are also kept in memory.

internal import Events

/// The last few thousand events on disk, without gaps.
struct RecentEvents {
  private var events: [Recorded?]
  /// The first and the last position that is kept; none while `first` is greater.
  private(set) var first = Position.max
  private var last: Position = 0

  init(capacity: Int = 1 << 13) { events = Array(repeating: nil, count: capacity) }

  mutating func add(_ event: Recorded) {
    if event.position != last + 1 || first > last { first = event.position }
    last = event.position
    first = max(first, last + 1 - min(last, Position(events.count)))
    events[Int(truncatingIfNeeded: event.position) % events.count] = event
  }

  subscript(position: Position) -> Recorded? {
    guard first <= position, position <= last else { return nil }
    return events[Int(truncatingIfNeeded: position) % events.count]
  }
}
