// Why: records lie in blocks, one behind the other. Walking over one is the same for whoever reads it, and nothing in it may go unread.

internal import Wire

/// Consecutive records without anything between them.
public enum RecordBlock {
  /// Shows the records of `block`, whose first one is at `first`, until `body` answers false.
  /// - Returns: the position after the last record shown.
  /// - Throws: what `body` throws, or `damaged` of the position whose record is none, or is another.
  @inlinable
  public static func walk<Failure: Error>(
    _ block: RawSpan, from first: Position, damaged: (Position) -> Failure,
    _ body: (borrowing RecordView) throws(Failure) -> Bool
  ) throws(Failure) -> Position {
    var position = first
    var offset = 0
    while offset < block.byteCount {
      guard let record = RecordView(in: block, at: offset), record.position == position else {
        throw damaged(position)
      }
      if try !body(record) { return position }
      offset &+= record.length
      position &+= 1
    }
    return position
  }
}
