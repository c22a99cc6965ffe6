// Why: whatever holds for one report holds for all: they run over the catalogue, so a new report needs no new test here.

internal import Events
internal import Foundation
internal import Ledger
internal import Reports
internal import Support
internal import Testing
internal import Wire

@Suite struct `Every report` {
  /// One thing of the fixture for each kind that a report may have to be about.
  private static let codes: [NameKind: Code] = [
    .product: "TORN-M6", .order: "SO-1", .customer: "C-17", .supplier: "S-3", .employee: "E-7",
  ]

  private static func request(_ report: any Report.Type) -> ReportRequest {
    guard case .required(let kinds) = report.subject else { return ReportRequest() }
    return ReportRequest(codes[kinds[0]])
  }

  static let names = ReportCatalogue.all.map { $0.name }
  /// Reports of what the quarter has not: their stories show them.
  static let beyondTheQuarter: Set = [
    "assets", "deferrals", "budget", "bank", "reconciliation",
    "tickets", "consents", "approvals", "anomalies",
    "purchase-plan", "lots", "tax-filings",
  ]

  @Test func `names are unique, and each finds its report`() throws {
    #expect(Set(Self.names).count == Self.names.count)
    for name in Self.names { #expect(try ReportCatalogue.named(name).name == name) }
    let error = #expect(throws: ReportError.self) { try ReportCatalogue.named("trial") }
    #expect(error?.code == .unknownReport)
    #expect(error?.remedy.contains("trial-balance") ?? false)
  }

  @Test(arguments: names) func `keys and measures are columns, named once`(name: String) throws {
    let report = try ReportCatalogue.named(name)
    let columns = report.columns.map(\.name)
    #expect(Set(columns).count == columns.count)
    #expect(Set(columns).isSuperset(of: report.keys + report.measures))
    #expect(!report.keys.isEmpty)
    #expect(!report.summary.hasSuffix("."))
  }

  @Test(arguments: names) func `it can be given in three forms, and no two rows share their keys`(
    name: String
  ) throws {
    let report = try ReportCatalogue.named(name)
    let quarter = try Quarter.recorded.get()
    let table = try report.table(
      quarter.look("2026-03-31", line: 120), Self.request(report))
    #expect(table.texts.isEmpty == Self.beyondTheQuarter.contains(name))
    #expect(!table.text().isEmpty)
    #expect(table.csv.hasPrefix(table.columns[0].name))
    let object = try JSONSerialization.jsonObject(with: Data(table.json.utf8)) as? [String: Any]
    #expect((object?["rows"] as? [Any])?.count == table.texts.count)
    let keys = table.texts.map { row in report.keys.map { row[$0] ?? "" } }
    // An entry may debit and credit one place.
    #expect(Set(keys).count == keys.count || name == "journal", "\(table.text())")
    for row in table.rows where row.style == .plain && name != "checks" {
      #expect(row.basis != nil, "\(row)")
    }
  }

  @Test(arguments: names) func `it is the same whatever comes after its point in time`(
    name: String
  ) throws {
    let report = try ReportCatalogue.named(name)
    let quarter = try Quarter.recorded.get()
    let request = Self.request(report)
    let position = quarter.first + 100
    let then = MemoryLook(Array(quarter.records.prefix(Int(position))))
    let now = MemoryLook(quarter.records, knownAt: position)
    #expect(try report.table(now, request) == report.table(then, request))
  }

  @Test(arguments: names) func `it can be asked for before anything is known`(name: String) throws {
    let report = try ReportCatalogue.named(name)
    let nothing = MemoryLook([])
    if case .required = report.subject {
      let error = #expect(throws: ReportError.self) {
        try report.table(nothing, Self.request(report))
      }
      #expect(error?.code == .unknownCode)
    } else {
      let table = try report.table(nothing)
      #expect(
        table.rows.filter { $0.style == .plain && name != "checks" && name != "balance-sheet" }
          .isEmpty)
    }
  }

  @Test(arguments: names) func `a request that does not fit is refused`(name: String) throws {
    let report = try ReportCatalogue.named(name)
    let look = try Quarter.recorded.get().look(nil, line: 120)
    switch report.subject {
    case .none:
      let error = #expect(throws: ReportError.self) { try report.table(look, ReportRequest("X")) }
      #expect(error?.code == .subject)
    case .required:
      let error = #expect(throws: ReportError.self) { try report.table(look) }
      #expect(error?.code == .subject)
    case .optional:
      let error = #expect(throws: ReportError.self) {
        try report.table(look, ReportRequest("NO-SUCH"))
      }
      #expect(error?.code == .unknownCode)
    }
    if !report.takesFrom {
      var request = Self.request(report)
      request.from = "2026-01-01"
      let error = #expect(throws: ReportError.self) { try report.table(look, request) }
      #expect(error?.code == .option)
    }
  }

  @Test func `the page about the reports is printed from them`() throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/REPORTS.md")
    if ProcessInfo.processInfo.environment["DIARIO_WRITE_DOCS"] != nil {
      try ReportMarkdown.page.write(to: page, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: page, encoding: .utf8) == ReportMarkdown.page)
  }
}
