// Why: a quarter of invoices, taxes, payments and currencies is judged by Fixtures/cobros, whose figures are worked by hand.

internal import Books
internal import Ledger
internal import Reports
internal import Support
internal import Testing

@Suite struct `Cobros, a quarter of getting paid` {
  private let story = Story("cobros")

  @Test func `every report says what was worked by hand, and every check holds`() throws {
    try story.record(chart: "pgc", openedAt: "2026-01-01T07:00:00Z") { books in
      try story.judge(books)
    }
  }

  @Test func `an ageing of the past must not see later payments`() throws {
    // F-4 was paid on 20 January, bounced on the 27th and was paid again on 23 February. Asked when all is known:
    let open: [Day: [String]] = [
      "2026-01-19": ["363.00"], "2026-01-20": [], "2026-01-26": [], "2026-01-27": ["363.00"],
      "2026-02-22": ["363.00"], "2026-02-23": [],
    ]
    try story.record(chart: "pgc", openedAt: "2026-01-01T07:00:00Z") { books in
      for (day, expected) in open {
        let table = try Receivables.table(try books.look(asOf: day))
        let document = table.columns.firstIndex { $0.name == "document" } ?? 0
        let amount = table.columns.firstIndex { $0.name == "open" } ?? 0
        let found = table.rows.filter { $0.cells[document].plain == "F-4" }
        #expect(found.map { $0.cells[amount].plain } == expected, "\(day)")
      }
    }
  }
}
