// Why: a statement of account is compared line by line with the other side's books; what is missing there, or comes as one sum where two
// things happened, is asked about by telephone. Figures by hand.

internal import Ledger
internal import Reports
internal import Support
internal import Testing
internal import Wire

@Suite struct `Statements of account` {
  private static let people = [
    #"{"event":"tax.defined","on":"2026-01-01","tax":"V21","name":"IVA","rate":"21","kind":"collected"}"#,
    #"{"event":"tax.defined","on":"2026-01-01","tax":"D21","name":"IVA","rate":"21","kind":"deductible"}"#,
    #"{"event":"customer.registered","on":"2026-01-01","customer":"CA","name":"Alpha"}"#,
    #"{"event":"supplier.registered","on":"2026-01-01","supplier":"SU","name":"Supply"}"#,
  ]

  private func lines(_ table: Table) -> [[String]] {
    table.texts.map { row in
      ["on", "event", "document", "amount", "balance", "advance"].map { row[$0] ?? "?" }
    }
  }

  @Test func `a credit note on a paid invoice, and its refund, are lines`() throws {
    let told = try Told(
      Self.people + [
        #"{"event":"invoice.issued","on":"2026-02-01","invoice":"I1","customer":"CA","lines":[{"text":"x","quantity":"2","price":"50","tax":"V21"}]}"#,
        #"{"event":"payment.received","on":"2026-02-02","payment":"R1","customer":"CA","account":"1000","currency":"EUR","amount":"121","allocations":[{"invoice":"I1","amount":"121"}]}"#,
        #"{"event":"invoice.corrected","on":"2026-02-03","correction":"A1","invoice":"I1"}"#,
        #"{"event":"invoice.issued","on":"2026-02-04","invoice":"I2","customer":"CA","lines":[{"text":"x","quantity":"1","price":"50","tax":"V21"}]}"#,
        #"{"event":"payment.allocated","on":"2026-02-05","payment":"A1","allocations":[{"invoice":"I2","amount":"60.50"}]}"#,
        #"{"event":"payment.refunded","on":"2026-02-06","payment":"RF","customer":"CA","account":"1000","currency":"EUR","amount":"60.50","allocations":[{"correction":"A1","amount":"60.50"}]}"#,
      ])
    // 121 is credited; half of it pays I2, half is paid back.
    let all = try told.table(Statement.self, "CA", asOf: "2026-02-28")
    #expect(
      lines(all) == [
        ["2026-02-01", "invoice.issued", "I1", "121.00", "121.00", ""],
        ["2026-02-02", "payment.received", "R1", "-121.00", "0.00", ""],
        ["2026-02-03", "invoice.corrected", "A1", "0.00", "0.00", "-121.00"],
        ["2026-02-04", "invoice.issued", "I2", "60.50", "60.50", ""],
        ["2026-02-05", "payment.allocated", "A1", "-60.50", "0.00", "60.50"],
        ["2026-02-06", "payment.refunded", "RF", "0.00", "0.00", "60.50"],
      ])
    #expect(all.sums["balance"] == "0.00" && all.sums["advance"] == "0.00")
    #expect(!all.notes.contains { $0.contains("not allocated") })
    // From the fourth on, what went before is one line.
    let later = try told.table(Statement.self, "CA", from: "2026-02-04", asOf: "2026-02-04")
    #expect(later.rows[0].cells.last?.plain == "-121.00")
    #expect(later.sums["balance"] == "60.50" && later.sums["advance"] == "-121.00")
    #expect(later.notes.contains("Payments and credit notes not allocated: 121.00."))
  }

  @Test func `what a supplier credits of a paid bill is a line`() throws {
    let told = try Told(
      Self.people + [
        #"{"event":"bill.received","on":"2026-01-05","bill":"B1","supplier":"SU","currency":"EUR","lines":[{"account":"6230","text":"x","quantity":"2","price":"50","tax":"D21"}]}"#,
        #"{"event":"payment.sent","on":"2026-01-06","payment":"P1","supplier":"SU","account":"1000","currency":"EUR","amount":"121","allocations":[{"bill":"B1","amount":"121"}]}"#,
        #"{"event":"bill.corrected","on":"2026-01-10","correction":"C1","bill":"B1","lines":[{"account":"6230","text":"x","quantity":"1","price":"50","tax":"D21"}]}"#,
      ])
    let table = try told.table(Statement.self, "SU", asOf: "2026-01-31")
    #expect(lines(table).last == ["2026-01-10", "bill.corrected", "C1", "0.00", "0.00", "-60.50"])
    #expect(table.notes.contains("Payments and credit notes not allocated: 60.50."))
  }

  @Test func `what was let off for early payment was not paid`() throws {
    // 1,210.00 with 2 % off: 24.20 are let off, 1,185.80 come; then the bank takes them back.
    let told = try Told(
      Self.people + [
        #"{"event":"invoice.issued","on":"2026-01-10","invoice":"I1","customer":"CA","earlyDiscount":"2","earlyDue":"2026-01-20","lines":[{"text":"x","quantity":"1","price":"1000","tax":"V21"}]}"#,
        #"{"event":"payment.received","on":"2026-01-15","payment":"P1","customer":"CA","account":"1000","currency":"EUR","amount":"1185.80","allocations":[{"invoice":"I1","amount":"1185.80","discount":"24.20"}]}"#,
        #"{"event":"payment.returned","on":"2026-01-25","payment":"P1R","returns":"P1"}"#,
      ])
    #expect(
      lines(try told.table(Statement.self, "CA", asOf: "2026-01-31")) == [
        ["2026-01-10", "invoice.issued", "I1", "1210.00", "1210.00", ""],
        ["2026-01-15", "payment.received", "P1", "-1185.80", "24.20", ""],
        ["2026-01-15", "early discount", "P1", "-24.20", "0.00", ""],
        ["2026-01-25", "payment.returned", "P1R", "1185.80", "1185.80", ""],
        ["2026-01-25", "early discount", "P1R", "24.20", "1210.00", ""],
      ])
  }

  @Test func `a prepayment that was invoiced and not paid is no advance`() throws {
    let told = try Told(
      Self.people + [
        #"{"event":"product.registered","on":"2026-01-01","product":"A","name":"A","unit":"piece","decimals":0,"costing":"fifo","tax":"V21"}"#,
        #"{"event":"order.placed","on":"2026-01-05","order":"O1","customer":"CA","currency":"EUR","lines":[{"product":"A","quantity":"10","price":"100"}]}"#,
        #"{"event":"invoice.issued","on":"2026-01-10","invoice":"I1","order":"O1","due":"2026-02-09","prepayment":true,"lines":[{"text":"half in advance","quantity":"1","price":"500","tax":"V21"}]}"#,
        #"{"event":"payment.received","on":"2026-01-15","payment":"P1","customer":"CA","account":"1000","currency":"EUR","amount":"30"}"#,
      ])
    // 500 and 21 % are owed; 30 came for nothing in particular.
    let open = try told.table(Receivables.self, asOf: "2026-01-31")
    #expect(open.sums["open"] == "605.00")
    #expect(
      open.notes.contains("Payments and credit notes that settle none of it yet: 30.00 EUR."))
    #expect(open.notes.contains("Invoiced in advance, to be taken off later invoices: 500.00 EUR."))
    let table = try told.table(Statement.self, "CA", asOf: "2026-01-31")
    #expect(
      lines(table) == [
        ["2026-01-10", "invoice.issued", "I1", "605.00", "605.00", ""],
        ["2026-01-15", "payment.received", "P1", "0.00", "605.00", "-30.00"],
      ])
    #expect(table.notes.contains("Payments and credit notes not allocated: 30.00."))
  }
}
