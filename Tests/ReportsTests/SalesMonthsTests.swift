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
}
