// Why: "why is March not what we filed?" Two answers differ by a set of lines, those that count at one point and not at the other. The walk
// finds them without a scan: it goes down only where a range counts differently at the two points and touches the keys.

public import Events
public import Ledger
internal import Wire

/// A line that counts at one of two points and not at the other.
public struct TallyChange: Sendable, Hashable {
  /// The event that it belongs to.
  public var position: Position
  /// Its day.
  public var day: Day
  /// Its key.
  public var key: TallyKey
  /// What it adds, on one side.
  public var sums: TallySums
  /// Whether it counts at the second point; otherwise it counts at the first.
  public var isAdded: Bool
}

extension TallyProjection {
  /// The lines of `keys` that make the difference between the answers at two points, in order of their positions. To
  /// see what is behind one answer, let the first point be position 0.
  ///
  /// Of a net projection, lines that cancel inside a range may be left out: the sum of all is the difference in any case.
  /// - Throws: ``SummaryError`` `.damaged` or `.source`.
  public static func changes<Source, Log>(
    from first: Point, to second: Point, _ keys: KeyRange, tree: SummaryTree = .standard,
    in store: borrowing Source, log: borrowing Log
  ) throws(SummaryError) -> [TallyChange]
  where
    Source: SummarySource & ~Copyable & ~Escapable, Log: RecordSource & ~Copyable & ~Escapable
  {
    var walk = DifferenceWalk<Self>(tree, keys, first, second)
    let (ranges, tail) = tree.prefix(max(first.knownAt, second.knownAt))
    for range in ranges { try walk.visit(range, store, log) }
    if let tail { try walk.scan(tail, log) }
    return walk.found
  }
}

/// A search for the lines that two points count differently.
private struct DifferenceWalk<P: TallyProjection> {
  private let tree: SummaryTree
  private let keys: KeyRange
  private let first: Point
  private let second: Point
  private let namespace = P.namespace
  private(set) var found: [TallyChange] = []

  init(_ tree: SummaryTree, _ keys: KeyRange, _ first: Point, _ second: Point) {
    self.tree = tree
    self.keys = keys
    self.first = first
    self.second = second
  }

  /// How much of a range counts at a point.
  private enum Extent { case nothing, part, whole }

  private func extent(
    _ positions: ClosedRange<Position>, _ days: DaySpan, at point: Point
  ) -> Extent {
    if positions.lowerBound > point.knownAt || days.least > point.dayNumber { return .nothing }
    let isWhole =
      positions.upperBound <= point.knownAt && days.greatest <= point.dayNumber
    return isWhole ? .whole : .part
  }

  mutating func visit<Source, Log>(
    _ range: SummaryRange, _ store: borrowing Source, _ log: borrowing Log
  ) throws(SummaryError)
  where
    Source: SummarySource & ~Copyable & ~Escapable, Log: RecordSource & ~Copyable & ~Escapable
  {
    let positions = tree.positions(of: range)
    // Positions alone may say that both points see it alike.
    if positions.lowerBound > max(first.knownAt, second.knownAt) { return }
    if try look(range, positions, store) { return }
    if range.level == 0 { return try scan(positions, log) }
    for child in tree.children(of: range) { try visit(child, store, log) }
  }

  /// Whether a summary says all there is to say about the range.
  private mutating func look<Source: SummarySource & ~Copyable & ~Escapable>(
    _ range: SummaryRange, _ positions: ClosedRange<Position>, _ store: borrowing Source
  ) throws(SummaryError) -> Bool {
    guard let header = try store.tallyHeader(namespace, range) else { return false }
    let before = extent(positions, header.days, at: first)
    let after = extent(positions, header.days, at: second)
    if before == after, before != .part { return true }
    if !header.isNet || (before != .part && after != .part) {
      // In a gross table every key shows; in a net one, those that do not cancel in the whole range.
      let isUntouched = try store.tally(namespace, range, part: .table) {
        (bytes) throws(SummaryError) in
        try TallyTable(bytes, isNet: header.isNet).keys.rows(of: keys, bytes).isEmpty
      }
      if isUntouched { return true }
    }
    guard range.level == 0 else { return false }
    try store.tally(namespace, range, part: .first) { (bytes) throws(SummaryError) in
      try take(try TallyStrip(bytes), positions, bytes)
    }
    return true
  }

  private mutating func take(
    _ strip: TallyStrip, _ positions: ClosedRange<Position>, _ bytes: RawSpan
  ) throws(SummaryError) {
    let rows = strip.keys.rows(of: keys, bytes)
    if rows.isEmpty { return }
    var changes: [TallyChange] = []
    try strip.forEachDay(bytes) { (day, lines) throws(SummaryError) in
      for line in lines {
        let entry = strip.entry(line, bytes)
        guard rows.contains(entry >> 1) else { continue }
        let amount = strip.amount(line, bytes)
        let position = positions.lowerBound &+ UInt64(truncatingIfNeeded: strip.offset(line, bytes))
        let key = TallyKey(
          upper: strip.keys.upper(entry >> 1, bytes), lower: strip.keys.lower(entry >> 1, bytes))
        add(
          position, day, key, entry & 1, amount, amount &+ strip.extra(line, bytes), to: &changes)
      }
    }
    append(changes)
  }

  mutating func scan<Log: RecordSource & ~Copyable & ~Escapable>(
    _ positions: ClosedRange<Position>, _ log: borrowing Log
  ) throws(SummaryError) {
    var lines = TallyLines()
    try log.scan(positions) { (record) throws(SummaryError) in
      lines.offset = UInt32(truncatingIfNeeded: record.position &- positions.lowerBound)
      P.lines(of: record, into: &lines)
    }
    var changes: [TallyChange] = []
    for line in lines.lines {
      let key = TallyKey(upper: lines.keys.uppers[line.key], lower: lines.keys.lowers[line.key])
      guard keys.contains(key) else { continue }
      let position = positions.lowerBound + UInt64(line.offset)
      add(position, line.day, key, line.side, line.amount, line.value, to: &changes)
    }
    append(changes)
  }

  private func add(
    _ position: Position, _ day: Int32, _ key: TallyKey, _ side: Int, _ amount: Int64,
    _ value: Int64, to changes: inout [TallyChange]
  ) {
    let day = Day(number: day)
    let isAdded = second.counts(day, position)
    if first.counts(day, position) == isAdded { return }
    let sums =
      side == 0
      ? TallySums(debitAmount: amount, creditAmount: 0, debitValue: value, creditValue: 0)
      : TallySums(debitAmount: 0, creditAmount: amount, debitValue: 0, creditValue: value)
    changes.append(
      TallyChange(position: position, day: day, key: key, sums: sums, isAdded: isAdded))
  }

  /// A leaf's lines are in order of days; an answer is in order of positions.
  private mutating func append(_ changes: [TallyChange]) {
    found += changes.sorted {
      ($0.position, $0.key, $0.day, $0.sums.debitAmount) < (
        $1.position, $1.key, $1.day, $1.sums.debitAmount
      )
    }
  }
}
