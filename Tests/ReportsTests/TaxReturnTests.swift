// Why: a tax return that calls a tax by another's name is filed wrong.

internal import Ledger
internal import Reports
internal import Support
internal import Testing
internal import Wire

@Suite struct `The tax return` {
  @Test func `a tax keeps its name when a surcharge comes besides it`() throws {
    let told = try Told([
      #"{"event":"tax.defined","on":"2026-01-01","tax":"V21","name":"IVA 21","rate":"21","kind":"collected"}"#,
      #"{"event":"tax.defined","on":"2026-01-01","tax":"RE52","name":"Recargo 5.2","rate":"5.2","kind":"surcharge","besides":"V21"}"#,
      #"{"event":"customer.registered","on":"2026-01-01","customer":"C-1","name":"Sol"}"#,
      #"{"event":"customer.registered","on":"2026-01-01","customer":"C-2","name":"Mar","surcharge":true}"#,
      #"{"event":"invoice.issued","on":"2026-01-10","invoice":"F-1","customer":"C-1","lines":[{"text":"a","quantity":"1","price":"100","tax":"V21"}]}"#,
      #"{"event":"invoice.issued","on":"2026-01-11","invoice":"F-2","customer":"C-2","lines":[{"text":"a","quantity":"1","price":"100","tax":"V21"}]}"#,
    ])
    let rows = try told.table(TaxReturn.self, asOf: "2026-01-31").texts
    #expect(rows.map { $0["tax"] } == ["RE52", "V21"])
    #expect(rows.map { $0["name"] } == ["Recargo 5.2", "IVA 21"])
    #expect(rows.map { $0["kind"] } == ["surcharge", "collected"])
    #expect(rows.map { $0["taxAmount"] } == ["5.20", "42.00"])
  }

  @Test func `behind a tax stand its base and its tax, apart, and the tax adds up`() throws {
    // 100.00 and 21.00; 50.00 and 10.50 of it are credited: 10.50 are owed.
    let told = try Told([
      #"{"event":"tax.defined","on":"2026-01-01","tax":"V21","name":"VAT","rate":"21","kind":"collected"}"#,
      #"{"event":"customer.registered","on":"2026-01-01","customer":"K1","name":"K1"}"#,
      #"{"event":"invoice.issued","on":"2026-01-10","invoice":"F1","customer":"K1","lines":[{"text":"x","quantity":"2","price":"50","tax":"V21"}]}"#,
      #"{"event":"invoice.corrected","on":"2026-01-20","correction":"A1","invoice":"F1","lines":[{"text":"x","quantity":"1"}]}"#,
    ])
    let look = MemoryLook(told.books.records, asOf: "2026-01-31")
    let found = try TaxReturn.explanation(of: ["V21"], look)
    #expect(found.texts.map { $0["value"] } == ["-21.00", "100.00", "10.50", "-50.00"])
    #expect(found.texts.map { $0["text"] } == ["", "Tax bases", "", "Tax bases"])
    #expect(found.sums["value"] == "-10.50")
  }
}
