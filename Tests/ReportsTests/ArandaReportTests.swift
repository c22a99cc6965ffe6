// Why: reports are judged by figures that people and other programs worked out, at every point in time of the fixture.

internal import Events
internal import Foundation
internal import Ledger
internal import Reports
internal import Support
internal import Testing
internal import Wire

@Suite struct `Reports of Ferretería Aranda` {
  /// A report, the file that judges it, the column that is its subject, and what tells rows apart.
  struct Judged: Sendable, CustomTestStringConvertible {
    var report: any Report.Type
    var file: String
    var subject: String?
    var keys: [String]
    /// Whether the file holds every row.
    var isComplete = true
    var testDescription: String { file }
  }

  static let judged = [
    Judged(report: TrialBalance.self, file: "trial-balance", keys: ["account"]),
    Judged(report: IncomeStatement.self, file: "income-statement", keys: ["account"]),
    Judged(
      report: StockLevels.self, file: "stock-levels", keys: ["product", "warehouse"],
      isComplete: false),
    Judged(report: StockValuation.self, file: "stock-valuation", keys: ["product", "warehouse"]),
    Judged(
      report: StockLedger.self, file: "stock-ledger", subject: "product",
      keys: ["warehouse", "on", "document"], isComplete: false),
    Judged(report: Orders.self, file: "orders", keys: ["order", "product"]),
    Judged(report: Receivables.self, file: "receivables", keys: ["party", "document", "due"]),
    Judged(report: Payables.self, file: "payables", keys: ["party", "document", "due"]),
    Judged(
      report: Statement.self, file: "statement", subject: "party", keys: ["on", "document"]),
    Judged(report: Customers.self, file: "customers", keys: ["customer"]),
    Judged(report: TaxReturn.self, file: "tax", keys: ["tax"]),
    Judged(report: PayrollList.self, file: "payroll", keys: ["run", "employee"]),
  ]

  /// One question of a file: point in time, first day, subject.
  struct Question: Hashable {
    var asOf: String
    var line: Int
    var from: String?
    var subject: String?
  }

  @Test(arguments: judged) func `every row is the one worked by hand`(judged: Judged) throws {
    let quarter = try Quarter.recorded.get()
    // The result is the sum of the others.
    let rows = try rows(judged.file).filter { $0["account"] != "result" }
    let questions = Dictionary(grouping: rows) { row in
      Question(
        asOf: row["asOf"]!, line: Int(row["knownAtLine"]!)!, from: row["from"],
        subject: judged.subject.flatMap { row[$0] })
    }
    for (question, expected) in questions {
      let table = try judged.report.table(
        quarter.look(try Day(question.asOf), line: question.line),
        ReportRequest(
          try question.subject.map { try Code($0) }, from: try question.from.map { try Day($0) }))
      let own = Set(table.columns.map(\.name)).subtracting([judged.subject ?? ""])
      for row in expected {
        let found = table.texts.filter { text in judged.keys.allSatisfy { text[$0] == row[$0] } }
        let columns = own.intersection(row.keys).subtracting(["from"])
        let matches = found.filter { text in columns.allSatisfy { isSame(text[$0], row[$0]) } }
        let shown = found.map { text in columns.sorted().map { "\($0)=\(text[$0] ?? "")" } }
        #expect(!matches.isEmpty, "\(question): \(row) is not in \(shown)")
      }
      let columns = own.intersection(expected[0].keys)
      #expect(
        !judged.isComplete || count(table.texts, table, columns) == count(expected, table, columns),
        "\(question): \(table.text())")
    }
  }

  /// The rows of one file of expectations.
  private func rows(_ name: String) throws -> [Aranda.Row] {
    try Aranda.expected(name).values.flatMap { $0 }
  }

  /// How many rows have anything but zeros in the columns of numbers that are judged.
  private func count(_ rows: [[String: String]], _ table: Table, _ judged: Set<String>) -> Int {
    let numbers = table.columns.filter { [.money, .quantity].contains($0.kind) }.map(\.name)
    return rows.count { row in
      numbers.contains { judged.contains($0) && !isZero(row[$0]) }
    }
  }

  /// 50 kg is 50.000 kg.
  private func isSame(_ a: String?, _ b: String?) -> Bool {
    if a == b { return true }
    guard let a, let b, let x = try? ExactDecimal(a), let y = try? ExactDecimal(b) else {
      return false
    }
    return x == y
  }

  private func isZero(_ text: String?) -> Bool {
    guard let text, !text.isEmpty else { return true }
    return (try? ExactDecimal(text))?.isZero ?? false
  }

  @Test func `the balance sheet's sections are the ones worked by hand`() throws {
    let quarter = try Quarter.recorded.get()
    let sections = ["assets": "asset", "liabilities": "liability", "equity": "equity"]
    for row in try rows("balance-sheet") {
      let look = quarter.look(try Day(row["asOf"]!), line: Int(row["knownAtLine"]!)!)
      let table = try BalanceSheet.table(look)
      var sum = ExactDecimal.zero
      for text in table.texts where text["section"] == sections[row["section"]!] ?? "result" {
        sum = try sum.adding(try ExactDecimal(text["amount"]!))
      }
      #expect(sum == (try ExactDecimal(row["amount"]!)), "\(row)\n\(table.text())")
      #expect(table.totals.last == .amount(0, decimals: 2))
    }
  }

  @Test func `what is on order and in the backlog is what was worked by hand`() throws {
    let quarter = try Quarter.recorded.get()
    for row in try rows("on-order") {
      let look = quarter.look(try Day(row["asOf"]!), line: Int(row["knownAtLine"]!)!)
      let table = try StockLevels.table(look)
      let found = table.texts.first { $0["product"] == row["product"] && $0["warehouse"] == "" }
      for column in ["onOrder", "backlog"] where !isZero(row[column]) || found != nil {
        #expect(found?[column] == row[column], "\(row)\n\(table.text())")
      }
    }
  }

  @Test func `a customer's history holds every event that concerns him`() throws {
    let quarter = try Quarter.recorded.get()
    let table = try CustomerHistory.table(quarter.look(nil, line: 120), ReportRequest("C-17"))
    let lines = table.texts.map { Int($0["position"]!)! - Int(quarter.first) }.sorted()
    #expect(lines == (try Aranda.history()).sorted())
  }

  @Test func `one customer's orders, read from his history, are those of the whole list`() throws {
    let look = try Quarter.recorded.get().look("2026-03-31", line: 120)
    let all = try Orders.table(look).texts
    for customer in Set(all.compactMap { $0["customer"] }) {
      let own = try Orders.table(look, ReportRequest(try Code(customer))).texts
      #expect(own == all.filter { $0["customer"] == customer })
    }
  }

  @Test func `every check holds at every position, on every day`() throws {
    let quarter = try Quarter.recorded.get()
    for line in 0...120 {
      let days: [Day?] = line % 12 == 0 ? [nil, "2026-01-31", "2026-02-20", "2026-03-31"] : [nil]
      for day in days {
        let table = try Checks.table(quarter.look(day, line: line))
        #expect(table.totals.first == .text("All hold"), "line \(line)\n\(table.text())")
      }
    }
  }
}
