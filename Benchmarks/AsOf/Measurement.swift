// Why: rates and percentiles are taken on what is measured only: laying out the events is not building, and the tail is in memory
// as the log's last blocks would be.

import Events
import Ledger
import Projections
import Summaries
import SummarySupport
import Wire

/// One size of company, built and asked.
struct Measurement {
  private let size: Position
  private let tree = SummaryTree.standard
  private let clock = ProcessorClock()

  init(_ size: Int) { self.size = Position(size) }

  func run() throws {
    print("\n\(size) events, \(Company.accounts) accounts")
    let store = try build()
    let tail = LeafLog(size: size, tree: tree)
    try ask("trial balance at head, no day", store, tail) { _ in Point(knownAt: size) }
    try ask("trial balance as known at any position", store, nil) { random in
      Point(knownAt: Position(random.below(Int(size))) + 1)
    }
    let days = Int(size) / Company.perDay
    try ask("trial balance at head, as of any day", store, tail) { random in
      Point(asOf: Company.firstDay + random.below(days + 1), knownAt: size)
    }
    try ask("trial balance at any day and position", store, nil) { random in
      Point(
        asOf: Company.firstDay + random.below(days + 1),
        knownAt: Position(random.below(Int(size))) + 1)
    }
    try askOthers(store, tail, days)
    try check(store, tail)
  }

  private func build() throws -> MemorySummaries {
    var store = MemorySummaries()
    var leaves = [Duration](repeating: .zero, count: AllProjections.list.count)
    var above = leaves
    var done: Position = 0
    while done + Position(tree.leafSize) <= size {
      let leaf = (done + 1)...(done + Position(tree.leafSize))
      let records = LeafLog(leaf)
      let ranges = tree.completed(from: done, to: leaf.upperBound)
      for (index, projection) in AllProjections.list.enumerated() {
        leaves[index] += try clock.measure {
          try SummaryBuild.build([projection], [ranges[0]], tree: tree, in: &store, log: records)
        }
        above[index] += try clock.measure {
          try SummaryBuild.build(
            [projection], Array(ranges.dropFirst()), tree: tree, in: &store, log: records)
        }
      }
      done = leaf.upperBound
    }
    func line(_ name: String, _ leaves: Duration, _ above: Duration) {
      let (rate, all) = (Double(done) / seconds(leaves), Double(done) / seconds(leaves + above))
      print("  \(name): leaves \(Int(rate)) events/s, all levels \(Int(all)) events/s, one core")
    }
    line("building all projections", leaves.reduce(.zero, +), above.reduce(.zero, +))
    for (index, projection) in AllProjections.list.enumerated() {
      line("  " + projection.namespace, leaves[index], above[index])
      let parts = store.summaries[projection.namespace] ?? [:]
      let bottom = parts.filter { $0.key.level == 0 }.values.reduce(0) { $0 + $1.joined().count }
      let rest = parts.filter { $0.key.level > 0 }.values.reduce(0) { $0 + $1.joined().count }
      print("      leaves \(bottom >> 20) MB, above \(rest >> 20) MB")
    }
    print("  summaries: \(store.byteCount >> 20) MB")
    return store
  }

  private func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }

  private func ask(
    _ what: String, _ store: MemorySummaries, _ tail: LeafLog?, _ point: (inout SplitMix) -> Point
  ) throws {
    try time(what) { random in
      var point = point(&random)
      // Without a tail, positions beyond the last leaf are asked as of that leaf.
      if tail == nil { point.knownAt = min(point.knownAt, size / 4096 * 4096) }
      let rows = try AccountBalances.columns(
        at: point, in: store, log: tail ?? LeafLog(1...1))
      return rows.count
    }
  }

  private func time(_ what: String, _ body: (inout SplitMix) throws -> Int) throws {
    var random = SplitMix(7)
    var times: [Duration] = []
    var rows = 0
    for _ in 0..<300 {
      var next = random
      times.append(try clock.measure { rows += try body(&next) })
      random = next
    }
    times = times.dropFirst(20).sorted()
    func milliseconds(_ percent: Int) -> String {
      let micro = Int(times[times.count * percent / 100] / .microseconds(1))
      return "\(micro / 1000).\(String(micro % 1000 + 1000).dropFirst()) ms"
    }
    print("  \(what): p50 \(milliseconds(50)), p99 \(milliseconds(99)), \(rows / 300) rows")
  }

  private func askOthers(_ store: MemorySummaries, _ tail: LeafLog, _ days: Int) throws {
    try time("one account at head, as of any day") { random in
      let day = Company.firstDay + random.below(days + 1)
      let account = NameID(.account, UInt32(random.below(Company.accounts) + 1))
      return try AccountBalances.columns(
        at: Point(asOf: day, knownAt: size), .account(account), in: store, log: tail
      ).count
    }
    try time("stock levels at head, as of any day") { random in
      let day = Company.firstDay + random.below(days + 1)
      return try InventoryLevels.columns(
        at: Point(asOf: day, knownAt: size), in: store, log: tail
      ).count
    }
    try time("open items at head") { _ in
      try OpenItems.columns(at: Point(knownAt: size), in: store, log: tail).count
    }
    try time("one customer's history at head") { random in
      try Histories.positions(
        of: NameID(.customer, UInt32(random.below(20_000) + 1)), knownAt: size, in: store,
        log: tail
      ).count
    }
    try time("one account's events that changed between two positions") { random in
      let account = NameID(.account, UInt32(random.below(Company.accounts) + 1))
      let known = Position(random.below(Int(size)))
      return try AccountBalances.changes(
        from: Point(knownAt: known / 4096 * 4096),
        to: Point(knownAt: min(known + 100_000, size) / 4096 * 4096), .account(account),
        in: store, log: tail
      ).count
    }
  }

  /// One answer against a plain walk over all events.
  private func check(_ store: MemorySummaries, _ tail: LeafLog) throws {
    let point = Point(asOf: Company.firstDay + Int(size) / Company.perDay / 2, knownAt: size)
    var sums = [Int64](repeating: 0, count: Company.accounts + 1)
    for position in 1...size {
      for move in Company.event(position).moves where point.counts(move.on, position) {
        sums[Int(move.to.account.sequence)] += move.value
        sums[Int(move.from.account.sequence)] -= move.value
      }
    }
    let rows = try AccountBalances.columns(at: point, in: store, log: tail)
    var found = [Int64](repeating: 0, count: Company.accounts + 1)
    for row in rows { found[Int(row.key.account.sequence)] += row.sums.value }
    print("  a plain walk over all events gives the same balances: \(found == sums)")
  }
}

/// The records of one leaf, laid out before they are asked for.
struct LeafLog: RecordSource {
  private let records: Records
  private let positions: ClosedRange<Position>

  init(_ positions: ClosedRange<Position>) {
    self.positions = positions
    records = Company.frame(positions)
  }

  /// The tail behind the last leaf.
  init(size: Position, tree: SummaryTree) {
    let tail = tree.prefix(size).tail
    positions = tail ?? size...size
    records = Company.frame(positions)
  }

  func scan(
    _ positions: ClosedRange<Position>,
    _ body: (borrowing RecordView) throws(SummaryError) -> Void
  ) throws(SummaryError) {
    guard positions == self.positions else {
      throw SummaryError(.source, "These events are not laid out.", remedy: "Correct this.")
    }
    try records.scan(body)
  }
}
