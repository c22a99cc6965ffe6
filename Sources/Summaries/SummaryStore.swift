// Why: summaries are pure; where their bytes lie and how the log is read is somebody else's business (Books, over
// LMDB). These are the only two doors.

public import Events

/// A summary's bytes, in the parts that are read, and checked, each by itself. The first is never empty; what an empty
/// one would say, its absence says.
public typealias SummaryParts = [[UInt8]]

/// Where summaries are read.
public protocol SummarySource: ~Copyable, ~Escapable {
  /// Lends a part of the summary of `range` in `namespace` ("accounts/1") to `body`; `nil` when there is none.
  /// - Throws: ``SummaryError`` of `body`, `.damaged` or `.source`.
  func get<Answer>(
    _ namespace: String, _ range: SummaryRange, part: Int,
    _ body: (RawSpan) throws(SummaryError) -> Answer
  ) throws(SummaryError) -> Answer?
}

extension SummarySource where Self: ~Copyable & ~Escapable {
  /// Lends the first part, which for most summaries is all.
  /// - Throws: ``SummaryError`` of `body`, or `.source`.
  func get<Answer>(
    _ namespace: String, _ range: SummaryRange,
    _ body: (RawSpan) throws(SummaryError) -> Answer
  ) throws(SummaryError) -> Answer? {
    try get(namespace, range, part: 0, body)
  }
}

/// Where summaries are kept: each is written once and never changes.
public protocol SummaryStore: SummarySource, ~Copyable, ~Escapable {
  /// Keeps the summary of `range` in `namespace`.
  /// - Throws: ``SummaryError`` `.source`.
  mutating func put(
    _ namespace: String, _ range: SummaryRange, _ parts: SummaryParts
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
