// The tree against a naive fold of the events, over thousands of random points, shapes of the tree and states of the store.

import Events
import Ledger
import Summaries
import SummarySupport
import Testing

@Suite struct TallyTests {
  private static func keys(_ random: inout SplitMix) -> KeyRange {
    let account = NameID(.account, UInt32(random.below(13) + 1))
    let kind = RandomEvents.subjectKinds[random.below(RandomEvents.subjectKinds.count)]
    let subject = NameID(kind, UInt32(random.below(6) + 1))
    switch random.below(6) {
    case 0: return .account(account)
    case 1: return .place(account, subject)
    case 2: return .key(TallyKey(account, subject, NameID(.currency, 1)))
    default: return .all
    }
  }

  /// How much of what could be built is there.
  enum Built: CaseIterable { case everything, nothing, holes, behind }

  private static func store(
    _ built: Built, _ company: Company, _ tree: SummaryTree, _ random: inout SplitMix
  ) throws -> MemorySummaries {
    var store = MemorySummaries()
    if built == .nothing { return store }
    let end = built == .behind ? company.size / 2 : company.size
    let ranges = tree.completed(from: 0, to: end)
    try SummaryBuild.build(everyProjection, ranges, tree: tree, in: &store, log: company.log)
    if built == .holes {
      for range in ranges where random.happens(30) {
        for projection in everyProjection { store.remove(projection.namespace, range) }
      }
    }
    return store
  }

  @Test(arguments: shapes, Built.allCases)
  func `the tree and a naive fold agree at every point`(tree: SummaryTree, built: Built) throws {
    for seed in UInt64(1)...3 {
      var events = RandomEvents(seed: seed)
      let company = Company(400, &events)
      var random = SplitMix(seed ^ 0x5eed)
      let store = try Self.store(built, company, tree, &random)
      for _ in 0..<20 {
        let point = company.point(&random)
        let keys = Self.keys(&random)
        let gross = try EveryPlace.columns(
          at: point, keys, tree: tree, in: store, log: company.log)
        let net = try EveryBalance.columns(
          at: point, keys, tree: tree, in: store, log: company.log)
        try #require(
          Array(gross) == company.rows(at: point, keys, net: false),
          "seed \(seed), \(tree), \(built), \(point), \(keys)")
        try #require(
          Array(net) == company.rows(at: point, keys, net: true),
          "net, seed \(seed), \(tree), \(built), \(point), \(keys)")
      }
    }
  }

  @Test func `leaves of the size that books use agree as well`() throws {
    var settings = RandomEvents.Settings()
    settings.accounts = 300
    settings.perDay = 500
    var events = RandomEvents(seed: 77, settings)
    let company = Company(14_000, &events)
    var random = SplitMix(77)
    let store = try Self.store(.everything, company, .standard, &random)
    #expect(store.count == 3 * 4)
    for _ in 0..<25 {
      let point = company.point(&random)
      let answer = try EveryPlace.columns(at: point, in: store, log: company.log)
      try #require(Array(answer) == company.rows(at: point, .all, net: false), "\(point)")
    }
  }

  @Test func `a sum that does not fit is an error, never another number`() throws {
    var log = MemoryLog()
    for _ in 0..<3 {
      var record = Recorded()
      record.moves = [
        Move(
          amount: Int64.max / 2, value: 1, commodity: NameID(.currency, 1),
          from: Place(NameID(.account, 1)), to: Place(NameID(.account, 2)), on: Day(number: 1))
      ]
      log.append(record)
    }
    let tree = SummaryTree(leafSize: 2, fanout: 2)
    var store = MemorySummaries()
    #expect(
      try EveryPlace.columns(at: Point(knownAt: 2), tree: tree, in: store, log: log).count == 2)
    let tooMuch = { (store: MemorySummaries) in
      _ = try EveryPlace.columns(at: Point(knownAt: 3), tree: tree, in: store, log: log)
    }
    let overflow = #expect(throws: SummaryError.self) { try tooMuch(store) }
    #expect(overflow?.code == .overflow)
    try SummaryBuild.build(
      [EveryPlace.self], tree.completed(from: 0, to: 3), tree: tree, in: &store, log: log)
    #expect(throws: SummaryError.self) { try tooMuch(store) }
  }

  @Test func `keys are found in an answer by themselves and by range`() throws {
    var events = RandomEvents(seed: 9)
    let company = Company(200, &events)
    let all = try EveryPlace.columns(
      at: Point(knownAt: 200), in: MemorySummaries(), log: company.log)
    for row in all { #expect(all.sums(of: row.key) == row.sums) }
    let account = NameID(.account, 3)
    let expected = all.filter { $0.key.account == account }
    #expect(Array(all.rows(in: .account(account))) == expected)
    #expect(all.sums(of: TallyKey(NameID(.account, 99))).isZero)
  }
}
