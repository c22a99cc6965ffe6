// A summary is written once and never changes: however it is built, its bytes are the same. And damaged ones are refused or
// answered, but never stop the program.

import Events
import Ledger
import Summaries
import SummarySupport
import Testing

@Suite struct BuildTests {
  private func built(_ company: Company, _ tree: SummaryTree) throws -> MemorySummaries {
    var store = MemorySummaries()
    try SummaryBuild.build(
      everyProjection, tree.completed(from: 0, to: company.size), tree: tree, in: &store,
      log: company.log)
    return store
  }

  @Test(arguments: shapes) func `rebuilt bytes are the bytes that were built while recording`(
    tree: SummaryTree
  ) throws {
    var events = RandomEvents(seed: 21)
    let company = Company(700, &events)
    let rebuilt = try built(company, tree)
    // While recording, in batches of random sizes.
    var random = SplitMix(21)
    var live = MemorySummaries()
    var size: Position = 0
    while size < company.size {
      let next = min(company.size, size + Position(random.below(90)))
      let ranges = tree.completed(from: size, to: next)
      try SummaryBuild.build(everyProjection, ranges, tree: tree, in: &live, log: company.log)
      size = next
    }
    #expect(live.summaries == rebuilt.summaries)
    // On many cores: groups of a level in any order, stored when finished.
    var grouped = MemorySummaries()
    for level in tree.groups(to: company.size) {
      for group in level.shuffled(using: &random) {
        var pending = PendingSummaries(before: grouped)
        try SummaryBuild.build(everyProjection, group, tree: tree, in: &pending, log: company.log)
        for summary in pending.summaries {
          try grouped.put(summary.namespace, summary.range, summary.parts)
        }
      }
    }
    #expect(grouped.summaries == rebuilt.summaries)
  }

  @Test func `a rebuild that was interrupted goes on with what is missing`() throws {
    let tree = shapes[3]
    var events = RandomEvents(seed: 22)
    let company = Company(700, &events)
    let whole = try built(company, tree)
    var random = SplitMix(22)
    var broken = whole
    for (namespace, summaries) in whole.summaries {
      for range in summaries.keys where random.happens(40) { broken.remove(namespace, range) }
    }
    let missing = whole.count - broken.count
    let ranges = tree.completed(from: 0, to: company.size)
    let written = try SummaryBuild.build(
      everyProjection, ranges, tree: tree, in: &broken, log: company.log)
    #expect(written == missing)
    #expect(broken.summaries == whole.summaries)
    #expect(
      try SummaryBuild.build(everyProjection, ranges, tree: tree, in: &broken, log: company.log)
        == 0)
  }

  @Test func `a range cannot be built before its children`() throws {
    let tree = shapes[1]
    var events = RandomEvents(seed: 23)
    let company = Company(100, &events)
    for projection in everyProjection {
      var store = MemorySummaries()
      let error = #expect(throws: SummaryError.self) {
        try SummaryBuild.build(
          [projection], [SummaryRange(level: 1, index: 0)], tree: tree, in: &store,
          log: company.log)
      }
      #expect(error?.code == .missing)
    }
  }

  @Test func `merging is associative: any tree gives the same answers`() throws {
    var events = RandomEvents(seed: 24)
    let company = Company(640, &events)
    var random = SplitMix(24)
    let stores = try shapes.map { ($0, try built(company, $0)) }
    for _ in 0..<40 {
      let point = company.point(&random)
      let answers = try stores.map { tree, store in
        try EveryBalance.columns(at: point, tree: tree, in: store, log: company.log)
      }
      #expect(answers.allSatisfy { $0 == answers[0] })
    }
  }

  @Test func `what cancels inside a range takes no space above it`() throws {
    // Each invoice is issued and paid by the next event; in 64 events none is left open.
    var log = MemoryLog()
    for invoice in UInt32(1)...32 {
      for isPaid in [false, true] {
        let open = Place(NameID(.account, 1), NameID(.invoice, invoice))
        let other = Place(NameID(.account, isPaid ? 3 : 2))
        var record = Recorded()
        record.moves = [
          Move(
            amount: 121, value: 121, commodity: NameID(.currency, 1), from: isPaid ? open : other,
            to: isPaid ? other : open, on: Day(number: 100))
        ]
        log.append(record)
      }
    }
    let tree = SummaryTree(leafSize: 8, fanout: 8)
    var store = MemorySummaries()
    try SummaryBuild.build(
      [EveryBalance.self, EveryPlace.self], tree.completed(from: 0, to: 64), tree: tree,
      in: &store, log: log)
    let top = SummaryRange(level: 1, index: 0)
    let net = try #require(store.summaries[EveryBalance.namespace]?[top])
    let gross = try #require(store.summaries[EveryPlace.namespace]?[top])
    // Two rows against 34, each of which takes at least a byte for its invoice.
    #expect(net.joined().count < gross.joined().count - 32)
    let rows = try EveryBalance.columns(at: Point(knownAt: 64), tree: tree, in: store, log: log)
    #expect(rows.map(\.key.account) == [NameID(.account, 2), NameID(.account, 3)])
    #expect(rows.map(\.sums.value) == [-32 * 121, 32 * 121])
  }

  @Test func `damaged bytes are refused or answered, but stop nothing`() throws {
    let tree = shapes[3]
    var events = RandomEvents(seed: 25)
    let company = Company(350, &events)
    let whole = try built(company, tree)
    var random = SplitMix(25)
    var refused = 0
    for _ in 0..<200 {
      var store = whole
      for projection in everyProjection {
        let ranges = whole.summaries[projection.namespace]?.keys.sorted() ?? []
        let range = ranges[random.below(ranges.count)]
        guard var parts = whole.summaries[projection.namespace]?[range] else { continue }
        for part in parts.indices where !parts[part].isEmpty {
          var bytes = parts[part]
          if random.happens(10) {
            bytes.removeLast(random.below(bytes.count) + 1)
          } else {
            // Headers and descriptions are where damage hurts most.
            let bound = random.happens(70) ? min(bytes.count, 220) : bytes.count
            bytes[random.below(bound)] = UInt8(truncatingIfNeeded: random.next())
          }
          parts[part] = bytes
        }
        try store.put(projection.namespace, range, parts)
      }
      store.remove(EveryMention.namespace, SummaryRange(level: 2, index: 0))
      store.remove(EveryPlace.namespace, SummaryRange(level: 2, index: 0))
      do throws(SummaryError) { try use(store, company, tree, &random) } catch { refused += 1 }
    }
    #expect(refused > 40)
  }

  @Test func `a history that leads out of its range is damaged, and not somebody else's`() throws {
    let tree = SummaryTree(leafSize: 16, fanout: 4)
    var events = RandomEvents(seed: 7)
    let company = Company(16, &events)
    var store = try built(company, tree)
    let leaf = SummaryRange(level: 0, index: 0)
    var parts = try #require(store.summaries[EveryMention.namespace]?[leaf])
    let last = try #require(
      try EveryMention.names(knownAt: 16, tree: tree, in: store, log: company.log).last)
    // The last byte before the eight of the padding: how far the last position of the greatest name lies behind the one before.
    let piece = parts.count - 1
    parts[piece][parts[piece].count - 9] = 127
    try store.put(EveryMention.namespace, leaf, parts)
    let forged = store
    let error = #expect(throws: SummaryError.self) {
      try EveryMention.positions(of: last, knownAt: 16, tree: tree, in: forged, log: company.log)
    }
    #expect(error?.code == .damaged)
  }

  private func use(
    _ store: MemorySummaries, _ company: Company, _ tree: SummaryTree, _ random: inout SplitMix
  ) throws(SummaryError) {
    let point = company.point(&random)
    var fault: SummaryError?
    func attempt(_ body: () throws(SummaryError) -> Void) {
      do throws(SummaryError) { try body() } catch { fault = error }
    }
    attempt { () throws(SummaryError) in
      _ = try EveryPlace.columns(at: point, tree: tree, in: store, log: company.log)
    }
    attempt { () throws(SummaryError) in
      _ = try EveryBalance.columns(at: point, tree: tree, in: store, log: company.log)
    }
    attempt { () throws(SummaryError) in
      _ = try EveryPlace.changes(
        from: Point(knownAt: 9), to: point, .account(NameID(.account, 2)), tree: tree, in: store,
        log: company.log)
    }
    attempt { () throws(SummaryError) in
      // Whoever reads the events at these positions believes that they rise.
      let found = try EveryMention.positions(
        of: NameID(.customer, 2), knownAt: point.knownAt, tree: tree, in: store, log: company.log)
      #expect(zip(found, found.dropFirst()).allSatisfy { $0 < $1 })
    }
    attempt { () throws(SummaryError) in
      var store = store
      for level in 1...2 {
        for projection in everyProjection {
          store.remove(projection.namespace, SummaryRange(level: level, index: 0))
        }
      }
      try SummaryBuild.build(
        everyProjection, tree.completed(from: 0, to: 350), tree: tree, in: &store,
        log: company.log)
    }
    if let fault { throw fault }
  }
}
