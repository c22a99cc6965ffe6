// Why: a query at head would read up to fifteen tables on each level. If each sibling also keeps the sum of those before it and
// itself, it reads one. Leaves are many, so only every fourth of them does; then a query reads at most four.

internal import Wire

extension SummaryTree {
  /// Among siblings of `level`, every so-manieth has a running table.
  func runningStep(onLevel level: Int) -> Int {
    level == 0 && fanout > 4 && fanout.isMultiple(of: 4) ? 4 : 1
  }

  /// Whether the summary of `range` has a running table of its own. The first sibling's table is one already, and the last
  /// one's would be its parent's table.
  func hasRunning(_ range: SummaryRange) -> Bool {
    let place = place(of: range)
    return place > 0 && place < fanout - 1
      && (place + 1).isMultiple(of: runningStep(onLevel: range.level))
  }
}

extension TallyHeader {
  /// Which part has the sums of the elder siblings and this range, and their days; `nil` when it keeps none.
  func runningTable(
    _ range: SummaryRange, _ tree: SummaryTree
  ) -> (part: TallyPart, days: DaySpan)? {
    if tree.place(of: range) == 0 { return (TallyPart.table, days) }
    return hasRunning ? (TallyPart.running, runningDays) : nil
  }

  /// The running table of a summary whose table is `table`, empty if it has none; the header says so.
  mutating func addRunning<Source: SummarySource & ~Copyable & ~Escapable>(
    to table: [UInt8], _ range: SummaryRange, _ tree: SummaryTree, _ namespace: String,
    _ store: borrowing Source
  ) throws(SummaryError) -> [UInt8] {
    hasRunning = tree.hasRunning(range)
    guard hasRunning else { return [] }
    var sum = TallyAccumulator()
    let elder = SummaryRange(level: range.level, index: range.index - 1)
    runningDays = try sum.add(through: elder, tree, namespace, store)
    runningDays.add(days)
    let bytes = table.raw
    try sum.add(try TallyTable(bytes, isNet: isNet), .all, bytes)
    return sum.table(isNet: isNet)
  }
}

extension TallyAccumulator {
  /// Adds the sums of `range` and all its elder siblings; answers their days. The greatest table comes first, so that the
  /// others find their keys there.
  mutating func add<Source: SummarySource & ~Copyable & ~Escapable>(
    through range: SummaryRange, _ tree: SummaryTree, _ namespace: String,
    _ store: borrowing Source
  ) throws(SummaryError) -> DaySpan {
    var days = DaySpan()
    var eldest = range
    while tree.place(of: eldest) > 0, !tree.hasRunning(eldest) { eldest.index -= 1 }
    for index in eldest.index...range.index {
      let part = SummaryRange(level: range.level, index: index)
      guard let header = try store.tallyHeader(namespace, part) else {
        throw .missing(part, namespace)
      }
      var (table, span) = (TallyPart.table, header.days)
      if index == eldest.index {
        guard let running = header.runningTable(part, tree) else {
          throw .damaged("a running table is missing")
        }
        (table, span) = running
      }
      try store.tally(namespace, part, part: table) { (bytes) throws(SummaryError) in
        try add(try TallyTable(bytes, isNet: header.isNet), .all, bytes)
      }
      days.add(span)
    }
    return days
  }

  /// The sums as a table.
  func table(isNet: Bool) -> [UInt8] {
    TallyTable.bytes(TallyColumns(self, withZeros: !isNet), isNet: isNet)
  }
}
