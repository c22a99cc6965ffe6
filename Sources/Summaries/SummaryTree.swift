// Why: any prefix of the log is a few aligned ranges and a short tail. This is all the arithmetic of that sentence, and
// nothing else: which ranges there are, which make up a prefix, which become complete when the log grows.

public import Events

/// One aligned range of positions: the `index`-th (from 0) of its level.
public struct SummaryRange: Sendable, Hashable, Comparable {
  /// 0 for a leaf; each level spans ``SummaryTree/fanout`` ranges of the one below.
  public var level: Int
  /// Its place on its level, from 0.
  public var index: Int

  /// A range.
  @inlinable public init(level: Int, index: Int) {
    self.level = level
    self.index = index
  }

  /// By level, then by place.
  @inlinable public static func < (a: SummaryRange, b: SummaryRange) -> Bool {
    (a.level, a.index) < (b.level, b.index)
  }
}

/// How positions 1, 2, 3 … are cut into ranges.
public struct SummaryTree: Sendable, Hashable {
  /// Events in a leaf.
  public let leafSize: Int
  /// Children of a range.
  public let fanout: Int

  /// The tree that books use: leaves of 4,096 events, then sixteen by sixteen.
  public static let standard = SummaryTree(leafSize: 4096, fanout: 16)

  /// A tree of another shape, for tests: a leaf has 1…65,536 events, a range 2…64 children.
  public init(leafSize: Int, fanout: Int) {
    precondition((1...65_536).contains(leafSize), "a leaf has 1…65,536 events")
    precondition((2...64).contains(fanout), "a range has 2…64 children")
    self.leafSize = leafSize
    self.fanout = fanout
  }

  /// How many events a range of `level` spans.
  public func span(ofLevel level: Int) -> Int {
    var span = leafSize
    for _ in 0..<level {
      let (next, overflow) = span.multipliedReportingOverflow(by: fanout)
      // No log is that long; such a range is never complete.
      if overflow { return .max }
      span = next
    }
    return span
  }

  /// Whether positions are numbers large enough for the range: what is read from a key may be any two numbers.
  public func has(_ range: SummaryRange) -> Bool {
    guard range.level >= 0, (0..<Int.max).contains(range.index) else { return false }
    return !span(ofLevel: range.level).multipliedReportingOverflow(by: range.index + 1).overflow
  }

  /// The positions of a range that the tree ``has(_:)``.
  public func positions(of range: SummaryRange) -> ClosedRange<Position> {
    let span = UInt64(span(ofLevel: range.level))
    let first = UInt64(range.index) * span + 1
    return first...first + span - 1
  }

  /// The children of a range, in order; none for a leaf.
  public func children(of range: SummaryRange) -> [SummaryRange] {
    guard range.level > 0 else { return [] }
    let first = range.index * fanout
    return (first..<first + fanout).map { SummaryRange(level: range.level - 1, index: $0) }
  }

  /// The range one level up.
  public func parent(of range: SummaryRange) -> SummaryRange {
    SummaryRange(level: range.level + 1, index: range.index / fanout)
  }

  /// A range's place among its siblings, from 0.
  public func place(of range: SummaryRange) -> Int { range.index % fanout }

  /// Whether the log of `size` events fills the range.
  public func isComplete(_ range: SummaryRange, size: Position) -> Bool {
    positions(of: range).upperBound <= size
  }

  /// The highest level on which a log of `size` events fills a range; `nil` when it fills no leaf.
  public func topLevel(size: Position) -> Int? {
    guard size >= UInt64(leafSize) else { return nil }
    var level = 0
    while UInt64(span(ofLevel: level + 1)) <= size { level += 1 }
    return level
  }

  /// The prefix 1…`size` as whole ranges, from the oldest to the newest and so from the highest level to the leaves, and
  /// the tail of less than a leaf that is left.
  public func prefix(_ size: Position) -> (ranges: [SummaryRange], tail: ClosedRange<Position>?) {
    var ranges: [SummaryRange] = []
    var done: UInt64 = 0
    if let top = topLevel(size: size) {
      for level in stride(from: top, through: 0, by: -1) {
        let span = UInt64(span(ofLevel: level))
        while done + span <= size {
          ranges.append(SummaryRange(level: level, index: Int(done / span)))
          done += span
        }
      }
    }
    return (ranges, done < size ? done + 1...size : nil)
  }

  /// The ranges that are complete at `new` but were not at `old`, in the order in which to build them: each one after
  /// its children and after its elder siblings.
  public func completed(from old: Position, to new: Position) -> [SummaryRange] {
    guard let top = topLevel(size: new) else { return [] }
    var ranges: [SummaryRange] = []
    for level in 0...top {
      let span = UInt64(span(ofLevel: level))
      for index in Int(old / span)..<max(Int(old / span), Int(new / span)) {
        ranges.append(SummaryRange(level: level, index: index))
      }
    }
    return ranges
  }

  /// The same ranges as ``completed(from:to:)`` for a rebuild on many cores: level by level, and on each level groups of
  /// siblings. Groups of one level may be built at the same time; siblings of a group in order; levels in order.
  public func groups(from old: Position = 0, to new: Position) -> [[[SummaryRange]]] {
    var levels: [[[SummaryRange]]] = []
    for range in completed(from: old, to: new) {
      if range.level == levels.count - 1, let last = levels[range.level].last?.last,
        parent(of: last) == parent(of: range)
      {
        levels[range.level][levels[range.level].count - 1].append(range)
      } else if range.level == levels.count - 1 {
        levels[range.level].append([range])
      } else {
        while levels.count < range.level { levels.append([]) }
        levels.append([[range]])
      }
    }
    return levels
  }
}
