// What explains a difference: exactly the lines that count at one point and not at the other.

import Events
import Ledger
import Summaries
import SummarySupport
import Testing

@Suite struct DifferenceTests {
  @Test(arguments: shapes) func `the lines that make a difference are found, and no others`(
    tree: SummaryTree
  ) throws {
    for seed in UInt64(1)...6 {
      var events = RandomEvents(seed: seed)
      let company = Company(500, &events)
      var random = SplitMix(seed)
      var store = MemorySummaries()
      if seed.isMultiple(of: 2) {
        try SummaryBuild.build(
          everyProjection, tree.completed(from: 0, to: 500), tree: tree, in: &store,
          log: company.log)
      }
      for _ in 0..<10 {
        let (a, b) = (company.point(&random), company.point(&random))
        let keys = KeyRange.account(NameID(.account, UInt32(random.below(12) + 1)))
        let note: Comment = "seed \(seed), \(tree), \(a) to \(b), \(keys)"
        let changes = try EveryPlace.changes(
          from: a, to: b, keys, tree: tree, in: store, log: company.log)
        func lines(_ at: Point, without other: Point) -> [Position] {
          company.lines(at: at).filter { keys.contains($0.1) && !other.counts($0.3.on, $0.0) }
            .map(\.0)
        }
        #expect(changes.map(\.position) == changes.map(\.position).sorted())
        #expect(changes.filter(\.isAdded).map(\.position) == lines(b, without: a), note)
        #expect(changes.filter { !$0.isAdded }.map(\.position) == lines(a, without: b), note)
        try netChangesExplain(company, a, b, keys, tree, store, note)
      }
    }
  }

  private func netChangesExplain(
    _ company: Company, _ a: Point, _ b: Point, _ keys: KeyRange, _ tree: SummaryTree,
    _ store: MemorySummaries, _ note: Comment
  ) throws {
    var difference: [TallyKey: Int64] = [:]
    for row in company.rows(at: b, keys, net: true) { difference[row.key] = row.sums.value }
    for row in company.rows(at: a, keys, net: true) {
      difference[row.key, default: 0] -= row.sums.value
    }
    let changes = try EveryBalance.changes(
      from: a, to: b, keys, tree: tree, in: store, log: company.log)
    for change in changes {
      difference[change.key, default: 0] -= change.isAdded ? change.sums.value : -change.sums.value
    }
    #expect(difference.values.allSatisfy { $0 == 0 }, note)
  }
}
