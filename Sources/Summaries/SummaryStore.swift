// Why: summaries are pure; where their bytes lie and how the log is read is somebody else's business (Books, over
// LMDB). These are the only two doors.

public import Events

/// Where summaries are read.
public protocol SummarySource: ~Copyable, ~Escapable {
  /// Lends the bytes of the summary of `range` in `namespace` ("accounts/1") to `body`; `nil` when there is none.
  /// - Throws: ``SummaryError`` of `body`, or `.source`.
  func get<Answer>(
    _ namespace: String, _ range: SummaryRange,
    _ body: (RawSpan) throws(SummaryError) -> Answer
  ) throws(SummaryError) -> Answer?
}

/// Where summaries are kept: each is written once and never changes.
public protocol SummaryStore: SummarySource, ~Copyable, ~Escapable {
  /// Keeps the summary of `range` in `namespace`.
  /// - Throws: ``SummaryError`` `.source`.
  mutating func put(
    _ namespace: String, _ range: SummaryRange, _ bytes: [UInt8]
  ) throws(SummaryError)
}

/// Where records are read.
public protocol RecordSource: ~Copyable, ~Escapable {
  /// Shows the records of `positions` to `body`, in order. All of them must exist.
  /// - Throws: ``SummaryError`` of `body`, or `.source`.
  func scan(
    _ positions: ClosedRange<Position>,
    _ body: (borrowing RecordView) throws(SummaryError) -> Void
  ) throws(SummaryError)
}
