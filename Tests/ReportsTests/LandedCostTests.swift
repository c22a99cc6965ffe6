// Why: what goods cost that were sold already may become known later. Whoever asks what a product leaves must see it there, and
// every report must come to the cost of sales of the income statement. Figures by hand.

internal import Ledger
internal import Reports
internal import Support
internal import Testing
internal import Wire

@Suite struct `Cost of goods that were sold before it was known` {
  /// Four A at 10; CA (retail, north) buys two and CB (trade, south) one at 30; then a lorry of 8 is landed on the four.
  private func told() throws -> Told {
    func sale(_ n: Int, _ customer: String, _ pieces: Int) -> [String] {
      [
        #"{"event":"order.placed","on":"2026-02-03","order":"O\#(n)","customer":"\#(customer)","currency":"EUR","lines":[{"product":"A","quantity":"\#(pieces)","price":"30"}]}"#,
        #"{"event":"order.shipped","on":"2026-02-05","shipment":"S\#(n)","order":"O\#(n)","warehouse":"N","lines":[{"product":"A","quantity":"\#(pieces)"}]}"#,
        #"{"event":"invoice.issued","on":"2026-02-05","invoice":"F\#(n)","order":"O\#(n)"}"#,
      ]
    }
    return try Told(
      [
        #"{"event":"warehouse.opened","on":"2026-01-01","warehouse":"N","name":"North"}"#,
        #"{"event":"product.registered","on":"2026-01-01","product":"A","name":"A","unit":"piece","decimals":0,"costing":"fifo"}"#,
        #"{"event":"supplier.registered","on":"2026-01-01","supplier":"SU","name":"Supply"}"#,
        #"{"event":"customer.registered","on":"2026-01-01","customer":"CA","name":"Alpha","segment":"retail","region":"North"}"#,
        #"{"event":"customer.registered","on":"2026-01-01","customer":"CB","name":"Beta","segment":"trade","region":"South"}"#,
        #"{"event":"purchase.ordered","on":"2026-02-01","purchase":"P1","supplier":"SU","currency":"EUR","lines":[{"product":"A","quantity":"4","price":"10"}]}"#,
        #"{"event":"goods.received","on":"2026-02-02","receipt":"G1","purchase":"P1","warehouse":"N","lines":[{"product":"A","quantity":"4"}]}"#,
      ] + sale(1, "CA", 2) + sale(2, "CB", 1) + [
        #"{"event":"bill.received","on":"2026-02-06","bill":"FR","supplier":"SU","currency":"EUR","lines":[{"account":"6290","text":"lorry","quantity":"1","price":"8"}]}"#,
        #"{"event":"cost.landed","on":"2026-02-10","landing":"LQ","receipts":["G1"],"amount":"8","account":"6290","share":"quantity"}"#,
      ])
  }

  /// One column of a report by its rows, and its total.
  private func column(
    _ name: String, _ report: any Report.Type, by grouping: String? = nil, key: String = "group"
  ) throws -> [String: String] {
    let table = try told().table(
      report, by: grouping, from: "2026-02-01", asOf: "2026-02-28")
    var column = ["Total": table.sums[name] ?? "none"]
    for row in table.texts { column[row[key] ?? ""] = row[name] }
    return column
  }

  @Test func `it belongs to the product`() throws {
    // Three of four are sold: 30 and 3/4 of 8 are 36. Sales are 90.
    #expect(try column("cost", Sales.self, by: "product") == ["A": "36.00", "Total": "36.00"])
    #expect(try column("margin", Sales.self, by: "product") == ["A": "54.00", "Total": "54.00"])
    #expect(
      try column("goods", CostBenefit.self, by: "product") == ["A": "36.00", "Total": "36.00"])
    #expect(
      try column("costOfSales", ProductFlow.self, key: "product") == [
        "A": "36.00", "Total": "36.00",
      ])
    let sales = try told().table(Sales.self, by: "product", asOf: "2026-02-28")
    #expect(!sales.notes.contains { $0.contains("Worst") })
    // Who asks why is led to it.
    let why = try Sales.explanation(of: ["A"], MemoryLook(told().books.records))
    #expect(why.texts.contains { $0["document"] == "LQ" })
  }

  @Test func `it belongs to no customer, and every report has it in its total`()
    throws
  {
    // Two at 10 and one at 10 are the orders'; 6 is nobody's.
    let byCustomer = ["CA": "20.00", "CB": "10.00", "—": "6.00", "Total": "36.00"]
    #expect(try column("cost", Sales.self, by: "customer") == byCustomer)
    #expect(try column("goods", CostBenefit.self, by: "customer") == byCustomer)
    let bySegment = ["retail": "20.00", "trade": "10.00", "—": "6.00", "Total": "36.00"]
    #expect(try column("cost", Sales.self, by: "segment") == bySegment)
    #expect(try column("cost", Segments.self, key: "segment") == bySegment)
    #expect(
      try column("cost", Sales.self, by: "region") == [
        "North": "20.00", "South": "10.00", "—": "6.00", "Total": "36.00",
      ])
    #expect(
      try column("cost", Sales.self, by: "month") == ["2026-02": "36.00", "Total": "36.00"])
    let statement = try told().table(IncomeStatement.self, asOf: "2026-02-28")
    #expect(
      statement.texts.filter { $0["section"] == "costOfSales" }.map { $0["amount"] } == ["-36.00"])
  }

  @Test func `what is booked by hand as cost of sales is nobody's, and in every total`() throws {
    let told = try Told([
      #"{"event":"journal.posted","on":"2026-02-12","entry":"J1","text":"shrinkage","lines":[{"account":"5000","debit":"7.50"},{"account":"1000","credit":"7.50"}]}"#
    ])
    for (report, name) in [
      (Sales.self, "cost"), (CostBenefit.self, "goods"), (Segments.self, "cost"),
      (ProductFlow.self, "costOfSales"),
    ] as [(any Report.Type, String)] {
      let table = try told.table(report, asOf: "2026-02-28")
      #expect(table.texts.map { $0[name] } == ["7.50"], "\(report.name)")
      #expect(table.sums[name] == "7.50", "\(report.name)")
    }
  }
}
