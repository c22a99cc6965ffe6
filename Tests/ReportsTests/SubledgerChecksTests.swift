// Why: the checks of hours, lots and filings must be able to fail, and no check may be added that nobody has seen fail.

internal import Events
internal import Foundation
internal import Ledger
internal import Reports
internal import Support
internal import Testing
internal import Wire

@Suite struct `Sub-ledgers can disagree` {
  /// Ana works an hour of January, whose payslip costs 120.00; 5 l of milk in lot L-1; 21.00 of tax collected and filed.
  private func books() throws -> MemoryBooks {
    let books = try MemoryBooks(chart: "generic", on: "2026-01-01")
    let lines = [
      #"{"event":"warehouse.opened","on":"2026-01-01","warehouse":"MAD","name":"Madrid"}"#,
      #"{"event":"employee.hired","on":"2026-01-01","employee":"E-1","name":"Ana"}"#,
      #"{"event":"project.opened","on":"2026-01-01","project":"PR-1","name":"Window"}"#,
      #"{"event":"time.recorded","on":"2026-01-05","employee":"E-1","project":"PR-1","minutes":60}"#,
      #"{"event":"payroll.run","on":"2026-01-31","run":"01","from":"2026-01-01","through":"2026-01-31","payslips":[{"employee":"E-1","gross":"100.00","employeeSocialSecurity":"0","withholding":"0","employerSocialSecurity":"20.00"}]}"#,
      #"{"event":"supplier.registered","on":"2026-01-01","supplier":"S-1","name":"Dairy"}"#,
      #"{"event":"product.registered","on":"2026-01-01","product":"MILK","name":"Milk","unit":"l","decimals":0,"costing":"fifo","tracksLots":true}"#,
      #"{"event":"purchase.ordered","on":"2026-01-05","purchase":"PO-1","supplier":"S-1","currency":"EUR","lines":[{"product":"MILK","quantity":"5","price":"1.00"}]}"#,
      #"{"event":"goods.received","on":"2026-01-05","receipt":"GR-1","purchase":"PO-1","warehouse":"MAD","lines":[{"product":"MILK","quantity":"5","lots":[{"lot":"L-1","quantity":"5"}]}]}"#,
      #"{"event":"tax.defined","on":"2026-01-01","tax":"IVA21","name":"IVA","rate":"21","kind":"collected"}"#,
      #"{"event":"customer.registered","on":"2026-01-01","customer":"C-1","name":"Duero"}"#,
      #"{"event":"invoice.issued","on":"2026-01-10","invoice":"F-1","customer":"C-1","lines":[{"text":"a","quantity":"1","price":"100.00","tax":"IVA21"}]}"#,
      #"{"event":"tax.filed","on":"2026-01-31","filing":"303","from":"2026-01-01","through":"2026-01-31"}"#,
    ]
    for line in lines { try books.record(try Proposal(json: Array(line.utf8))) }
    return books
  }

  private func differences(_ records: [Recorded]) throws -> [String: String] {
    var found: [String: String] = [:]
    for row in try Checks.table(MemoryLook(records)).texts where row["difference"] != "0.00" {
      found[row["check"] ?? ""] = row["difference"]
    }
    return found
  }

  private func following(_ records: [Recorded], _ event: some Event) throws -> Recorded {
    var fault = Recorded()
    fault.position = Position(records.count + 1)
    fault.at = Instant(microseconds: (records.last?.at.microseconds ?? 0) + 1)
    fault.on = "2026-01-31"
    fault.kind = type(of: event).kind.number
    fault.body = try BinaryWriter.bytes(of: event)
    return fault
  }

  @Test func `nothing is wrong before`() throws {
    #expect(try differences(books().records).isEmpty)
  }

  @Test func `hours that did not move are found`() throws {
    let books = try books()
    var time = TimeRecorded()
    time.employee = "E-1"
    time.minutes = 30
    // On a day of no payslip, so that no cost is shared anew.
    var fault = try following(books.records, time)
    fault.on = "2026-02-02"
    fault.mentions = [try #require(try books.id(.employee, "E-1"))]
    #expect(
      try differences(books.records + [fault]) == [
        "minutes by project and task = account 9400": "30.00"
      ])
  }

  @Test func `a payslip of nobody, whose cost no hour bears, is found`() throws {
    let books = try books()
    var slip = Payslip()
    slip.employee = "E-9"
    slip.gross = "1.00"
    var run = PayrollRun()
    run.run = "02"
    run.from = "2026-01-01"
    run.through = "2026-01-31"
    run.payslips = [slip]
    var fault = try following(books.records, run)
    let (id, nobody) = (NameID(.payrollRun, 2), NameID(.employee, 9))
    fault.introduced = [Introduced(id: id, code: "02")]
    fault.mentions = [id, nobody]
    fault.moves = [
      Move(
        amount: 100, value: 100, commodity: NameID(.currency, 1),
        from: Place(try #require(try books.id(.account, "2400")), nobody),
        to: Place(try #require(try books.id(.account, "6000")), nobody), on: "2026-01-31")
    ]
    #expect(
      try differences(books.records + [fault]) == [
        "cost of hours and of time not recorded = payslips": "-1.00"
      ])
  }

  @Test func `goods that leave without their lot are found`() throws {
    let books = try books()
    var fault = try following(books.records, StockScrapped())
    let warehouse = try #require(try books.id(.warehouse, "MAD"))
    let product = try #require(try books.id(.product, "MILK"))
    fault.mentions = [warehouse, product]
    fault.moves = [
      Move(
        amount: 2, value: 0, commodity: product,
        from: Place(try #require(try books.id(.account, "1200")), warehouse),
        to: Place(try #require(try books.id(.account, "5300"))), on: "2026-01-31")
    ]
    #expect(
      try differences(books.records + [fault]) == [
        "products whose lots do not add up = none": "1.00"
      ])
  }

  @Test func `a filing that declares what it does not settle is found`() throws {
    let books = try books()
    var line = TaxFiledLine()
    line.tax = "IVA21"
    line.collected = "2.00"
    var filing = TaxFiled()
    filing.filing = "again"
    filing.lines = [line]
    var fault = try following(books.records, filing)
    let id = NameID(.filing, 2)
    fault.introduced = [Introduced(id: id, code: "again")]
    fault.mentions = [id]
    #expect(
      try differences(books.records + [fault]) == [
        "taxes filed = what the filings declare": "-2.00"
      ])
  }

  @Test func `every check of every story has a test that makes it fail`() throws {
    var tests = ""
    for (file, source) in try Repository.sources("Tests/ReportsTests")
    where file.hasSuffix("ChecksTests.swift") { tests += source }
    var names: Set<String> = []
    for (story, chart) in [
      ("almacenes", "generic"), ("cobros", "pgc"), ("cierre", "generic"), ("personas", "generic"),
    ] {
      let books = try MemoryBooks(chart: chart, on: "2026-01-01")
      for proposal in try Story(story).proposals() { try books.record(proposal) }
      for row in try Checks.table(MemoryLook(books.records)).texts {
        // "stock = account 1200" and "stock = account 1250" are one check.
        names.insert(String((row["check"] ?? "").prefix { !$0.isNumber }))
      }
    }
    #expect(names.count > 25)
    for name in names { #expect(tests.contains("\"\(name)"), "\(name) has never failed") }
  }
}
