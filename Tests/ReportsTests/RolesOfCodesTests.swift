// Why: one code may name a customer and a supplier. A report that picked one of them in silence would be read as the other's.

internal import Events
internal import Ledger
internal import Reports
internal import Support
internal import Testing
internal import Wire

@Suite struct `A code with two roles` {
  private let told: Told

  init() throws {
    told = try Told([
      #"{"event":"customer.registered","on":"2026-01-01","customer":"CA","name":"Alpha"}"#,
      #"{"event":"customer.registered","on":"2026-01-01","customer":"CB","name":"Beta"}"#,
      #"{"event":"invoice.issued","on":"2026-03-01","invoice":"F1","customer":"CA","lines":[{"text":"x","quantity":"1","price":"100"}]}"#,
      #"{"event":"supplier.registered","on":"2026-03-02","supplier":"CA","name":"Alpha"}"#,
      #"{"event":"bill.received","on":"2026-03-02","bill":"B1","supplier":"CA","currency":"EUR","lines":[{"account":"6230","text":"x","quantity":"1","price":"70"}]}"#,
    ])
  }

  private func table(
    _ report: any Report.Type, _ code: Code?, role: String?, knownAt: Position? = nil
  ) throws(ReportError) -> Table {
    var request = ReportRequest(code)
    request.role = role
    return try report.table(
      MemoryLook(told.books.records, asOf: "2026-03-31", knownAt: knownAt), request)
  }

  @Test(arguments: [DueList.self, Statement.self, TaxBookReport.self] as [any Report.Type])
  func `is asked about`(report: any Report.Type) {
    let error = #expect(throws: ReportError.self) { try table(report, "CA", role: nil) }
    #expect(error?.code == .ambiguous)
    #expect(error?.message == "CA names several things: customer, supplier.")
    #expect(
      error?.remedy == "Say which one is meant: --role customer, --role supplier.")
  }

  @Test func `is what the request says`() throws {
    let owed = try table(DueList.self, "CA", role: "customer")
    #expect(owed.texts.map { $0["document"] } == ["F1"])
    let owing = try table(DueList.self, "CA", role: "supplier")
    #expect(owing.texts.map { $0["document"] } == ["B1"])
    #expect(try table(Statement.self, "CA", role: "supplier").sums["balance"] == "70.00")
  }

  @Test func `is clear where only one is known, or can be meant`() throws {
    #expect(try table(Statement.self, "CB", role: nil).rows.isEmpty)
    #expect(try table(Payables.self, "CA", role: nil).sums["open"] == "70.00")
    let before = told.books.size() - 2
    #expect(
      try table(Statement.self, "CA", role: nil, knownAt: before).sums["balance"] == "100.00")
  }

  @Test func `has no other role, and nothing has one without a code`() {
    let other = #expect(throws: ReportError.self) { try table(DueList.self, "CA", role: "product") }
    #expect(other?.code == .option)
    #expect(other?.remedy == "There are: customer, supplier.")
    let none = #expect(throws: ReportError.self) { try table(DueList.self, nil, role: "supplier") }
    #expect(none?.code == .option)
    let unknown = #expect(throws: ReportError.self) {
      try table(DueList.self, "CB", role: "supplier")
    }
    #expect(unknown?.code == .unknownCode)
  }

  @Test func `is part of the question, which is asked again word by word`() throws {
    var question = ReportQuestion()
    question.report = "due-list"
    question.code = "CA"
    question.role = "supplier"
    question.knownAt = 7
    #expect(question.command == "diario report due-list CA --role supplier --known-at '#7'")
    let table = try question.table(MemoryLook(told.books.records))
    #expect(table.texts.map { $0["document"] } == ["B1"])
  }
}
