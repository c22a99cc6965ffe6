// Why: books are often opened long after the first sale that is recorded in them; its month is its own.

internal import Events
internal import Ledger
internal import Reports
internal import Support
internal import Testing
internal import Wire

@Suite struct `Sales by month` {
  @Test func `a sale of before the books were opened stands in its own month`() throws {
    let books = try MemoryBooks(chart: "generic", on: "2026-03-15")
    let lines = [
      #"{"event":"customer.registered","on":"2026-01-01","customer":"C-1","name":"Sol"}"#,
      #"{"event":"invoice.issued","on":"2026-01-10","invoice":"F-1","customer":"C-1","lines":[{"text":"a","quantity":"1","price":"40.00"}]}"#,
      #"{"event":"invoice.issued","on":"2026-03-20","invoice":"F-2","customer":"C-1","lines":[{"text":"a","quantity":"1","price":"2.00"}]}"#,
    ]
    for line in lines { try books.record(try Proposal(json: Array(line.utf8))) }
    var request = ReportRequest()
    request.by = "month"
    let table = try Sales.table(MemoryLook(books.records, asOf: "2026-03-31"), request)
    #expect(table.texts.map { $0["group"] } == ["2026-01", "2026-02", "2026-03"])
    #expect(table.texts.map { $0["sales"] } == ["40.00", "0.00", "2.00"])
  }

  @Test func `three months are not compared with the two before the last`() throws {
    let invoices = [("2026-01-10", 100), ("2026-02-10", 80), ("2026-03-10", 500)].map {
      #"{"event":"invoice.issued","on":"\#($0.0)","invoice":"F-\#($0.1)","customer":"C-1","lines":[{"text":"a","quantity":"1","price":"\#($0.1)"}]}"#
    }
    let told = try Told(
      [#"{"event":"customer.registered","on":"2026-01-01","customer":"C-1","name":"Sol"}"#]
        + invoices)
    let table = try told.table(Sales.self, by: "month", asOf: "2026-03-31")
    // 80 of 100 is 20 % less; 500 of 80 is 525 % more. The total, 680, has nothing before it.
    #expect(table.texts.map { $0["growth"] } == ["", "-20.0", "525.0"])
    #expect(table.sums["sales"] == "680.00")
    #expect(table.sums["previous"] == "" && table.sums["growth"] == "")
    // What has a period before it as a whole is compared as a whole: March with February.
    let march = try told.table(Sales.self, by: "customer", from: "2026-03-01", asOf: "2026-03-31")
    #expect(march.sums["previous"] == "80.00" && march.sums["growth"] == "525.0")
  }
}
