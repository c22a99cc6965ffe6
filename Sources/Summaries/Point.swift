// Why: every question about the past has two dates: as of which day, and as known when.

public import Events
public import Ledger

/// A point in time: a day in the business and a state of the books.
public struct Point: Sendable, Hashable {
  /// The last day that counts (valid time); `nil` for no limit.
  public var asOf: Day?
  /// The last position that counts (record time); 0 is before everything. Not beyond the log's end.
  public var knownAt: Position

  /// A point in time.
  @inlinable public init(asOf: Day? = nil, knownAt: Position) {
    self.asOf = asOf
    self.knownAt = knownAt
  }

  /// Whether a line of `day`, recorded at `position`, counts.
  @inlinable public func counts(_ day: Day, _ position: Position) -> Bool {
    guard position <= knownAt else { return false }
    guard let asOf else { return true }
    return day <= asOf
  }

  /// The last day that counts, as a number.
  var dayNumber: Int32 { asOf?.number ?? .max }
}
