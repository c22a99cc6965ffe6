// Why: summaries read the log through their own small door. What goes wrong behind it is told as the log tells it: damage to a block is no
// damage to a summary.

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
    do throws(ScanFailure) {
      try log.scan(positions) { (record) throws(ScanFailure) in
        do throws(SummaryError) { try body(record) } catch { throw ScanFailure(error: error) }
        return true
      }
    } catch { throw error.error }
  }
}

/// What ends a scan: whoever reads, or the log.
private struct ScanFailure: LogFailure {
  let error: SummaryError

  init(error: SummaryError) { self.error = error }
  init(log: LogError) { error = SummaryError(log: log) }
}
