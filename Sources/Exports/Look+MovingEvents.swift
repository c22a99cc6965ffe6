// Why: every export of a journal walks over all events that move something, a thousand at a time, so that its memory does not
// grow with the log.

internal import Events
internal import Projections
internal import Summaries

extension Look {
  /// Shows every event that moves something to `body`, in the order of the recording, up to a thousand at a time.
  func forEachBatchOfMoves(
    _ body: ([Recorded]) throws(SummaryError) -> Void
  ) throws(SummaryError) {
    let end = point.knownAt
    var next: Position = 1
    while next <= end {
      let last = min(end, next + 999)
      var events: [Recorded] = []
      try scan(next...last) { (record) throws(SummaryError) in
        if record.moveCount == 0 { return }
        guard record.impossibility == nil, let event = record.copy() else {
          throw SummaryError(
            .source, "The event at position \(record.position) cannot be read.",
            remedy: "Run `diario verify`, and restore a backup if it finds damage.")
        }
        events.append(event)
      }
      try body(events)
      next = last + 1
    }
  }
}
