// Why: ageing decides whom a company duns. The table is worked by hand: what is open of which instalment, how late on
// which day, and that what is allocated later does not count yet.

internal import Decisions
internal import Events
internal import Ledger
internal import Reports
internal import Support
internal import Testing
internal import Wire

@Suite struct `Ageing` {
  private let books: MemoryBooks

  init() throws {
    books = try MemoryBooks(chart: "generic", on: "2026-01-01")
    for line in [
      #"{"event":"tax.defined","on":"2026-01-01","tax":"T0","name":"none","rate":"0","kind":"exempt"}"#,
      #"{"event":"customer.registered","on":"2026-01-01","customer":"A","name":"Ana"}"#,
      #"{"event":"customer.registered","on":"2026-01-01","customer":"B","name":"Blas"}"#,
      // 100.00 in three parts: 33.33 due 31 Jan, 33.33 due 28 Feb, the rest, 33.34, due 31 Mar.
      #"{"event":"invoice.issued","on":"2026-01-10","invoice":"F-1","customer":"A","currency":"EUR","instalments":[{"due":"2026-01-31","percent":"33.33"},{"due":"2026-02-28","percent":"33.33"},{"due":"2026-03-31"}],"lines":[{"text":"work","quantity":"1","price":"100.00","tax":"T0"}]}"#,
      #"{"event":"invoice.issued","on":"2026-01-10","invoice":"F-2","customer":"B","currency":"EUR","due":"2026-01-10","lines":[{"text":"work","quantity":"1","price":"50.00","tax":"T0"}]}"#,
      // 40.00 settle the first instalment and 6.67 of the second; 10.00 are paid in advance.
      #"{"event":"payment.received","on":"2026-02-15","payment":"P-1","customer":"A","account":"1000","currency":"EUR","amount":"50.00","allocations":[{"invoice":"F-1","amount":"40.00"}]}"#,
      #"{"event":"payment.allocated","on":"2026-03-05","payment":"P-1","allocations":[{"invoice":"F-1","amount":"10.00"}]}"#,
    ] {
      try books.record(try Proposal(json: Array(line.utf8)))
    }
  }

  /// Day, then per row: document, due, amount, open, column in which it stands.
  private static let cases: [(day: Day, rows: [[String]])] = [
    (
      "2026-01-31",
      [
        ["F-1", "2026-01-31", "33.33", "33.33", "notDue"],
        ["F-1", "2026-02-28", "33.33", "33.33", "notDue"],
        ["F-1", "2026-03-31", "33.34", "33.34", "notDue"],
        ["F-2", "2026-01-10", "50.00", "50.00", "days1to30"],
      ]
    ),
    (
      "2026-02-10",
      [
        ["F-1", "2026-01-31", "33.33", "33.33", "days1to30"],
        ["F-1", "2026-02-28", "33.33", "33.33", "notDue"],
        ["F-1", "2026-03-31", "33.34", "33.34", "notDue"],
        ["F-2", "2026-01-10", "50.00", "50.00", "days31to60"],
      ]
    ),
    (
      // 28 February + 1 day; the allocation of 5 March does not count yet. F-2 is 50 days late.
      "2026-03-01",
      [
        ["F-1", "2026-02-28", "33.33", "26.66", "days1to30"],
        ["F-1", "2026-03-31", "33.34", "33.34", "notDue"],
        ["F-2", "2026-01-10", "50.00", "50.00", "days31to60"],
      ]
    ),
    (
      // F-2 is 60 days late on 11 March and 61 on the 12th, 90 on 10 April and 91 on the 11th.
      "2026-03-12",
      [
        ["F-1", "2026-02-28", "33.33", "16.66", "days1to30"],
        ["F-1", "2026-03-31", "33.34", "33.34", "notDue"],
        ["F-2", "2026-01-10", "50.00", "50.00", "days61to90"],
      ]
    ),
    (
      "2026-04-11",
      [
        ["F-1", "2026-02-28", "33.33", "16.66", "days31to60"],
        ["F-1", "2026-03-31", "33.34", "33.34", "days1to30"],
        ["F-2", "2026-01-10", "50.00", "50.00", "over90"],
      ]
    ),
  ]

  @Test(arguments: cases.indices) func `what is open stands in the column of its age`(
    index: Int
  ) throws {
    let (day, rows) = Self.cases[index]
    let table = try Receivables.table(MemoryLook(books.records, asOf: day))
    let columns = ["notDue", "days1to30", "days31to60", "days61to90", "over90"]
    let found = table.texts.map { row in
      ["document", "due", "amount", "open"].map { row[$0] ?? "" }
        + columns.filter { row[$0] == row["open"] }
    }
    #expect(found == rows)
    var sums = [String: ExactDecimal]()
    for row in rows { sums[row[4]] = try (sums[row[4]] ?? .zero).adding(ExactDecimal(row[3])) }
    for column in columns {
      let total = table.totals[table.columns.firstIndex { $0.name == column } ?? 0].plain
      #expect(try ExactDecimal(total) == sums[column] ?? .zero, "\(column)")
    }
  }

  @Test func `an advance is noted until it is allocated`() throws {
    let before = try Receivables.table(MemoryLook(books.records, asOf: "2026-03-01"))
    #expect(
      before.notes.contains("Payments and credit notes that settle none of it yet: 10.00 EUR."))
    let after = try Receivables.table(MemoryLook(books.records, asOf: "2026-03-05"))
    #expect(after.notes.count == 1)
  }

  @Test func `one customer's items are his own`() throws {
    let look = MemoryLook(books.records, asOf: "2026-03-12")
    let table = try Receivables.table(look, ReportRequest("B"))
    #expect(table.texts.map { $0["document"] } == ["F-2"])
  }
}
