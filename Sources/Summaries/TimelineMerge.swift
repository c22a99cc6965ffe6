// Why: a range's directory is its children's, joined: lists that stay short are concatenated, the others only say which
// children to ask. So a name that is everywhere costs a few bytes on each level, not its whole history again.

internal import Ledger

extension TimelineProjection {
  public static func leaf() -> TimelineLeaf<Self> { TimelineLeaf() }

  public static func merged<Source: SummarySource & ~Copyable & ~Escapable>(
    _ range: SummaryRange, _ tree: SummaryTree, from store: borrowing Source
  ) throws(SummaryError) -> SummaryParts {
    var merge = TimelineMerge()
    let span = UInt64(tree.span(ofLevel: range.level - 1))
    for (place, child) in tree.children(of: range).enumerated() {
      let isThere = try store.forEachTimelinePiece(namespace, child) {
        (piece, bytes) throws(SummaryError) in
        try merge.add(piece, bytes, place: place, span: span)
        return true
      }
      if !isThere { throw .missing(child, namespace) }
    }
    return merge.parts(level: range.level)
  }
}

/// Joins the directories of children.
private struct TimelineMerge {
  private static let limit = TimelineDirectory.inlineLimit
  private var keys = KeyIndex()
  private var counts: [UInt64] = []
  private var masks: [UInt64] = []
  /// The first positions of each name, `limit` places for each.
  private var positions: [UInt64] = []

  /// Takes a piece of the child at `place`; each child has `span` positions.
  mutating func add(
    _ directory: TimelineDirectory, _ bytes: RawSpan, place: Int, span: UInt64
  ) throws(SummaryError) {
    let first = UInt64(place) * span
    for row in 0..<directory.count {
      let number = keys.number(of: UInt64(directory.name(row, bytes).raw), 0)
      if number == counts.count {
        counts.append(0)
        masks.append(0)
        positions.append(contentsOf: repeatElement(0, count: Self.limit))
      }
      masks[number] |= 1 << UInt64(place)
      var list = try directory.list(row, bytes)
      let (sum, overflow) = counts[number].addingReportingOverflow(list.count)
      if overflow { throw .damaged("a history is longer than any log") }
      if list.children == nil {
        let room = min(list.count, UInt64(Self.limit) - min(UInt64(Self.limit), counts[number]))
        for index in 0..<Int(room) {
          let offset = try list.next(bytes)
          guard offset < span else { throw .damaged("a position lies outside its range") }
          positions[number * Self.limit + Int(counts[number]) + index] = offset + first
        }
      }
      counts[number] = sum
    }
  }

  func parts(level: Int) -> SummaryParts {
    var writer = TimelineWriter(level: level)
    for number in keys.sorted() {
      let number = Int(number)
      let name = UInt32(truncatingIfNeeded: keys.uppers[number])
      let count = counts[number]
      if count <= UInt64(Self.limit) {
        let first = number * Self.limit
        writer.add(name, positions[first..<first + Int(count)], count: Int(count))
      } else {
        writer.add(name, count: count, mask: masks[number])
      }
    }
    return writer.parts()
  }
}
