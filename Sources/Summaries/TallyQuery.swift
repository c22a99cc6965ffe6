// Why: the one walk that answers "the sums as of day D, as known at S". A range that does not count is skipped, one that counts
// whole is added whole, and only where D or S cuts does the walk go down. A summary that has not been built is replaced by its
// children, a leaf by the log itself: an answer is right even when there are no summaries, only slower.

internal import Events
internal import Ledger
internal import Wire

extension TallyProjection {
  /// The sums of `keys` at `point`: sorted rows, none of them all zero. A net projection gives the balances in the
  /// debit columns, negative ones too, and nothing in the credit columns.
  /// - Throws: ``SummaryError`` `.damaged`, `.overflow` or `.source`.
  public static func columns<Source, Log>(
    at point: Point, _ keys: KeyRange = .all, tree: SummaryTree = .standard,
    in store: borrowing Source, log: borrowing Log
  ) throws(SummaryError) -> TallyColumns
  where
    Source: SummarySource & ~Copyable & ~Escapable, Log: RecordSource & ~Copyable & ~Escapable
  {
    var query = TallyQuery<Self>(tree, keys, point.dayNumber)
    let (ranges, tail) = tree.prefix(point.knownAt)
    var run = ranges[...]
    while let first = run.first {
      let siblings = run.prefix { $0.level == first.level }
      try query.add(first, siblings.count, store, log)
      run = run.dropFirst(siblings.count)
    }
    if let tail { try query.add(tail, store, log) }
    return try query.answer()
  }
}

/// A tally query on its way through the tree.
struct TallyQuery<P: TallyProjection> {
  private let tree: SummaryTree
  private let keys: KeyRange
  /// The last day that counts.
  private let day: Int32
  private let namespace = P.namespace
  private var sum = TallyAccumulator()
  private var gathered = TallyGatherer()

  init(_ tree: SummaryTree, _ keys: KeyRange, _ day: Int32) {
    self.tree = tree
    self.keys = keys
    self.day = day
  }

  /// What is to be done after a look at a summary.
  private enum Step {
    /// The range is dealt with.
    case done
    /// It and all its elder siblings are.
    case allDone
    /// Its children must be asked.
    case descend
  }

  /// Adds `count` siblings from `first`, all of them known; from the youngest, until a running table has the rest.
  mutating func add<Source, Log>(
    _ first: SummaryRange, _ count: Int, _ store: borrowing Source, _ log: borrowing Log
  ) throws(SummaryError)
  where
    Source: SummarySource & ~Copyable & ~Escapable, Log: RecordSource & ~Copyable & ~Escapable
  {
    for place in stride(from: count - 1, through: 0, by: -1) {
      let range = SummaryRange(level: first.level, index: first.index + place)
      let step = try store.get(namespace, range) { (bytes) throws(SummaryError) in
        try add(range, bytes)
      }
      switch step {
      case .allDone: return
      case .done: continue
      case .descend, nil:
        if range.level > 0 {
          let child = SummaryRange(level: range.level - 1, index: range.index * tree.fanout)
          try add(child, tree.fanout, store, log)
        } else {
          try scan(tree.positions(of: range), log)
        }
      }
    }
  }

  /// Adds a summary as far as it can say what counts.
  private mutating func add(
    _ range: SummaryRange, _ bytes: RawSpan
  ) throws(SummaryError) -> Step {
    let header = try TallyHeader(bytes)
    if let (table, days) = header.runningTable(range, tree) {
      if days.least > day { return .allDone }
      if days.greatest <= day {
        try sum.add(try TallyTable(at: table, isNet: header.isNet, in: bytes), keys, bytes)
        return .allDone
      }
    }
    if header.days.least > day { return .done }
    let table = try TallyTable(at: header.table, isNet: header.isNet, in: bytes)
    if header.days.greatest <= day {
      try sum.add(table, keys, bytes)
      return .done
    }
    if range.level == 0 {
      let strip = try TallyStrip(at: header.first, in: bytes)
      let cut = try strip.lines(through: day, bytes)
      if cut <= strip.lineCount / 2 {
        try add(strip, 0..<cut, bytes)
      } else {
        try sum.add(table, keys, bytes)
        try subtract(strip, cut..<strip.lineCount, bytes)
      }
      return .done
    }
    if day < header.firstEnd {
      let strip = try TallyStrip(at: header.first, in: bytes)
      try add(strip, 0..<(try strip.lines(through: day, bytes)), bytes)
      return .done
    }
    if day >= header.lastStart {
      let strip = try TallyStrip(at: header.last, in: bytes)
      try sum.add(table, keys, bytes)
      try subtract(strip, try strip.lines(through: day, bytes)..<strip.lineCount, bytes)
      return .done
    }
    return .descend
  }

  /// Few lines are looked up one by one; for many it is cheaper to bring their keys in line first.
  private func isFew(_ lines: Range<Int>, _ strip: TallyStrip) -> Bool {
    keys.isAll && lines.count * 4 < strip.keys.count
  }

  private mutating func add(
    _ strip: TallyStrip, _ lines: Range<Int>, _ bytes: RawSpan, before offset: Int = .max
  ) throws(SummaryError) {
    if isFew(lines, strip) {
      try gathered.add(strip, lines, bytes, before: offset)
    } else {
      try sum.add(strip, lines, keys, bytes, before: offset)
    }
  }

  private mutating func subtract(
    _ strip: TallyStrip, _ lines: Range<Int>, _ bytes: RawSpan
  ) throws(SummaryError) {
    try sum.add(strip, lines, keys, subtract: true, bytes)
  }

  /// Adds the first events of a leaf, from the leaf if it is there, else from the log.
  mutating func add<Source, Log>(
    _ tail: ClosedRange<Position>, _ store: borrowing Source, _ log: borrowing Log
  ) throws(SummaryError)
  where
    Source: SummarySource & ~Copyable & ~Escapable, Log: RecordSource & ~Copyable & ~Escapable
  {
    let leaf = SummaryRange(level: 0, index: Int(tail.lowerBound - 1) / tree.leafSize)
    let found: Void? = try store.get(namespace, leaf) { (bytes) throws(SummaryError) in
      let header = try TallyHeader(bytes)
      if header.days.least > day { return }
      let strip = try TallyStrip(at: header.first, in: bytes)
      let lines = 0..<(try strip.lines(through: day, bytes))
      try add(strip, lines, bytes, before: tail.count)
    }
    if found == nil { try scan(tail, log) }
  }

  private mutating func scan<Log: RecordSource & ~Copyable & ~Escapable>(
    _ positions: ClosedRange<Position>, _ log: borrowing Log
  ) throws(SummaryError) {
    var lines = TallyLines()
    try log.scan(positions) { (record) throws(SummaryError) in
      P.lines(of: record, into: &lines)
    }
    for line in lines.lines where line.day <= day {
      let (upper, lower) = (lines.keys.uppers[line.key], lines.keys.lowers[line.key])
      if keys.isAll || keys.contains(TallyKey(upper: upper, lower: lower)) {
        gathered.add(upper, lower, line.side, line.amount, line.value)
      }
    }
  }

  /// The rows.
  mutating func answer() throws(SummaryError) -> TallyColumns {
    try sum.add(gathered)
    if P.keepsNetOnly { try sum.net() }
    return try sum.columns()
  }
}

extension TallyGatherer {
  fileprivate mutating func add(
    _ strip: TallyStrip, _ lines: Range<Int>, _ bytes: RawSpan, before offset: Int
  ) throws(SummaryError) {
    for line in lines {
      if offset != .max, strip.offset(line, bytes) >= offset { continue }
      let entry = strip.entry(line, bytes)
      let key = entry >> 1
      guard key >= 0, key < strip.keys.count else { throw .damaged("a line has no key") }
      let amount = strip.amount(line, bytes)
      add(
        strip.keys.upper(key, bytes), strip.keys.lower(key, bytes), entry & 1, amount,
        amount &+ strip.extra(line, bytes))
    }
  }
}

extension TallyAccumulator {
  /// The rows that are not all zero.
  /// - Throws: ``SummaryError`` `.overflow` when a balance does not fit.
  consuming func columns() throws(SummaryError) -> TallyColumns {
    var isDense = true
    var overflow: Int64 = 0
    for at in stride(from: 0, to: sums.count, by: 4) {
      let (a, b, c, d) = (sums[at], sums[at + 1], sums[at + 2], sums[at + 3])
      if a | b | c | d == 0 { isDense = false }
      overflow |= (a ^ b) & (a ^ (a &- b))
      overflow |= (c ^ d) & (c ^ (c &- d))
    }
    if overflow < 0 { throw .overflow }
    var columns = TallyColumns()
    if isDense {
      (columns.uppers, columns.lowers, columns.sums) = (uppers, lowers, sums)
      return columns
    }
    for row in 0..<count {
      let part = sums[row * 4..<row * 4 + 4]
      if part.allSatisfy({ $0 == 0 }) { continue }
      columns.uppers.append(uppers[row])
      columns.lowers.append(lowers[row])
      columns.sums.append(contentsOf: part)
    }
    return columns
  }
}
