// Why: an auditor who asks why a figure changed must be told which events changed it, no more and no fewer.

internal import Events
internal import Ledger
internal import Reports
internal import Support
internal import Testing
internal import Wire

@Suite struct `Why a figure is what it is` {
  private let quarter: Quarter
  init() throws { quarter = try Quarter.recorded.get() }

  @Test func `what changed in a report, and by which events, is what was worked by hand`() throws {
    for (point, rows) in try Aranda.expected("diff") {
      for (report, rows) in Dictionary(grouping: rows, by: { $0["report"] ?? "" }) {
        let type = try ReportCatalogue.named(report)
        for (from, rows) in Dictionary(grouping: rows, by: { Int($0["fromLine"] ?? "") ?? 0 }) {
          let to = try #require(Int(rows[0]["toLine"] ?? ""))
          let found = try type.difference(
            from: quarter.look(point.asOf, line: from), to: quarter.look(point.asOf, line: to))
          #expect(found.changes.rows.count == rows.count, "\(found.changes.text())")
          for row in rows {
            let change = try #require(
              found.changes.texts.first { $0["account"] == row["account"] }, "\(row)")
            #expect(change["was"] == row["before"])
            #expect(change["is"] == row["after"])
            let events = found.events.texts.filter { $0["row"] == row["account"] }
            let lines = events.compactMap { Int($0["position"] ?? "") }.map {
              $0 - Int(quarter.first)
            }
            let expected = (row["lines"] ?? "").split(separator: " ").compactMap { Int($0) }
            #expect(Set(lines) == Set(expected), "\(row)\n\(found.events.text())")
          }
        }
      }
    }
  }

  @Test func `the events behind each changed row add up to its difference`() throws {
    for report: any Report.Type in [TrialBalance.self, Receivables.self] {
      let found = try report.difference(
        from: quarter.look("2026-02-28", line: 78), to: quarter.look("2026-03-31", line: 120))
      #expect(!found.changes.rows.isEmpty)
      let keys = found.changes.columns.prefix { $0.name != "column" }.map(\.name)
      for change in found.changes.texts {
        let row = keys.compactMap { change[$0] }.joined(separator: " ")
        let events = found.events.texts.filter { $0["row"] == row }
        #expect(try sum(events) == ExactDecimal(change["difference"] ?? ""), "\(change)")
      }
    }
  }

  @Test func `the events behind a balance add up to it, on any day`() throws {
    for day: Day in ["2026-01-31", "2026-03-31"] {
      let look = quarter.look(day, line: 120)
      for row in try TrialBalance.table(look).texts {
        let account = try #require(row["account"])
        let events = try TrialBalance.explanation(of: [account], look)
        #expect(try sum(events.texts) == ExactDecimal(row["balance"] ?? ""), "\(account)")
      }
    }
  }

  @Test func `stock in one warehouse is explained by its own movements only`() throws {
    let look = quarter.look("2026-03-31", line: 120)
    let events = try StockValuation.explanation(of: ["TORN-M6", "VAL"], look)
    #expect(events.texts.map { $0["document"] } == ["T-1"])
    #expect(events.texts.map { $0["amount"] } == ["100"])
    #expect(events.texts.map { $0["value"] } == ["10.00"])
  }

  @Test func `an order is explained by its history`() throws {
    let events = try Orders.explanation(of: ["SO-1"], quarter.look(nil, line: 120))
    let kinds = events.texts.compactMap { $0["kind"] }
    #expect(kinds.first == "order.placed")
    #expect(Set(kinds).isSuperset(of: ["order.shipped", "invoice.issued", "order.returned"]))
  }

  @Test func `a row that rests on all of the books is told from one that is not there`() throws {
    let look = quarter.look(nil, line: 120)
    let error = #expect(throws: ReportError.self) {
      try Checks.explanation(of: ["debits = credits"], look)
    }
    #expect(error?.code == .unknownRow)
    #expect(
      error?.message
        == "What debits = credits says in the report checks rests on all of the books, not on some events."
    )
    // One that rests on an account is explained.
    #expect(try !Checks.explanation(of: ["stock = account 1200"], look).rows.isEmpty)
  }

  @Test func `a row that is not there is refused with what a row is called`() throws {
    let look = quarter.look(nil, line: 120)
    let error = #expect(throws: ReportError.self) {
      try TrialBalance.explanation(of: ["0815"], look)
    }
    #expect(error?.code == .unknownRow)
    #expect(error?.remedy.contains("account") ?? false)
  }

  private func sum(_ events: [[String: String]]) throws -> ExactDecimal {
    try events.reduce(.zero) { sum, event in
      try sum.adding(try ExactDecimal(event["value"] ?? ""))
    }
  }
}
