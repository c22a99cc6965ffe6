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

  /// Adds `count` siblings from `first`, all of them known: what a running table has at once, the others one by one. The
  /// greatest table comes first, so that the keys of the others are there already.
  mutating func add<Source, Log>(
    _ first: SummaryRange, _ count: Int, _ store: borrowing Source, _ log: borrowing Log
  ) throws(SummaryError)
  where
    Source: SummarySource & ~Copyable & ~Escapable, Log: RecordSource & ~Copyable & ~Escapable
  {
    var done = count
    while done > 0 {
      let range = SummaryRange(level: first.level, index: first.index + done - 1)
      if try addRunning(range, store) { break }
      done -= 1
    }
    for place in done..<count {
      let range = SummaryRange(level: first.level, index: first.index + place)
      if try add(range, store) { continue }
      if range.level > 0 {
        let child = SummaryRange(level: range.level - 1, index: range.index * tree.fanout)
        try add(child, tree.fanout, store, log)
      } else {
        try scan(tree.positions(of: range), log)
      }
    }
  }

  /// Adds a range and all its elder siblings, if its running table says what of them counts; answers whether it does.
  private mutating func addRunning<Source: SummarySource & ~Copyable & ~Escapable>(
    _ range: SummaryRange, _ store: borrowing Source
  ) throws(SummaryError) -> Bool {
    guard let header = try store.tallyHeader(namespace, range),
      let (table, days) = header.runningTable(range, tree)
    else { return false }
    if days.least > day { return true }
    guard days.greatest <= day else { return false }
    try store.tally(namespace, range, part: table) { (bytes) throws(SummaryError) in
      try sum.add(try TallyTable(bytes, isNet: header.isNet), keys, bytes)
    }
    return true
  }

  /// Adds a range as far as its summary says what counts; answers whether it says all.
  private mutating func add<Source: SummarySource & ~Copyable & ~Escapable>(
    _ range: SummaryRange, _ store: borrowing Source
  ) throws(SummaryError) -> Bool {
    guard let header = try store.tallyHeader(namespace, range) else { return false }
    if header.days.least > day { return true }
    if header.days.greatest <= day {
      try addTable(range, header, store)
      return true
    }
    if range.level == 0 || day < header.firstEnd {
      let isSubtracted = try store.tally(namespace, range, part: .first) {
        (bytes) throws(SummaryError) in
        let strip = try TallyStrip(bytes)
        let cut = try strip.lines(through: day, bytes)
        // Of a leaf, the lesser part is taken: its strip has all lines.
        if range.level == 0, cut > strip.lineCount / 2 {
          try subtract(strip, cut..<strip.lineCount, bytes)
          return true
        }
        try add(strip, 0..<cut, bytes)
        return false
      }
      if isSubtracted { try addTable(range, header, store) }
      return true
    }
    if day >= header.lastStart {
      try addTable(range, header, store)
      try store.tally(namespace, range, part: .last) { (bytes) throws(SummaryError) in
        let strip = try TallyStrip(bytes)
        try subtract(strip, try strip.lines(through: day, bytes)..<strip.lineCount, bytes)
      }
      return true
    }
    return false
  }

  private mutating func addTable<Source: SummarySource & ~Copyable & ~Escapable>(
    _ range: SummaryRange, _ header: TallyHeader, _ store: borrowing Source
  ) throws(SummaryError) {
    try store.tally(namespace, range, part: .table) { (bytes) throws(SummaryError) in
      try add(try TallyTable(bytes, isNet: header.isNet), bytes)
    }
  }

  /// A few rows among many are looked up one by one; otherwise it is cheaper to bring all keys in line.
  private func isFew(_ rows: Int, of keyCount: Int) -> Bool {
    keys.isAll && rows * 8 < sum.count + keyCount
  }

  private mutating func add(_ table: TallyTable, _ bytes: RawSpan) throws(SummaryError) {
    if isFew(table.count, of: table.count) {
      gathered.add(table, bytes)
    } else {
      try sum.add(table, keys, bytes)
    }
  }

  private mutating func add(
    _ strip: TallyStrip, _ lines: Range<Int>, _ bytes: RawSpan, before offset: Int = .max
  ) throws(SummaryError) {
    if isFew(lines.count, of: strip.keys.count) {
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
    guard let header = try store.tallyHeader(namespace, leaf) else { return try scan(tail, log) }
    if header.days.least > day { return }
    try store.tally(namespace, leaf, part: .first) { (bytes) throws(SummaryError) in
      let strip = try TallyStrip(bytes)
      let lines = 0..<(try strip.lines(through: day, bytes))
      try add(strip, lines, bytes, before: tail.count)
    }
  }

  private mutating func scan<Log: RecordSource & ~Copyable & ~Escapable>(
    _ positions: ClosedRange<Position>, _ log: borrowing Log
  ) throws(SummaryError) {
    var lines = TallyLines()
    try log.scan(positions) { (record) throws(SummaryError) in
      P.lines(of: record, into: &lines)
    }
    // Summed by the lines' own numbers of keys first: a leaf has fewer keys than lines.
    lines.keep { $0.day <= day }
    let sums = try lines.sums(net: false)
    for number in 0..<lines.keys.count {
      let (upper, lower) = (lines.keys.uppers[number], lines.keys.lowers[number])
      guard keys.isAll || keys.contains(TallyKey(upper: upper, lower: lower)) else { continue }
      let at = number * 4
      gathered.add(upper, lower, sums[at], sums[at + 1], sums[at + 2], sums[at + 3])
    }
  }

  /// The rows.
  mutating func answer() throws(SummaryError) -> TallyColumns {
    try sum.add(gathered)
    if P.keepsNetOnly { try sum.net() }
    let rows = TallyColumns(sum, withZeros: false)
    try rows.checkBalances()
    return rows
  }
}

extension TallyGatherer {
  fileprivate mutating func add(_ table: TallyTable, _ bytes: RawSpan) {
    for row in 0..<table.count {
      let (a, b, c, d) = table.sums(row, bytes)
      let (upper, lower) = (table.keys.upper(row, bytes), table.keys.lower(row, bytes))
      add(upper, lower, a, b, c, d)
    }
  }

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
