// Why: a year of assets, deferrals, accruals, budget and bank, closed in the end, through real books. Every figure is worked
// by hand in Fixtures/cierre/figures.md.

internal import Books
internal import Decisions
internal import Events
internal import Foundation
internal import Ledger
internal import Projections
internal import Reports
internal import Summaries
internal import Support
internal import Testing
internal import Wire

@Suite struct `Taller Cierre, in books` {
  /// The books after a line of the story.
  private static func story(_ body: (Books, Position) throws -> Void) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../Fixtures/cierre/events.jsonl")
    let proposals = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      try Proposal(json: Array($0.utf8))
    }
    try TemporaryBooks.with(chart: "generic", openedAt: "2026-01-01T00:00:00Z") { books in
      let first = try books.size()
      for (line, answer) in try books.record(proposals).enumerated() {
        if case .refused(let refusal) = answer { Issue.record("line \(line + 1): \(refusal)") }
      }
      try body(books, first)
    }
  }

  /// One question and the columns of its answer, row by row.
  private func answer(
    _ report: any Report.Type, _ columns: [String], in books: Books, asOf day: Day?,
    knownAt position: Position? = nil, _ request: ReportRequest = ReportRequest()
  ) throws -> [String] {
    let look = try books.look(asOf: day, knownAt: .position(position ?? (try books.size())))
    let table = try report.table(look, request)
    return table.rows.filter { $0.style == .plain }.map { row in
      columns.map { name in
        table.columns.firstIndex { $0.name == name }.map { row.cells[$0].plain } ?? "?"
      }.joined(separator: " ")
    }
  }

  private func same(
    _ found: [String], _ wanted: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found == wanted, sourceLocation: sourceLocation)
  }

  @Test func `assets, deferrals and budget are what was worked by hand, on any day`() throws {
    try Self.story { books, first in
      let register = ["asset", "cost", "depreciated", "bookValue", "disposed"]
      try same(
        answer(Assets.self, register, in: books, asOf: "2026-02-28"),
        [
          "PRESS 6100.00 100.00 6000.00 ", "VAN 1000.00 257.14 742.86 ",
        ])
      try same(
        answer(Assets.self, register, in: books, asOf: "2026-12-31"),
        [
          "PRESS 6100.00 1100.00 5000.00 ", "VAN 0.00 0.00 0.00 2026-04-15",
        ])
      let deferred = ["deferral", "kind", "amount", "released", "left"]
      try same(
        answer(Deferrals.self, deferred, in: books, asOf: "2026-02-28"),
        [
          "DE-1 expense 1200.00 100.00 1100.00"
        ])
      try same(
        answer(Deferrals.self, deferred, in: books, asOf: "2026-12-31"),
        [
          "DE-1 expense 1200.00 1100.00 100.00", "DI-1 income 2400.00 1200.00 1200.00",
        ])
      let budget = ["account", "month", "planned", "actual", "difference"]
      try same(
        answer(BudgetVariance.self, budget, in: books, asOf: "2026-01-31"),
        [
          "4000 2026-01 2000.00 2000.00 0.00", "6200 2026-01 900.00 900.00 0.00",
          "6210 2026-01 100.00 100.00 0.00", "6500 2026-01 150.00 128.57 -21.43",
        ])
      // After the year's close too.
      let year = try answer(BudgetVariance.self, budget, in: books, asOf: "2026-12-31")
      #expect(year.count == 48)
      #expect(year.contains("6210 2026-02 100.00 -5.00 -105.00"))
      #expect(year.contains("6500 2026-04 150.00 164.29 14.29"))
      #expect(year.contains("4000 2026-07 2000.00 200.00 -1800.00"))
    }
  }

  @Test func `the year is the same before and after its close`() throws {
    try Self.story { books, first in
      let request = ReportRequest(from: "2026-01-01")
      for line: Position in [43, 44, 46] {
        try same(
          answer(
            IncomeStatement.self, ["account", "amount"], in: books, asOf: "2026-12-31",
            knownAt: first + line, request),
          [
            "4000 3200.00", "4700 150.00", "6200 -10800.00", "6210 -205.00", "6220 -1100.00",
            "6260 -6.00", "6500 -1550.00",
          ])
      }
      let assets = [
        "asset 1000 6918.00", "asset 1300 19.95", "asset 1400 100.00", "asset 1500 6100.00",
        "asset 1590 -1100.00", "liability 2000 114.95", "liability 2200 924.00",
        "liability 2500 110.00", "liability 2600 1200.00", "equity 3000 20000.00",
      ]
      let columns = ["section", "account", "amount"]
      try same(
        answer(
          BalanceSheet.self, columns, in: books, asOf: "2026-12-31", knownAt: first + 43),
        assets + ["result  -10311.00"])
      for line: Position in [44, 46] {
        try same(
          answer(
            BalanceSheet.self, columns, in: books, asOf: "2026-12-31", knownAt: first + line),
          assets + ["equity 3200 -10311.00"])
      }
      // The new year begins with nothing.
      try same(
        answer(IncomeStatement.self, ["account", "amount"], in: books, asOf: "2027-02-28"),
        [
          "6200 -900.00", "6210 -8.00",
        ])
    }
  }

  @Test func `a late entry must not change a closed year`() throws {
    try Self.story { books, first in
      func statements() throws -> [String] {
        try answer(TrialBalance.self, ["account", "balance"], in: books, asOf: "2026-12-31")
          + answer(
            IncomeStatement.self, ["account", "amount"], in: books, asOf: "2026-12-31",
            ReportRequest(from: "2026-01-01"))
      }
      let before = try statements()
      func charge(_ on: String) throws -> Answer {
        let line =
          #"{"event":"charge.booked","on":"\#(on)","charge":"CH-9","account":"1000","amount":"7.00","currency":"EUR"}"#
        return try #require(try books.record([Proposal(json: Array(line.utf8))]).first)
      }
      guard case .refused(let refusal) = try charge("2026-12-31") else {
        Issue.record("recorded in a closed year")
        return
      }
      #expect(refusal.name == "period.closed")
      #expect(refusal.remedy.contains("2027-01-01"))
      guard case .recorded = try charge("2027-01-01") else {
        Issue.record("refused on the first open day")
        return
      }
      let after = try statements()
      #expect(after == before)
    }
  }

  @Test func `money received and paid comes to the change in cash`() throws {
    try Self.story { books, first in
      try same(
        answer(
          CashFlow.self, ["section", "account", "received", "paid", "amount"], in: books,
          asOf: "2026-12-31", ReportRequest(from: "2026-01-01")),
        [
          "operating 1100 5324.00 0.00 5324.00", "operating 2000 0.00 1200.00 -1200.00",
          "operating 6200 0.00 10800.00 -10800.00", "operating 6260 0.00 6.00 -6.00",
          "investing 1500 700.00 7100.00 -6400.00", "financing 3900 20000.00 0.00 20000.00",
        ])
      let look = try books.look(asOf: "2026-02-28")
      // 10794.00 on 31 January and 12314.00 on 28 February.
      let february = try CashFlow.table(look, ReportRequest(from: "2026-02-01"))
      #expect(february.totals.last?.plain == "1520.00")
    }
  }

  @Test func `the bank's entries are found by reference, amount and day`() throws {
    try Self.story { books, first in
      try same(
        answer(
          BankMatches.self,
          ["statement", "entry", "amount", "state", "document", "score", "reason"],
          in: books, asOf: "2026-02-28", knownAt: first + 29),
        [
          "ST-1 1 -1000.00 matched VAN  ", "ST-1 2 -6100.00 matched PRESS  ",
          "ST-1 3 -900.00 matched RP-1  ", "ST-1 4 -6.00 matched CH-1  ",
          "ST-2 1 -1200.00 proposed PS-1 97 amount, reference B-1, 3 days apart",
          "ST-2 2 2420.00 proposed P-1 97 amount, reference F-1, 1 day apart",
          "ST-2 3 -900.00 proposed RP-2 100 amount, reference RENT, same day",
        ])
    }
  }

  @Test func `the bank is reconciled as of any day`() throws {
    try Self.story { books, first in
      let columns = ["line", "on", "document", "amount"]
      // The fee is on the statement, and not yet in the books.
      try same(
        answer(
          BankReconciliation.self, columns, in: books, asOf: "2026-01-31", knownAt: first + 19),
        [
          "books   10800.00", "not on a statement 2026-01-30 PS-1 1200.00",
          "not in the books 2026-01-31 ST-1 -6.00", "statements   11994.00",
        ])
      // Matched in February, but as of 1 February the bank did not have it.
      try same(
        answer(BankReconciliation.self, columns, in: books, asOf: "2026-02-01"),
        [
          "books   10794.00", "not on a statement 2026-01-30 PS-1 1200.00", "statements   11994.00",
        ])
      try same(
        answer(BankReconciliation.self, columns, in: books, asOf: "2026-02-28"),
        [
          "books   12314.00", "statements   12314.00",
        ])
    }
  }

  @Test func `every check holds after every line, on every day`() throws {
    try Self.story { books, first in
      for line in 0...46 {
        let days: [Day?] = line % 9 == 1 ? [nil, "2026-01-31", "2026-02-28", "2026-12-31"] : [nil]
        for day in days {
          let look = try books.look(asOf: day, knownAt: .position(first + Position(line)))
          let table = try Checks.table(look)
          #expect(table.totals.first == .text("All hold"), "line \(line)\n\(table.text())")
        }
      }
    }
  }
}
