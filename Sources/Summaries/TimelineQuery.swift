// Why: a history is a short list of positions, found without a scan. The walk asks the ranges of the prefix in order, or in
// reverse for the last few, and goes down only where a list is long. What is not built is read from the log.

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
    var query = TimelineQuery<Self>(tree, name, since, part)
    if query.isDone || position < since { return [] }
    let (ranges, tail) = tree.prefix(position)
    if query.isReversed {
      if let tail { try query.add(tail, store, log) }
      for range in ranges.reversed() { try query.add(range, store, log) }
      return query.found.reversed()
    }
    for range in ranges { try query.add(range, store, log) }
    if let tail { try query.add(tail, store, log) }
    return query.found
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

/// A search for one name's positions.
private struct TimelineQuery<P: TimelineProjection> {
  private let tree: SummaryTree
  private let name: NameID
  private let since: Position
  private let limit: Int
  private let namespace = P.namespace
  /// Whether the search runs from the newest event to the oldest.
  let isReversed: Bool
  /// What has been found, in the order of the search.
  private(set) var found: [Position] = []

  init(_ tree: SummaryTree, _ name: NameID, _ since: Position, _ part: HistoryPart) {
    self.tree = tree
    self.name = name
    self.since = since
    switch part {
    case .all: (limit, isReversed) = (.max, false)
    case .first(let count): (limit, isReversed) = (count, false)
    case .last(let count): (limit, isReversed) = (count, true)
    }
  }

  var isDone: Bool { found.count >= limit }

  private mutating func take(_ positions: [Position]) {
    for position in isReversed ? positions.reversed() : positions where !isDone {
      found.append(position)
    }
  }

  mutating func add<Source, Log>(
    _ range: SummaryRange, _ store: borrowing Source, _ log: borrowing Log
  ) throws(SummaryError)
  where
    Source: SummarySource & ~Copyable & ~Escapable, Log: RecordSource & ~Copyable & ~Escapable
  {
    let positions = tree.positions(of: range)
    if isDone || positions.upperBound < since { return }
    var mask: UInt64?
    let isThere = try store.forEachTimelinePiece(namespace, range, from: name) {
      (piece, bytes) throws(SummaryError) in
      mask = try take(piece, bytes, from: positions.lowerBound)
      return false
    }
    if isThere, mask == nil { return }
    let children = mask ?? .max
    if range.level == 0 { return try scan(positions, log) }
    let ranges = tree.children(of: range).enumerated()
    for (place, child) in isReversed ? ranges.reversed() : Array(ranges)
    where children >> UInt64(place) & 1 == 1 {
      try add(child, store, log)
    }
  }

  /// Takes the first events of a leaf, from the leaf if it is there, else from the log.
  mutating func add<Source, Log>(
    _ tail: ClosedRange<Position>, _ store: borrowing Source, _ log: borrowing Log
  ) throws(SummaryError)
  where
    Source: SummarySource & ~Copyable & ~Escapable, Log: RecordSource & ~Copyable & ~Escapable
  {
    if isDone { return }
    let leaf = SummaryRange(level: 0, index: Int(tail.lowerBound - 1) / tree.leafSize)
    let isThere = try store.forEachTimelinePiece(namespace, leaf, from: name) {
      (piece, bytes) throws(SummaryError) in
      let list = try piece.list(of: name, bytes)
      guard list?.children == nil else { throw .damaged("a leaf has no children") }
      let offsets = try list?.positions(bytes) ?? []
      take(offsets.map { tail.lowerBound &+ $0 }.filter { tail.contains($0) })
      return false
    }
    if !isThere { try scan(tail, log) }
  }

  /// Takes what a piece says of the name, or answers which children know.
  private mutating func take(
    _ piece: TimelineDirectory, _ bytes: RawSpan, from first: Position
  ) throws(SummaryError) -> UInt64? {
    guard let list = try piece.list(of: name, bytes) else { return nil }
    if let children = list.children { return children }
    take(try list.positions(bytes).map { first &+ $0 })
    return nil
  }

  private mutating func scan<Log: RecordSource & ~Copyable & ~Escapable>(
    _ positions: ClosedRange<Position>, _ log: borrowing Log
  ) throws(SummaryError) {
    var names = NameList()
    var scanned: [Position] = []
    try log.scan(positions) { (record) throws(SummaryError) in
      P.names(of: record, into: &names)
      if names.names.contains(name) { scanned.append(record.position) }
      names.removeAll()
    }
    take(scanned)
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
