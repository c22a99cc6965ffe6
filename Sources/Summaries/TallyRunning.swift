// Why: a query at head would read up to fifteen tables on each level. If each sibling also keeps the sum of those before it and
// itself, it reads one. Leaves are many, so only every fourth of them does; then a query reads at most four.

internal import Wire

extension SummaryTree {
  /// Among siblings of `level`, every so-manieth has a running table.
  func runningStep(onLevel level: Int) -> Int {
    level == 0 && fanout > 4 && fanout.isMultiple(of: 4) ? 4 : 1
  }

  /// Whether the summary of `range` has a running table of its own.
  func hasRunning(_ range: SummaryRange) -> Bool {
    let place = place(of: range)
    return place > 0 && (place + 1).isMultiple(of: runningStep(onLevel: range.level))
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
      try sum.add(tableAt: table, isNet: isNet, in: writer.bytes)
      runningDays = days
      var elder = SummaryRange(level: range.level, index: range.index - 1)
      while true {
        let isDone = try store.get(namespace, elder) { (bytes) throws(SummaryError) in
          let header = try TallyHeader(bytes)
          let running = header.runningTable(elder, tree)
          let offset = running?.offset ?? header.table
          try sum.add(try TallyTable(at: offset, isNet: isNet, in: bytes), .all, bytes)
          runningDays.add(running?.days ?? header.days)
          return running != nil
        }
        guard let isDone else { throw .missing(elder, namespace) }
        if isDone { break }
        elder.index -= 1
      }
      running = sum.write(isNet: isNet, to: &writer)
    }
    write(to: &writer)
    return writer.bytes
  }
}

extension TallyAccumulator {
  fileprivate mutating func add(
    tableAt offset: Int, isNet: Bool, in summary: [UInt8]
  ) throws(SummaryError) {
    let bytes = summary.raw
    try add(try TallyTable(at: offset, isNet: isNet, in: bytes), .all, bytes)
  }

  /// Writes the sums as a table; answers where.
  func write(isNet: Bool, to writer: inout PackedWriter) -> Int {
    var order = Array(0..<count)
    if isNet { order.removeAll { sums[$0 * 4] == 0 && sums[$0 * 4 + 2] == 0 } }
    return TallyTable.write(
      order.count, isNet: isNet, to: &writer, upper: { uppers[order[$0]] },
      lower: { lowers[order[$0]] }, sum: { sums[order[$0] * 4 + $1] })
  }
}
