// Why: projections read records where they lie; this log has them laid out as the real one does, in memory.

public import Events
public import Summaries
internal import Wire

/// A log in memory.
public struct MemoryLog: RecordSource {
  private var frame = Frame()
  private var offsets: [Int] = []

  /// An empty log.
  public init() {}

  /// How many events there are.
  public var size: Position { Position(offsets.count) }

  /// Appends an event, which gets the next position.
  public mutating func append(_ record: Recorded) {
    var record = record
    record.position = size + 1
    offsets.append(frame.bytes.count)
    frame.append(record)
  }

  public func scan(
    _ positions: ClosedRange<Position>,
    _ body: (borrowing RecordView) throws(SummaryError) -> Void
  ) throws(SummaryError) {
    let bytes = frame.bytes
    let span = bytes.raw
    guard positions.lowerBound >= 1, positions.upperBound <= size else {
      throw SummaryError(.source, "There is no such event.", remedy: "Ask for less.")
    }
    for index in Int(positions.lowerBound - 1)..<Int(positions.upperBound) {
      guard let record = RecordView(in: span, at: offsets[index]) else {
        throw SummaryError(.source, "A record is damaged.", remedy: "Test something else.")
      }
      try body(record)
    }
  }
}
