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
  /// Where the sums of the elder siblings and this range are, and their days; `nil` when it keeps none.
  func runningTable(
    _ range: SummaryRange, _ tree: SummaryTree
  ) -> (offset: Int, days: DaySpan)? {
    if tree.place(of: range) == 0 { return (table, days) }
    return running == 0 ? nil : (running, runningDays)
  }

  /// Adds the running table to a summary that is otherwise written, and the header; answers its bytes.
  mutating func finish<Source: SummarySource & ~Copyable & ~Escapable>(
    _ unfinished: PackedWriter, _ range: SummaryRange, _ tree: SummaryTree, _ namespace: String,
    _ store: borrowing Source
  ) throws(SummaryError) -> [UInt8] {
    var writer = unfinished
    if tree.hasRunning(range) {
      var sum = TallyAccumulator()
      let elder = SummaryRange(level: range.level, index: range.index - 1)
      runningDays = try sum.add(through: elder, tree, namespace, store)
      runningDays.add(days)
      try sum.add(tableAt: table, isNet: isNet, in: writer.bytes)
      running = sum.write(isNet: isNet, to: &writer)
    }
    write(to: &writer)
    return writer.bytes
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
      let found: Void? = try store.get(namespace, part) { (bytes) throws(SummaryError) in
        let header = try TallyHeader(bytes)
        var (offset, span) = (header.table, header.days)
        if index == eldest.index {
          guard let running = header.runningTable(part, tree) else {
            throw .damaged("a running table is missing")
          }
          (offset, span) = running
        }
        try add(try TallyTable(at: offset, isNet: header.isNet, in: bytes), .all, bytes)
        days.add(span)
      }
      if found == nil { throw .missing(part, namespace) }
    }
    return days
  }

  fileprivate mutating func add(
    tableAt offset: Int, isNet: Bool, in summary: [UInt8]
  ) throws(SummaryError) {
    let bytes = summary.raw
    try add(try TallyTable(at: offset, isNet: isNet, in: bytes), .all, bytes)
  }

  /// Writes the sums as a table; answers where.
  func write(isNet: Bool, to writer: inout PackedWriter) -> Int {
    TallyTable.write(TallyColumns(self, withZeros: !isNet), isNet: isNet, to: &writer)
  }
}
