// Why: workers of a rebuild read what is stored and build a group of siblings, each of which needs the one before; the
// writer stores the group afterwards, in one transaction. Until then it stands here.

internal import Wire

/// Summaries that have been built but not stored, in front of those that are stored.
public struct PendingSummaries<Base: SummarySource & ~Copyable>: SummaryStore, ~Copyable {
  /// One that has been built.
  public struct Summary: Sendable {
    /// The name space.
    public var namespace: String
    /// The range.
    public var range: SummaryRange
    /// Its bytes.
    public var parts: SummaryParts
  }
  private struct Key: Hashable {
    var namespace: String
    var range: SummaryRange
  }
  private let base: Base
  private var places: [Key: Int] = [:]
  /// What has been built, in that order.
  public private(set) var summaries: [Summary] = []

  /// Nothing pending in front of `base`.
  public init(before base: consuming Base) { self.base = base }

  public func get<Answer>(
    _ namespace: String, _ range: SummaryRange, part: Int,
    _ body: (RawSpan) throws(SummaryError) -> Answer
  ) throws(SummaryError) -> Answer? {
    if let place = places[Key(namespace: namespace, range: range)] {
      let parts = summaries[place].parts
      guard part < parts.count, !parts[part].isEmpty else { return nil }
      let bytes = parts[part]
      return try body(bytes.raw)
    }
    return try base.get(namespace, range, part: part, body)
  }

  public mutating func put(
    _ namespace: String, _ range: SummaryRange, _ parts: SummaryParts
  ) throws(SummaryError) {
    places[Key(namespace: namespace, range: range)] = summaries.count
    summaries.append(Summary(namespace: namespace, range: range, parts: parts))
  }
}
