// Histories and custom summaries against a naive walk through the events.

import Events
import Ledger
import Summaries
import SummarySupport
import Testing

@Suite struct TimelineTests {
  @Test(arguments: shapes) func `a history is every event that concerns the name, in order`(
    tree: SummaryTree
  ) throws {
    for seed in UInt64(1)...6 {
      var settings = RandomEvents.Settings()
      settings.subjects = seed == 1 ? 2 : 40
      var events = RandomEvents(seed: seed, settings)
      let company = Company(600, &events)
      var random = SplitMix(seed)
      var store = MemorySummaries()
      if seed != 3 {
        let end = seed == 4 ? 300 : company.size
        try SummaryBuild.build(
          everyProjection, tree.completed(from: 0, to: end), tree: tree, in: &store,
          log: company.log)
      }
      for _ in 0..<30 {
        let known = Position(random.below(601))
        let kind: NameKind = [.customer, .order, .account][random.below(3)]
        let name = NameID(kind, UInt32(random.below(42) + 1))
        let expected = company.positions(of: name, knownAt: known)
        let few = random.below(12)
        func positions(_ part: HistoryPart) throws -> [Position] {
          try EveryMention.positions(
            of: name, knownAt: known, part, tree: tree, in: store, log: company.log)
        }
        let note: Comment = "seed \(seed), \(tree), \(name) known at \(known), \(few)"
        try #require(try positions(.all) == expected, note)
        try #require(try positions(.first(few)) == Array(expected.prefix(few)), note)
        try #require(try positions(.last(few)) == Array(expected.suffix(few)), note)
        // Many at once, some of which never occur, are what each is by itself.
        var many: Set<NameID> = [name]
        for _ in 0..<random.below(30) {
          many.insert(
            NameID([.customer, .order, .account][random.below(3)], UInt32(random.below(50) + 1)))
        }
        let names = many.sorted()
        let each = names.map { company.positions(of: $0, knownAt: known) }
        for (part, wanted) in [
          (HistoryPart.all, each), (.first(few), each.map { Array($0.prefix(few)) }),
          (.last(few), each.map { Array($0.suffix(few)) }),
        ] {
          let found = try EveryMention.positions(
            ofEach: names, knownAt: known, part, tree: tree, in: store, log: company.log)
          try #require(found == wanted, note)
        }
      }
    }
  }

  @Test(arguments: shapes) func `the names that occur are known by kind`(tree: SummaryTree) throws {
    var settings = RandomEvents.Settings()
    settings.subjects = 50
    var events = RandomEvents(seed: 8, settings)
    let company = Company(400, &events)
    var store = MemorySummaries()
    try SummaryBuild.build(
      everyProjection, tree.completed(from: 0, to: 400), tree: tree, in: &store, log: company.log)
    for known: Position in [0, 1, 37, 255, 256, 400] {
      let expected = Set(company.records.prefix(Int(known)).flatMap(\.mentions))
        .filter { $0.is(.customer) }.sorted()
      let names = try EveryMention.names(
        of: .customer, knownAt: known, tree: tree, in: store, log: company.log)
      #expect(names == expected)
    }
  }

  @Test(arguments: shapes) func `a custom summary is the fold of its events`(tree: SummaryTree)
    throws
  {
    var events = RandomEvents(seed: 11)
    let company = Company(300, &events)
    var store = MemorySummaries()
    try SummaryBuild.build(
      everyProjection, tree.completed(from: 0, to: 250), tree: tree, in: &store, log: company.log)
    for known in 0...300 {
      let summary = try OrderOfKinds.summary(
        knownAt: Position(known), tree: tree, in: store, log: company.log)
      let polynomial = company.records.prefix(known).reduce(UInt64(0)) {
        $0 &* 31 &+ UInt64($1.kind)
      }
      #expect(summary == .init(count: UInt64(known), polynomial: polynomial))
    }
  }
}
