// Invoices and credit notes, worked by hand.

import Events
import Ledger
import Testing
import Wire

@Suite struct `Invoices` {
  /// 400 screws at 0.25 less 10 %, shipped.
  let shipped =
    shop + bought("PO-1", "TORN", "1000", at: "0.10", on: "2026-01-08") + [
      "{'event':'order.placed','on':'2026-01-12','order':'SO-1','customer':'C-17','currency':'EUR','lines':[{'product':'TORN','quantity':'400','price':'0.25','discount':'10','tax':'IVA21'}]}",
      "{'event':'order.shipped','on':'2026-01-13','shipment':'SH-1','order':'SO-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'300'}]}",
    ]
  let whole =
    "{'event':'invoice.issued','on':'2026-01-15','invoice':'F-1','series':'F','order':'SO-1'}"

  @Test func `an order's invoice bills what is shipped and not billed, and is stored complete`()
    throws
  {
    // 300 × 0.25 × 0.9 = 67.50; 21 % = 14.175 → 14.18.
    let outcome = try Given(shipped).when(whole)
    try outcome.then(
      "67.50 EUR = 67.50: 4000/TORN > 1100/F-1",
      "14.18 EUR = 14.18: 2200/IVA21 > 1100/F-1",
      "67.50 EUR = 67.50: 9200 > 9200/IVA21"
    ).mentions("F-1", "SO-1", "C-17", "TORN", "IVA21", "F")
    let stored = try outcome.stored(InvoiceIssued.self)
    #expect(stored.customer == "C-17" && stored.currency == "EUR")
    #expect(stored.due == "2026-02-14")  // 30 days
    #expect(stored.lines.count == 1)
    #expect(stored.lines[0].quantity == "300" && stored.lines[0].price == "0.25")
    #expect(stored.lines[0].discount == "10" && stored.lines[0].tax == "IVA21")
  }

  @Test func `before anything is shipped, all of the order is billed`() throws {
    // 400 × 0.25 = 100.00; 21.00.
    try Given(shop + [sold("SO-1", "TORN", "400", at: "0.25", on: "2026-01-12")[0]]).when(whole)
      .then(
        "100.00 EUR = 100.00: 4000/TORN > 1100/F-1",
        "21.00 EUR = 21.00: 2200/IVA21 > 1100/F-1",
        "100.00 EUR = 100.00: 9200 > 9200/IVA21")
  }

  @Test func `what came back is not billed, and what is billed is not billed twice`() throws {
    let given = try Given(
      shipped + [
        "{'event':'order.returned','on':'2026-01-14','return':'R-1','shipment':'SH-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'100'}]}",
        whole,
      ])
    #expect(try given.value("4000") == "-45.00")  // 200 × 0.225
    try given.when(
      "{'event':'invoice.issued','on':'2026-01-15','invoice':'F-2','series':'F','order':'SO-1'}"
    ).refused("invoice.nothing")
    // 400 ordered, 100 back, 200 billed: 100 may be billed ahead, not 101.
    let ahead = { (quantity: Int) in
      "{'event':'invoice.issued','on':'2026-01-15','invoice':'F-2','series':'F','order':'SO-1','lines':[{'product':'TORN','quantity':'\(quantity)'}]}"
    }
    try given.when(ahead(101)).refused("invoice.exceeded")
    try given.and([ahead(100)])
  }

  @Test func `tax is rounded once for each tax code on the summed base`() throws {
    // 3 × 0.33: line by line 21 % of 0.33 is 0.07 each, 0.21; on 0.99 it is 0.2079 → 0.21. With 0.35: 0.07 × 3 =
    // 0.21 line by line, but 1.05 × 21 % = 0.2205 → 0.22. At 10 %: 0.05 → 0.005 → 0.01.
    try Given(shop).when(
      """
      {'event':'invoice.issued','on':'2026-01-16','invoice':'1','customer':'C-18','lines':[
      {'text':'a','quantity':'1','price':'0.35','tax':'IVA21'},
      {'text':'b','quantity':'1','price':'0.05','tax':'IVA10'},
      {'text':'c','quantity':'1','price':'0.35','tax':'IVA21'},
      {'text':'d','quantity':'1','price':'0.35','tax':'IVA21'},
      {'text':'e','quantity':'2','price':'7.00','tax':'EXENTO'},
      {'text':'f','quantity':'0.5','price':'1.00'}]}
      """
    ).then(
      "0.35 EUR = 0.35: 4000 > 1100/1", "0.05 EUR = 0.05: 4000 > 1100/1",
      "0.35 EUR = 0.35: 4000 > 1100/1", "0.35 EUR = 0.35: 4000 > 1100/1",
      "14.00 EUR = 14.00: 4000 > 1100/1", "0.50 EUR = 0.50: 4000 > 1100/1",
      "0.22 EUR = 0.22: 2200/IVA21 > 1100/1", "1.05 EUR = 1.05: 9200 > 9200/IVA21",
      "0.01 EUR = 0.01: 2200/IVA10 > 1100/1", "0.05 EUR = 0.05: 9200 > 9200/IVA10",
      "14.00 EUR = 14.00: 9200 > 9200/EXENTO")
  }

  @Test func `a free invoice takes price and tax from the catalogue`() throws {
    // 2.5 m × 3.00 = 7.50; 21 % = 1.575 → 1.58. C-18 has no terms: due on the day.
    let outcome = try Given(shop).when(
      "{'event':'invoice.issued','on':'2026-01-16','invoice':'F-2','customer':'C-18','lines':[{'product':'CABLE','quantity':'2.5'}]}"
    )
    try outcome.then(
      "7.50 EUR = 7.50: 4000/CABLE > 1100/F-2", "1.58 EUR = 1.58: 2200/IVA21 > 1100/F-2",
      "7.50 EUR = 7.50: 9200 > 9200/IVA21")
    #expect(try outcome.stored(InvoiceIssued.self).due == "2026-01-16")
  }

  @Test func `an invoice in dollars is worth what the rate of its day says`() throws {
    // 100.00 USD × 0.92 = 92.00; tax 21.00 USD = 19.32.
    try Given(shop).when(
      "{'event':'invoice.issued','on':'2026-01-16','invoice':'F-2','customer':'C-18','currency':'USD','lines':[{'text':'a','quantity':'1','price':'100','tax':'IVA21'}]}"
    ).then(
      "100.00 USD = 92.00: 4000 > 1100/F-2", "21.00 USD = 19.32: 2200/IVA21 > 1100/F-2",
      "100.00 USD = 92.00: 9200 > 9200/IVA21")
  }

  @Test func `a whole credit note takes all back and is stored with its lines`() throws {
    let given = try Given(shipped + [whole])
    let outcome = try given.when(
      "{'event':'invoice.corrected','on':'2026-02-10','correction':'A-1','series':'A','invoice':'F-1'}"
    )
    try outcome.then(
      "67.50 EUR = 67.50: 1100/F-1 > 4100/TORN",
      "14.18 EUR = 14.18: 1100/F-1 > 2200/IVA21",
      "67.50 EUR = 67.50: 9200/IVA21 > 9200"
    ).mentions("A-1", "F-1", "C-17", "SO-1", "TORN", "IVA21", "A")
    #expect(try outcome.stored(InvoiceCorrected.self).lines.first?.quantity == "300")
    #expect(try given.value("1100/F-1") == "0.00")
    // The order may be billed again.
    try given.and([
      "{'event':'invoice.issued','on':'2026-02-11','invoice':'F-2','series':'F','order':'SO-1'}"
    ])
    try given.check()
  }

  @Test func `credit notes in parts come to the invoice, the last one taking what is left`() throws
  {
    // 3 for 1.00 and 0.21 tax. One: 0.33 and 0.0693 → 21 × 33/100 = 6.93 → 0.07. Two: 0.67 − 0.33 = 0.34, tax
    // 21 × 67/100 = 14.07 → 0.14, less 0.07. Three: 0.33 and 0.21 − 0.14 = 0.07.
    let given = try Given(
      shop + [
        "{'event':'invoice.issued','on':'2026-01-16','invoice':'F-1','customer':'C-18','lines':[{'text':'a','quantity':'3','price':'0.333333','tax':'IVA21'}]}"
      ])
    func credit(_ code: Int) -> String {
      "{'event':'invoice.corrected','on':'2026-01-17','correction':'A-\(code)','invoice':'F-1','lines':[{'text':'a','quantity':'1'}]}"
    }
    try given.when(credit(1)).then(
      "0.33 EUR = 0.33: 1100/F-1 > 4100", "0.07 EUR = 0.07: 1100/F-1 > 2200/IVA21",
      "0.33 EUR = 0.33: 9200/IVA21 > 9200")
    try given.when(credit(2)).then(
      "0.34 EUR = 0.34: 1100/F-1 > 4100", "0.07 EUR = 0.07: 1100/F-1 > 2200/IVA21",
      "0.34 EUR = 0.34: 9200/IVA21 > 9200")
    try given.when(credit(3)).then(
      "0.33 EUR = 0.33: 1100/F-1 > 4100", "0.07 EUR = 0.07: 1100/F-1 > 2200/IVA21",
      "0.33 EUR = 0.33: 9200/IVA21 > 9200")
    try given.when(credit(4)).refused("correction.exceeded")
    try given.check()
  }

  @Test func `what was paid already becomes the customer's credit`() throws {
    // 81.68 billed, 60.00 paid: 21.68 is open. The whole credit: 67.50 of which 21.68 closes the invoice and 45.82 is
    // the customer's; then the tax of 14.18: 60.00 of credit in all.
    let given = try Given(
      shipped + [
        whole,
        "{'event':'payment.received','on':'2026-02-03','payment':'P-1','customer':'C-17','account':'1000','currency':'EUR','amount':'60.00','allocations':[{'invoice':'F-1','amount':'60.00'}]}",
      ])
    try given.when(
      "{'event':'invoice.corrected','on':'2026-02-10','correction':'A-1','invoice':'F-1'}"
    ).then(
      "21.68 EUR = 21.68: 1100/F-1 > 4100/TORN", "45.82 EUR = 45.82: 2100/A-1 > 4100/TORN",
      "14.18 EUR = 14.18: 2100/A-1 > 2200/IVA21", "67.50 EUR = 67.50: 9200/IVA21 > 9200")
    // 50.00 go back by bank, 10.00 settle another invoice.
    try given.when(
      "{'event':'payment.refunded','on':'2026-02-11','payment':'P-2','customer':'C-17','account':'1000','currency':'EUR','amount':'50.00','allocations':[{'correction':'A-1','amount':'50.00'}]}"
    ).then("50.00 EUR = 50.00: 1000 > 2100/A-1").mentions("P-2", "C-17", "1000", "A-1")
    try given.and([
      "{'event':'invoice.issued','on':'2026-02-11','invoice':'F-2','series':'F','customer':'C-17','lines':[{'text':'a','quantity':'1','price':'12.00'}]}"
    ])
    try given.when(
      "{'event':'payment.allocated','on':'2026-02-12','payment':'A-1','allocations':[{'invoice':'F-2','amount':'10.00'}]}"
    ).then("10.00 EUR = 10.00: 1100/F-2 > 2100/A-1").mentions("A-1", "C-17", "F-2")
    #expect(try given.value("2100") == "0.00")
    #expect(try given.value("1100") == "2.00")
    try given.check()
  }

  @Test func `a credit note in dollars closes the invoice at what it is carried at`() throws {
    // 3 × 0.10 USD at 0.92: 0.30 USD = 0.276 → 0.28. Paid 0.10 USD: carried 0.28/3 = 0.0933 → 0.09, so 0.19 for 0.20.
    // Crediting 2 of 3: 0.28 × 2/3 = 0.1867 → 0.19, nothing is left over.
    let given = try Given(
      shop + [
        "{'event':'invoice.issued','on':'2026-01-16','invoice':'F-1','customer':'C-18','currency':'USD','lines':[{'text':'a','quantity':'3','price':'0.10'}]}",
        "{'event':'payment.received','on':'2026-01-17','payment':'P-1','customer':'C-18','account':'1010','currency':'USD','amount':'0.10','allocations':[{'invoice':'F-1','amount':'0.10'}]}",
        "{'event':'invoice.corrected','on':'2026-01-18','correction':'A-1','invoice':'F-1','lines':[{'text':'a','quantity':'2'}]}",
      ])
    #expect(try given.amount("1100/F-1", "USD") == "0.00")
    #expect(try given.value("1100/F-1") == "0.00")
    try given.check()
  }

  @Test(arguments: [
    ("'invoice':'F-3'", "series.gap"), ("'invoice':'F-1'", "invoice.duplicate"),
    ("'invoice':'X-2'", "series.code"), ("'invoice':'F-2','on':'2026-01-15'", "series.backwards"),
  ])
  func `a series has no gaps and never runs backwards`(change: String, refusal: String) throws {
    func line(_ code: String, on: String) -> String {
      "{'event':'invoice.issued',\(code.contains("'on'") ? "" : "'on':'\(on)',")\(code),'series':'F','customer':'C-18','lines':[{'text':'a','quantity':'1','price':'1'}]}"
    }
    let given = try Given(shop + [line("'invoice':'F-1'", on: "2026-01-16")])
    try given.when(line(change, on: "2026-01-16")).refused(refusal)
    try given.and([line("'invoice':'F-2'", on: "2026-01-16")])
  }

  @Test(arguments: [
    ("'terms':14", "2026-01-30"), ("'due':'2026-01-20'", "2026-01-20"),
    ("'instalments':[{'due':'2026-02-15','percent':'50'},{'due':'2026-03-15'}]", "2026-03-15"),
  ])
  func `an invoice is due as it says, else after its terms`(given: String, due: String) throws {
    let stored = try Given(shop).when(
      "{'event':'invoice.issued','on':'2026-01-16','invoice':'F-1','customer':'C-17',\(given),'lines':[{'text':'a','quantity':'1','price':'1'}]}"
    ).stored(InvoiceIssued.self)
    #expect(stored.due == (try Day(due)))
  }

  @Test(arguments: [
    ("{'event':'invoice.issued','on':'2026-01-16','invoice':'F-1','lines':[]}", "invoice.customer"),
    (
      "{'event':'invoice.issued','on':'2026-01-16','invoice':'F-1','customer':'C-17','lines':[]}",
      "lines.empty"
    ),
    (
      "{'event':'invoice.issued','on':'2026-01-16','invoice':'F-1','order':'SO-1','customer':'C-18','lines':[]}",
      "invoice.customer"
    ),
    (
      "{'event':'invoice.issued','on':'2026-01-16','invoice':'F-1','order':'SO-1','currency':'USD','lines':[]}",
      "invoice.currency"
    ),
    (
      "{'event':'invoice.issued','on':'2026-01-16','invoice':'F-1','order':'SO-1','lines':[{'product':'CABLE','quantity':'1'}]}",
      "invoice.exceeded"
    ),
    (
      "{'event':'invoice.issued','on':'2026-01-16','invoice':'F-1','order':'SO-1','lines':[{'product':'TORN','quantity':'401'}]}",
      "invoice.exceeded"
    ),
    (
      "{'event':'invoice.issued','on':'2026-01-16','invoice':'F-1','customer':'C-17','lines':[{'text':'a','quantity':'1'}]}",
      "invoice.line"
    ),
    (
      "{'event':'invoice.issued','on':'2026-01-16','invoice':'F-1','customer':'C-17','lines':[{'text':'a','quantity':'-1','price':'1'}]}",
      "quantity.notPositive"
    ),
    (
      "{'event':'invoice.issued','on':'2026-01-16','invoice':'F-1','customer':'C-17','lines':[{'text':'a','quantity':'1','price':'1'},{'text':'a','quantity':'1','price':'1'}]}",
      "lines.duplicate"
    ),
    (
      "{'event':'invoice.issued','on':'2026-01-16','invoice':'F-1','customer':'C-17','lines':[{'text':'a','quantity':'1','price':'1','tax':'SOP21'}]}",
      "tax.kind"
    ),
    (
      "{'event':'invoice.issued','on':'2026-01-16','invoice':'F-1','customer':'C-17','lines':[{'text':'a','quantity':'1','price':'1','tax':'IRPF15'}]}",
      "tax.kind"
    ),
    (
      "{'event':'invoice.issued','on':'2025-12-31','invoice':'F-1','customer':'C-17','currency':'USD','lines':[{'text':'a','quantity':'1','price':'1'}]}",
      "rate.missing"
    ),
    (
      "{'event':'invoice.issued','on':'2026-01-16','invoice':'F-1','customer':'C-17','currency':'USD','lines':[{'product':'TORN','quantity':'1'}]}",
      "price.missing"
    ),
    (
      "{'event':'invoice.issued','on':'2026-01-16','invoice':'F-1','customer':'C-17','due':'2026-01-15','lines':[{'text':'a','quantity':'1','price':'1'}]}",
      "due.early"
    ),
    (
      "{'event':'invoice.issued','on':'2026-01-16','invoice':'F-1','customer':'C-17','instalments':[{'due':'2026-02-01','percent':'60'},{'due':'2026-03-01','percent':'30'}],'lines':[{'text':'a','quantity':'1','price':'1'}]}",
      "instalments.percent"
    ),
    (
      "{'event':'invoice.corrected','on':'2026-01-16','correction':'A-1','invoice':'F-9'}",
      "invoice.unknown"
    ),
    (
      "{'event':'invoice.corrected','on':'2026-01-12','correction':'A-1','invoice':'F-0'}",
      "correction.early"
    ),
    (
      "{'event':'invoice.corrected','on':'2026-01-16','correction':'A-1','invoice':'F-0','lines':[{'text':'b','quantity':'1'}]}",
      "correction.unknown"
    ),
    (
      "{'event':'invoice.corrected','on':'2026-01-16','correction':'A-1','invoice':'F-0','lines':[{'text':'a','quantity':'3'}]}",
      "correction.exceeded"
    ),
  ])
  func `an invoice or a credit note that cannot be is refused`(line: String, refusal: String) throws
  {
    try Given(
      shipped + [
        "{'event':'invoice.issued','on':'2026-01-13','invoice':'F-0','customer':'C-17','lines':[{'text':'a','quantity':'2','price':'1'}]}"
      ]
    ).when(line).refused(refusal)
  }

  @Test func `a number of a series that has begun is given within it only`() throws {
    func issued(_ code: String, _ series: String? = nil) -> String {
      let series = series.map { ",'series':'\($0)'" } ?? ""
      return
        "{'event':'invoice.issued','on':'2026-01-16','invoice':'\(code)','customer':'C-17'\(series),'lines':[{'text':'a','quantity':'1','price':'1'}]}"
    }
    let given = try Given(shop + [issued("F-1", "F"), issued("2026/0001", "2026")])
    for code in ["F-2", "F3", "2026/0002", "20260009"] {
      try given.when(issued(code)).refused("series.code")
    }
    try given.and([issued("F2-1"), issued("F-1a"), issued("G-2"), issued("F-2", "F")])
  }
}
