// Why: the tree is tested without a disk: the simplest store that keeps the contract.

public import Summaries
internal import Wire

/// Summaries in memory.
public struct MemorySummaries: SummaryStore {
  /// The summaries by name space and range.
  public private(set) var summaries: [String: [SummaryRange: SummaryParts]] = [:]

  /// No summaries.
  public init() {}

  /// How many there are.
  public var count: Int { summaries.values.reduce(0) { $0 + $1.count } }

  public func get<Answer>(
    _ namespace: String, _ range: SummaryRange, part: Int,
    _ body: (RawSpan) throws(SummaryError) -> Answer
  ) throws(SummaryError) -> Answer? {
    guard let parts = summaries[namespace]?[range], part < parts.count, !parts[part].isEmpty
    else { return nil }
    let bytes = parts[part]
    return try body(bytes.raw)
  }

  public mutating func put(
    _ namespace: String, _ range: SummaryRange, _ parts: SummaryParts
  ) throws(SummaryError) {
    summaries[namespace, default: [:]][range] = parts
  }

  /// Forgets one.
  public mutating func remove(_ namespace: String, _ range: SummaryRange) {
    summaries[namespace]?[range] = nil
  }
}
