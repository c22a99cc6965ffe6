// Why: a range's sums are those of its last children and the running sums before them. Its strips are joined from its
// children's: as far as every child can say which of its lines are so early, or so late.

internal import Wire

extension TallyProjection {
  public static func leaf() -> TallyLeaf<Self> { TallyLeaf() }

  public static func merged<Source: SummarySource & ~Copyable & ~Escapable>(
    _ range: SummaryRange, _ tree: SummaryTree, from store: borrowing Source
  ) throws(SummaryError) -> [UInt8] {
    let children = tree.children(of: range)
    var header = TallyHeader()
    header.level = range.level
    header.isNet = keepsNetOnly
    for child in children {
      let found: Void? = try store.get(namespace, child) { (bytes) throws(SummaryError) in
        let part = try TallyHeader(bytes)
        header.firstEnd = min(header.firstEnd, part.firstEnd)
        header.lastStart = max(header.lastStart, part.lastStart)
      }
      if found == nil { throw .missing(child, namespace) }
    }
    var sum = TallyAccumulator()
    header.days = try sum.add(
      through: SummaryRange(level: range.level - 1, index: (range.index + 1) * tree.fanout - 1),
      tree, namespace, store)
    var first = TallyLines()
    var last = TallyLines()
    for child in children {
      let found: Void? = try store.get(namespace, child) { (bytes) throws(SummaryError) in
        let part = try TallyHeader(bytes)
        try first.add(try TallyStrip(at: part.first, in: bytes), bytes) { $0 < header.firstEnd }
        let offset = part.last == 0 ? part.first : part.last
        try last.add(try TallyStrip(at: offset, in: bytes), bytes) { $0 > header.lastStart }
      }
      if found == nil { throw .missing(child, namespace) }
    }
    var writer = PackedWriter(header: TallyHeader.byteCount)
    header.table = sum.write(isNet: keepsNetOnly, to: &writer)
    header.first = try first.writeSummed(beside: header, sum, to: &writer)
    header.last = try last.writeSummed(beside: header, sum, to: &writer)
    return try header.finish(writer, range, tree, namespace, store)
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

  fileprivate func writeSummed(
    beside header: TallyHeader, _ sum: TallyAccumulator, to writer: inout PackedWriter
  ) throws(SummaryError) -> Int {
    var strip = try TallyStripWriter(self, summed: true)
    if !header.isNet { try strip.share(table: header.table, of: sum) }
    return strip.write(to: &writer)
  }
}
