// Why: a range's sums are those of its last children and the running sums before them. Its strips are joined from its
// children's: as far as every child can say which of its lines are so early, or so late.

internal import Wire

extension TallyProjection {
  public static func leaf() -> TallyLeaf<Self> { TallyLeaf() }

  public static func merged<Source: SummarySource & ~Copyable & ~Escapable>(
    _ range: SummaryRange, _ tree: SummaryTree, from store: borrowing Source
  ) throws(SummaryError) -> SummaryParts {
    let children = tree.children(of: range)
    var header = TallyHeader()
    header.level = range.level
    header.isNet = keepsNetOnly
    for child in children {
      guard let part = try store.tallyHeader(namespace, child) else {
        throw .missing(child, namespace)
      }
      header.firstEnd = min(header.firstEnd, part.firstEnd)
      header.lastStart = max(header.lastStart, part.lastStart)
    }
    var sum = TallyAccumulator()
    header.days = try sum.add(
      through: SummaryRange(level: range.level - 1, index: (range.index + 1) * tree.fanout - 1),
      tree, namespace, store)
    var first = TallyLines()
    var last = TallyLines()
    // A leaf has all of its lines in its first strip.
    let lastPart = range.level == 1 ? TallyPart.first : TallyPart.last
    for child in children {
      try store.tally(namespace, child, part: .first) { (bytes) throws(SummaryError) in
        try first.add(try TallyStrip(bytes), bytes) { $0 < header.firstEnd }
      }
      try store.tally(namespace, child, part: lastPart) { (bytes) throws(SummaryError) in
        try last.add(try TallyStrip(bytes), bytes) { $0 > header.lastStart }
      }
    }
    let table = sum.table(isNet: keepsNetOnly)
    let running = try header.addRunning(to: table, range, tree, namespace, store)
    return [
      header.bytes, table, try first.summed(beside: sum, isNet: keepsNetOnly),
      try last.summed(beside: sum, isNet: keepsNetOnly), running,
    ]
  }
}

extension TallyLines {
  /// Adds the lines of `strip` on those days that `counts` accepts.
  fileprivate mutating func add(
    _ strip: TallyStrip, _ bytes: RawSpan, on counts: (Int32) -> Bool
  ) throws(SummaryError) {
    try strip.forEachDay(bytes) { (day, lines) throws(SummaryError) in
      guard counts(day) else { return }
      for line in lines {
        let entry = strip.entry(line, bytes)
        let key = entry >> 1
        guard key >= 0, key < strip.keys.count else { throw .damaged("a line has no key") }
        let amount = strip.amount(line, bytes)
        add(
          strip.keys.upper(key, bytes), strip.keys.lower(key, bytes), entry & 1, day, amount,
          amount &+ strip.extra(line, bytes))
      }
    }
  }

  /// The bytes of a strip beside the table of `sum`.
  fileprivate func summed(
    beside sum: TallyAccumulator, isNet: Bool
  ) throws(SummaryError) -> [UInt8] {
    var strip = try TallyStripWriter(self, summed: true)
    if !isNet { try strip.share(keysOf: sum) }
    return strip.bytes
  }
}
