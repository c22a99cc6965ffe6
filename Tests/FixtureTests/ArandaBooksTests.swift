// Why: the same quarter through the log and the summaries, on disk: the tree must say what was worked by hand.

internal import Books
internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Support
internal import Testing
internal import Wire

@Suite struct `Ferretería Aranda, in books` {
  @Test func `the tree finds every trial balance that was worked by hand`() throws {
    try withBooks { books, first in
      for (point, balances) in try Aranda.trialBalances() {
        let look = try books.look(
          asOf: point.asOf, knownAt: .position(first + Position(point.line)))
        var found: [Code: Int64] = [:]
        for row in try look.tally(AccountBalances.self) {
          guard let account = try books.chart().accounts[row.key.account], account.kind != .memo
          else { continue }
          found[account.code, default: 0] += row.sums.value
        }
        #expect(found.filter { $0.value != 0 } == balances, "\(point)")
      }
    }
  }

  @Test func `a customer's history is the lines that mention it`() throws {
    try withBooks { books, first in
      let look = try books.look()
      let customer = try #require(try look.id(.customer, "C-17"))
      let lines = try look.history(of: customer).map { Int($0.position - first) }
      let rows = try Aranda.history()
      #expect(lines == rows)
    }
  }

  @Test func `what is recorded twice is recorded once, where it has a key`() throws {
    try withBooks { books, _ in
      let size = try books.size()
      let keyed = try Aranda.proposals().filter { !$0.key.isEmpty }
      for case .recorded(let receipt) in try books.record(keyed, RecordOptions(isImport: true)) {
        #expect(receipt.isRepeated)
      }
      #expect(try books.size() == size)
    }
  }

  private func withBooks(_ body: (Books, Position) throws -> Void) throws {
    try TemporaryBooks.with(chart: "generic", openedAt: "2026-01-01T07:00:00Z") { books in
      let first = try books.size()
      let answers = try books.record(try Aranda.proposals(), RecordOptions(isImport: true))
      for (line, answer) in answers.enumerated() {
        if case .refused(let refusal) = answer { Issue.record("line \(line + 1): \(refusal)") }
      }
      try body(books, first)
    }
  }
}
