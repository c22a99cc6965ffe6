// Why: a history is a short list of positions, found without a scan. The walk asks the ranges of the prefix in order, or in
// reverse for the last few, and goes down only where a list is long. What is not built is read from the log. Reports ask for
// thousands of histories at once: one walk finds them all, and reads no summary and no record twice.

public import Events
public import Ledger
internal import Wire

extension TimelineProjection {
  /// The positions of the events that concern `name`, as known at `position`, rising; `part` may ask for the first or
  /// last few only.
  /// - Parameters:
  ///   - name: whom or what they concern.
  ///   - since: a position before which nothing concerns the name; ranges before it are not asked.
  ///   - position: the last that counts.
  ///   - part: all of them, or the first or last few.
  ///   - tree: the shape of the tree of summaries.
  ///   - store: where the summaries are.
  ///   - log: where the records behind them are.
  /// - Throws: ``SummaryError`` `.damaged` or `.source`.
  public static func positions<Source, Log>(
    of name: NameID, since: Position = 1, knownAt position: Position, _ part: HistoryPart = .all,
    tree: SummaryTree = .standard, in store: borrowing Source, log: borrowing Log
  ) throws(SummaryError) -> [Position]
  where
    Source: SummarySource & ~Copyable & ~Escapable, Log: RecordSource & ~Copyable & ~Escapable
  {
    try positions(
      ofEach: [name], since: since, knownAt: position, part, tree: tree, in: store, log: log)[0]
  }

  /// The positions of the events that concern each of `names`, as known at `position`, rising; `part` may ask for the first or
  /// last few only. Answers one list for each name, in their order.
  /// - Parameters:
  ///   - names: whom or what they concern; rising, each once.
  ///   - since: a position before which nothing concerns any of them; ranges before it are not asked.
  ///   - position: the last that counts.
  ///   - part: all of them, or the first or last few of each.
  ///   - tree: the shape of the tree of summaries.
  ///   - store: where the summaries are.
  ///   - log: where the records behind them are.
  /// - Throws: ``SummaryError`` `.damaged` or `.source`.
  public static func positions<Source, Log>(
    ofEach names: [NameID], since: Position = 1, knownAt position: Position,
    _ part: HistoryPart = .all, tree: SummaryTree = .standard, in store: borrowing Source,
    log: borrowing Log
  ) throws(SummaryError) -> [[Position]]
  where
    Source: SummarySource & ~Copyable & ~Escapable, Log: RecordSource & ~Copyable & ~Escapable
  {
    precondition(zip(names, names.dropFirst()).allSatisfy { $0 < $1 }, "names rise")
    var query = TimelineQuery<Self>(tree, names, since...max(since, position), part)
    if position < since { return query.found }
    var (ranges, tail) = tree.prefix(position)
    if let tail {
      ranges.append(SummaryRange(level: 0, index: Int(tail.lowerBound - 1) / tree.leafSize))
    }
    let rows = Array(names.indices)
    for range in query.isReversed ? ranges.reversed() : ranges {
      try query.add(range, rows, store, log)
    }
    return query.isReversed ? query.found.map { $0.reversed() } : query.found
  }

  /// The names that events concern, as known at `position`, in order; only those of `kind`, if one is given.
  /// - Throws: ``SummaryError`` `.damaged` or `.source`.
  public static func names<Source, Log>(
    of kind: NameKind? = nil, knownAt position: Position, tree: SummaryTree = .standard,
    in store: borrowing Source, log: borrowing Log
  ) throws(SummaryError) -> [NameID]
  where
    Source: SummarySource & ~Copyable & ~Escapable, Log: RecordSource & ~Copyable & ~Escapable
  {
    var query = TimelineNames<Self>(tree, kind)
    let (ranges, tail) = tree.prefix(position)
    for range in ranges { try query.add(range, store, log) }
    if let tail { try query.scan(tail, log) }
    return query.answer()
  }
}

/// A search for the positions of some names.
private struct TimelineQuery<P: TimelineProjection> {
  private let tree: SummaryTree
  private let names: [NameID]
  /// The positions that are asked about.
  private let asked: ClosedRange<Position>
  private let limit: Int
  private let namespace = P.namespace
  /// Whether the search runs from the newest event to the oldest.
  let isReversed: Bool
  /// What has been found of each name, in the order of the search.
  private(set) var found: [[Position]]

  init(
    _ tree: SummaryTree, _ names: [NameID], _ asked: ClosedRange<Position>, _ part: HistoryPart
  ) {
    self.tree = tree
    self.names = names
    self.asked = asked
    found = Array(repeating: [], count: names.count)
    switch part {
    case .all: (limit, isReversed) = (.max, false)
    case .first(let count): (limit, isReversed) = (count, false)
    case .last(let count): (limit, isReversed) = (count, true)
    }
  }

  private func isDone(_ row: Int) -> Bool { found[row].count >= limit }

  private mutating func take(_ positions: [Position], _ row: Int) {
    for position in isReversed ? positions.reversed() : positions
    where !isDone(row) && position <= asked.upperBound {
      found[row].append(position)
    }
  }

  /// Looks in `range`, which may end after what is asked about if it is a leaf, for the names at `rows`.
  mutating func add<Source, Log>(
    _ range: SummaryRange, _ rows: [Int], _ store: borrowing Source, _ log: borrowing Log
  ) throws(SummaryError)
  where
    Source: SummarySource & ~Copyable & ~Escapable, Log: RecordSource & ~Copyable & ~Escapable
  {
    let positions = tree.positions(of: range)
    if positions.upperBound < asked.lowerBound { return }
    let rows = limit == .max ? rows : rows.filter { !isDone($0) }
    if rows.isEmpty { return }
    var below: [(row: Int, children: UInt64)] = []
    let isThere = try store.forEachTimelineList(namespace, range, of: names, rows) {
      (row, list, bytes) throws(SummaryError) in
      if let children = list.children {
        below.append((row, children))
      } else {
        let offsets = try list.positions(bytes)
        if let last = offsets.last, last > positions.upperBound - positions.lowerBound {
          throw .damaged("a position lies outside its range")
        }
        take(offsets.map { positions.lowerBound + $0 }, row)
      }
    }
    if !isThere {
      if range.level == 0 { return try scan(positions, rows, log) }
      below = rows.map { ($0, .max) }
    }
    if below.isEmpty { return }
    if range.level == 0 { throw .damaged("a leaf has no children") }
    let ranges = tree.children(of: range).enumerated()
    for (place, child) in isReversed ? ranges.reversed() : Array(ranges) {
      let concerned = below.filter { $0.children >> UInt64(place) & 1 == 1 }.map(\.row)
      try add(child, concerned, store, log)
    }
  }

  private mutating func scan<Log: RecordSource & ~Copyable & ~Escapable>(
    _ positions: ClosedRange<Position>, _ rows: [Int], _ log: borrowing Log
  ) throws(SummaryError) {
    let wanted = names[rows[0]]...names[rows[rows.count - 1]]
    let places = Dictionary(uniqueKeysWithValues: rows.map { (names[$0], $0) })
    var list = NameList()
    var scanned: [Int: [Position]] = [:]
    try log.scan(positions.lowerBound...min(positions.upperBound, asked.upperBound)) {
      (record) throws(SummaryError) in
      P.names(of: record, into: &list)
      for name in list.names where wanted.contains(name) {
        // A record may concern a name in several ways; it counts once.
        guard let row = places[name], scanned[row]?.last != record.position else { continue }
        scanned[row, default: []].append(record.position)
      }
      list.removeAll()
    }
    for (row, positions) in scanned { take(positions, row) }
  }
}

/// A search for the names that occur.
private struct TimelineNames<P: TimelineProjection> {
  private let tree: SummaryTree
  private let kind: NameKind?
  private let namespace = P.namespace
  private var found: Set<NameID> = []

  init(_ tree: SummaryTree, _ kind: NameKind?) {
    self.tree = tree
    self.kind = kind
  }

  mutating func add<Source, Log>(
    _ range: SummaryRange, _ store: borrowing Source, _ log: borrowing Log
  ) throws(SummaryError)
  where
    Source: SummarySource & ~Copyable & ~Escapable, Log: RecordSource & ~Copyable & ~Escapable
  {
    let first = kind.map { NameID($0, 0) } ?? .none
    let isThere = try store.forEachTimelinePiece(namespace, range, from: first) {
      (piece, bytes) throws(SummaryError) in
      for row in piece.row(notBefore: first, bytes)..<piece.count {
        let name = piece.name(row, bytes)
        if let kind, !name.is(kind) { return false }
        found.insert(name)
      }
      return true
    }
    if isThere { return }
    if range.level == 0 { return try scan(tree.positions(of: range), log) }
    for child in tree.children(of: range) { try add(child, store, log) }
  }

  mutating func scan<Log: RecordSource & ~Copyable & ~Escapable>(
    _ positions: ClosedRange<Position>, _ log: borrowing Log
  ) throws(SummaryError) {
    var names = NameList()
    try log.scan(positions) { (record) throws(SummaryError) in
      P.names(of: record, into: &names)
      for name in names.names where kind.map({ name.is($0) }) ?? true { found.insert(name) }
      names.removeAll()
    }
  }

  func answer() -> [NameID] { found.sorted() }
}
