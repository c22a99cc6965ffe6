// Why: summaries read the log through their own small door.

internal import EventLog
internal import Events
internal import Summaries

/// The log, as the source of records for summaries.
struct LogSource: RecordSource, Sendable {
  let log: any EventLog

  func scan(
    _ positions: ClosedRange<Position>,
    _ body: (borrowing RecordView) throws(SummaryError) -> Void
  ) throws(SummaryError) {
    try log.scan(positions) { (record) throws(SummaryError) in
      try body(record)
      return true
    }
  }
}
