// Why: whom to call first is decided by these marks and days; each of them was once wrong for somebody. Figures by hand.

internal import Ledger
internal import Reports
internal import Support
internal import Testing
internal import Wire

@Suite struct `Who bought, and when` {
  private func registered(_ customers: ClosedRange<Int>) -> [String] {
    customers.map {
      #"{"event":"customer.registered","on":"2026-01-01","customer":"K\#($0)","name":"K\#($0)","segment":"shops"}"#
    }
  }

  private func invoice(_ code: String, _ customer: String, on day: String, _ price: Int) -> String {
    #"{"event":"invoice.issued","on":"\#(day)","invoice":"\#(code)","customer":"\#(customer)","lines":[{"text":"x","quantity":"1","price":"\#(price)"}]}"#
  }

  @Test
  func `calls of January that are written down in March do not hide the invoice of March`()
    throws
  {
    let calls = (5...24).map {
      #"{"event":"interaction.logged","on":"2026-01-\#($0 < 10 ? "0" : "")\#($0)","customer":"K1","channel":"phone","text":"call \#($0)"}"#
    }
    let told = try Told(registered(1...1) + [invoice("F1", "K1", on: "2026-03-05", 10)] + calls)
    let row = try told.table(Customers.self, asOf: "2026-03-31").texts[0]
    #expect(row["last"] == "2026-03-05")
    #expect(row["recency"] == "26")
    // As of January, the last call.
    let january = try told.table(Customers.self, asOf: "2026-01-31").texts[0]
    #expect(january["last"] == "2026-01-24")
    #expect(january["recency"] == "7")
  }

  @Test func `a voided invoice is no purchase, and shifts nobody's marks`() throws {
    // K1 300 on 03-10 and K2 100 on 02-10, K3 200 on 01-10, K4 400 on 03-20; K5 only F5, of 03-30, voided on 03-31.
    let told = try Told(
      registered(1...5) + [
        invoice("F1", "K1", on: "2026-03-10", 300), invoice("F2", "K2", on: "2026-02-10", 100),
        invoice("F3", "K3", on: "2026-01-10", 200), invoice("F4", "K4", on: "2026-03-20", 400),
        invoice("F5", "K5", on: "2026-03-30", 500),
        #"{"event":"invoice.voided","on":"2026-03-31","invoice":"F5","reason":"wrong customer"}"#,
      ])
    let rows = try told.table(CustomerValue.self, asOf: "2026-03-31").texts
    #expect(rows.map { $0["customer"] } == ["K4", "K1", "K2", "K3"])
    // Four bought. K1: two bought less lately, two for less: 1 + ⌊5·2/4⌋ = 3.
    #expect(rows[1]["r"] == "3" && rows[1]["m"] == "3")
    #expect(rows[0]["r"] == "4" && rows[0]["m"] == "4")
    let segment = try told.table(Segments.self, asOf: "2026-03-31").texts[0]
    #expect(segment["customers"] == "5" && segment["buyers"] == "4")
    #expect(segment["invoices"] == "4" && segment["perInvoice"] == "250.00")
    // The day before, it stood.
    let before = try told.table(Segments.self, asOf: "2026-03-30").texts[0]
    #expect(before["buyers"] == "5" && before["invoices"] == "5")
    // In a window that begins with it, neither it nor what was before counts.
    #expect(
      try told.table(CustomerValue.self, from: "2026-03-15", asOf: "2026-03-31").texts.map {
        $0["customer"]
      } == ["K4"])
  }

  @Test func `the only customer, who bought today, is not called lost`() throws {
    let told = try Told(
      registered(1...1) + (1...10).map { invoice("F\($0)", "K1", on: "2026-03-31", 10) })
    let table = try told.table(CustomerValue.self, asOf: "2026-03-31")
    #expect(table.texts[0]["group"] == "")
    #expect(table.notes.contains { $0.contains("at least 5 customers bought") })
  }

  @Test func `among five, groups are named`() throws {
    let told = try Told(
      registered(1...5)
        + (1...5).map { invoice("F\($0)", "K\($0)", on: "2026-03-0\($0)", 100 * $0) })
    let rows = try told.table(CustomerValue.self, asOf: "2026-03-31").texts
    // K5: R 1 + ⌊5·4/5⌋ = 5; F 1, for nobody has fewer; M 5. K3: R 1 + ⌊5·2/5⌋ = 3. K1: 1, 1, 1.
    #expect(rows[0]["r"] == "5" && rows[0]["f"] == "1" && rows[0]["m"] == "5")
    #expect(rows.map { $0["customer"] } == ["K5", "K4", "K3", "K2", "K1"])
    #expect(rows.map { $0["group"] } == ["new", "new", "regular", "lost", "lost"])
  }

  @Test func `an invoice that was recorded late does not become the last one`() throws {
    let late = (1...20).map { invoice("L\($0)", "K1", on: "2026-01-15", 10) }
    let told = try Told(registered(1...1) + [invoice("F1", "K1", on: "2026-03-05", 10)] + late)
    let row = try told.table(CustomerValue.self, asOf: "2026-03-31").texts[0]
    #expect(row["last"] == "2026-03-05" && row["frequency"] == "21")
  }

  @Test func `what a late receipt changes is the customer's in every report`() throws {
    let told = try Told(
      registered(1...2) + [
        #"{"event":"warehouse.opened","on":"2026-01-01","warehouse":"N","name":"North"}"#,
        #"{"event":"product.registered","on":"2026-01-01","product":"A","name":"A","unit":"piece","decimals":0,"costing":"fifo"}"#,
        #"{"event":"supplier.registered","on":"2026-01-01","supplier":"SU","name":"Supply"}"#,
        #"{"event":"purchase.ordered","on":"2026-01-02","purchase":"P1","supplier":"SU","currency":"EUR","lines":[{"product":"A","quantity":"2","price":"10"}]}"#,
        #"{"event":"goods.received","on":"2026-01-04","receipt":"G1","purchase":"P1","warehouse":"N","lines":[{"product":"A","quantity":"2"}]}"#,
        #"{"event":"order.placed","on":"2026-01-05","order":"O1","customer":"K1","currency":"EUR","lines":[{"product":"A","quantity":"2","price":"30"}]}"#,
        #"{"event":"order.shipped","on":"2026-01-06","shipment":"S1","order":"O1","warehouse":"N","lines":[{"product":"A","quantity":"2"}]}"#,
        #"{"event":"invoice.issued","on":"2026-01-06","invoice":"F1","order":"O1"}"#,
        #"{"event":"purchase.ordered","on":"2026-01-02","purchase":"P2","supplier":"SU","currency":"EUR","lines":[{"product":"A","quantity":"2","price":"7"}]}"#,
        #"{"event":"goods.received","on":"2026-01-03","receipt":"G2","purchase":"P2","warehouse":"N","lines":[{"product":"A","quantity":"2"}]}"#,
      ])
    // Two for 60 that first cost 20; the two that came a day earlier cost 14: 46 are left.
    #expect(
      try told.table(CustomerValue.self, asOf: "2026-01-31").texts[0]["lifetimeValue"] == "46.00")
    #expect(try told.table(Customers.self, asOf: "2026-01-31").texts[0]["lifetimeValue"] == "46.00")
    #expect(
      try told.table(Sales.self, by: "customer", asOf: "2026-01-31").texts[0]["margin"] == "46.00")
  }

  @Test func `a customer is of the segment of the day, whatever was revised since`() throws {
    // K1 is of the shops until 9 February and a builder from the 10th; a change of 20 January, written down last, does not
    // undo that of February.
    let revised = [("02-10", "builders"), ("01-20", "galleries")].map {
      #"{"event":"customer.revised","on":"2026-\#($0)","customer":"K1","segment":"\#($1)"}"#
    }
    let told = try Told(
      registered(1...1) + [invoice("F1", "K1", on: "2026-01-10", 300)] + revised)
    for (day, segment) in [
      ("2026-01-19", "shops"), ("2026-02-09", "galleries"), ("2026-02-10", "builders"),
    ] as [(Day, String)] {
      #expect(try told.table(Segments.self, asOf: day).texts.map { $0["segment"] } == [segment])
      #expect(
        try told.table(Sales.self, by: "segment", asOf: day).texts.map { $0["group"] } == [segment])
      #expect(try told.table(Customers.self, asOf: day).texts[0]["segment"] == segment)
    }
  }
}
