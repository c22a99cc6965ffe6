// Why: the real books decide with caches, record in blocks and answer from a tree; the books in memory do the simplest
// thing. On a generated company, late entries and closed months included, both must come to the same.

internal import Books
internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Support
internal import Testing
internal import Wire

@testable internal import CompanyGenerator

@Suite struct `A generated company, in books` {
  @Test func `is decided and recorded as the simplest books do it`() throws {
    try recorded(seed: 21, events: 3_000, inBatchesOf: 97) { books, memory in
      #expect(try books.size() == memory.size())
      let look = try books.look()
      for position in 1...memory.size() {
        var record = try #require(try look.record(at: position))
        // What was proposed under a key, and what is sealed, is the business of the real books alone.
        record.digest = memory.records[Int(position) - 1].digest
        #expect(record == memory.records[Int(position) - 1], "position \(position)")
      }
    }
  }

  @Test(arguments: [31, 32] as [UInt64])
  func `has the balances of a naive replay at any point in time`(seed: UInt64) throws {
    try recorded(seed: seed, events: 2_000, inBatchesOf: 500) { books, memory in
      let accounts = try books.chart().accounts
      var chance = SplitMix64(seed: seed)
      let days = memory.records.map(\.on)
      for _ in 0..<40 {
        let position = Position(chance.within(60...Int(memory.size())))
        let day = days[chance.below(days.count)]
        let look = try books.look(asOf: day, knownAt: .position(position))
        var found: [Code: Int64] = [:]
        for row in try look.tally(AccountBalances.self) {
          guard let account = accounts[row.key.account], account.kind != .memo else { continue }
          found[account.code, default: 0] += row.sums.value
        }
        let expected = try memory.trialBalance(asOf: day, knownAt: position)
        #expect(
          found.filter { $0.value != 0 } == expected,
          "seed \(seed), as of \(day), known at \(position)")
      }
    }
  }

  /// The company in real books and in memory, told alike.
  private func recorded(
    seed: UInt64, events: Int, inBatchesOf size: Int, _ body: (Books, MemoryBooks) throws -> Void
  ) throws {
    let proposals = Array(CompanyGenerator(seed: seed, events: events))
    try TemporaryBooks.with(chart: "generic", openedAt: "2023-01-02T00:00:00Z") { books in
      let memory = try MemoryBooks(
        chart: "generic", on: "2023-01-02", openedAt: Instant("2023-01-02T00:00:00Z"))
      for start in stride(from: 0, to: proposals.count, by: size) {
        let batch = Array(proposals[start..<min(start + size, proposals.count)])
        let answers = try books.record(batch, RecordOptions(isImport: true))
        for (proposal, answer) in zip(batch, answers) {
          if case .refused(let refusal) = answer {
            Issue.record("seed \(seed): \(refusal) \(try proposal.json())")
          }
          try memory.record(proposal)
        }
      }
      try body(books, memory)
    }
  }
}
