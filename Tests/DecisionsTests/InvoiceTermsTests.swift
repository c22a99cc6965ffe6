// What an invoice may say beside its lines, and what takes it back; worked by hand.

import Testing

@Suite struct `Terms of invoices` {
  func issued(
    _ code: String, _ lines: String, _ more: String = "", on: String = "2026-01-10",
    customer: String = "C-18"
  ) -> String {
    "{'event':'invoice.issued','on':'\(on)','invoice':'\(code)','customer':'\(customer)','lines':[\(lines)]\(more)}"
  }
  func line(_ text: String, _ price: String, tax: String? = "IVA21") -> String {
    let tax = tax.map { ",'tax':'\($0)'" } ?? ""
    return "{'text':'\(text)','quantity':'1','price':'\(price)'\(tax)}"
  }
  func credited(_ invoice: String, _ code: String = "A-1", _ lines: String = "") -> String {
    "{'event':'invoice.corrected','on':'2026-02-10','correction':'\(code)','invoice':'\(invoice)','lines':[\(lines)]}"
  }

  @Test func `a discount on the document is shared by the lines, and its cents add up`() throws {
    // 10 % of 15.55 is 1.555 → 1.56. The first line bears 1.56 × 10.00/15.55 = 1.003 → 1.00, the second the rest,
    // 0.56. Tax: 13.99 × 21 % = 2.9379 → 2.94. In cash 16.93 is 16.95.
    let given = try Given(shop)
    try given.when(
      issued(
        "F-1", line("a", "10.00") + "," + line("b", "5.55"),
        ",'discount':'10','cashRounding':'0.05'")
    ).then(
      "9.00 EUR = 9.00: 4000 > 1100/F-1", "4.99 EUR = 4.99: 4000 > 1100/F-1",
      "2.94 EUR = 2.94: 2200/IVA21 > 1100/F-1", "13.99 EUR = 13.99: 9200 > 9200/IVA21",
      "0.02 EUR = 0.02: 6800 > 1100/F-1")
    // Line b alone: 2.94 × 4.99/13.99 = 1.0487 → 1.05; of the rounding 0.007 → 0.01. The rest closes everything.
    try given.when(credited("F-1", "A-1", "{'text':'b','quantity':'1'}")).then(
      "4.99 EUR = 4.99: 1100/F-1 > 4100", "0.01 EUR = 0.01: 1100/F-1 > 6800",
      "1.05 EUR = 1.05: 1100/F-1 > 2200/IVA21", "4.99 EUR = 4.99: 9200/IVA21 > 9200")
    try given.when(credited("F-1", "A-2")).then(
      "9.00 EUR = 9.00: 1100/F-1 > 4100", "0.01 EUR = 0.01: 1100/F-1 > 6800",
      "1.89 EUR = 1.89: 1100/F-1 > 2200/IVA21", "9.00 EUR = 9.00: 9200/IVA21 > 9200")
    for account in ["1100", "2200", "6800"] { #expect(try given.value(account) == "0.00") }
    try given.check()
  }

  @Test func `a rounding down is a cost, and a document's discount has limits`() throws {
    // 10.01 + 2.10 = 12.11 → 12.10.
    try Given(shop).when(issued("F-1", line("a", "10.01"), ",'cashRounding':'0.05'")).then(
      "10.01 EUR = 10.01: 4000 > 1100/F-1", "2.10 EUR = 2.10: 2200/IVA21 > 1100/F-1",
      "10.01 EUR = 10.01: 9200 > 9200/IVA21", "0.01 EUR = 0.01: 1100/F-1 > 6800")
    for more in ["'discount':'-1'", "'discount':'100.01'"] {
      try Given(shop).when(issued("F-1", line("a", "1"), "," + more)).refused("discount.invalid")
    }
    try Given(shop).when(issued("F-1", line("a", "1"), ",'cashRounding':'0'"))
      .refused("amount.notPositive")
  }

  /// 300.00 + 63.00 asked for ahead.
  var prepaid: String { issued("F-1", line("30 % ahead", "300.00"), ",'prepayment':true") }
  var recalling: String {
    issued("F-2", line("work", "1000.00"), ",'recalls':['F-1']", on: "2026-02-01")
  }

  @Test func `a prepayment is owed to the customer until the delivery's invoice recalls it`()
    throws
  {
    let given = try Given(shop)
    try given.when(prepaid).then(
      "300.00 EUR = 300.00: 2100/F-1 > 1100/F-1", "63.00 EUR = 63.00: 2200/IVA21 > 1100/F-1",
      "300.00 EUR = 300.00: 9200 > 9200/IVA21")
    try given.when(recalling).then(
      "1000.00 EUR = 1000.00: 4000 > 1100/F-2", "210.00 EUR = 210.00: 2200/IVA21 > 1100/F-2",
      "1000.00 EUR = 1000.00: 9200 > 9200/IVA21", "300.00 EUR = 300.00: 1100/F-2 > 2100/F-1",
      "63.00 EUR = 63.00: 1100/F-2 > 2200/IVA21", "300.00 EUR = 300.00: 9200/IVA21 > 9200"
    ).mentions("F-2", "C-18", "IVA21", "F-1")
    #expect(try given.value("1100/F-2") == "847.00")
    #expect(try given.value("2200") == "-210.00")
    try given.when(credited("F-1")).refused("prepayment.recalled")
    try given.when(issued("F-3", line("work", "1000.00"), ",'recalls':['F-1']", on: "2026-02-02"))
      .refused("prepayment.recalled")
    // A credit note for all of it: 847.00 were open, the 363.00 paid ahead become the customer's credit.
    try given.and([credited("F-2")])
    #expect(try given.value("1100/F-2") == "0.00")
    #expect(try given.value("2100/A-1") == "-363.00")
    #expect(try given.value("2200") == "0.00")
    try given.check()
  }

  /// 10.05 and 1.005, so 1.01, of tax.
  var ahead: String {
    "{'event':'invoice.issued','on':'2026-01-10','invoice':'F-1','customer':'C-18','lines':[{'text':'ahead','quantity':'1','price':'10.05','tax':'IVA10'}],'prepayment':true}"
  }
  func delivered(_ code: String, _ recall: String) -> String {
    "{'event':'invoice.issued','on':'2026-02-01','invoice':'\(code)','customer':'C-18','lines':[{'text':'work','quantity':'1','price':'50.00','tax':'IVA10'}],\(recall)}"
  }
  func part(_ net: String) -> String { "'recallParts':[{'prepayment':'F-1','net':'\(net)'}]" }

  @Test func `a prepayment is recalled by several invoices, and the last one takes the cent`()
    throws
  {
    // Of 1.01: by 3.35 of 10.05 0.3367 → 0.34, by 6.70 0.6733 → 0.67, so 0.33 more, and 0.34 are left.
    let given = try Given(shop + [ahead])
    try given.when(delivered("F-2", part("3.35"))).then(
      "50.00 EUR = 50.00: 4000 > 1100/F-2", "5.00 EUR = 5.00: 2200/IVA10 > 1100/F-2",
      "50.00 EUR = 50.00: 9200 > 9200/IVA10", "3.35 EUR = 3.35: 1100/F-2 > 2100/F-1",
      "0.34 EUR = 0.34: 1100/F-2 > 2200/IVA10", "3.35 EUR = 3.35: 9200/IVA10 > 9200"
    ).mentions("F-2", "C-18", "IVA10", "F-1")
    #expect(try given.value("2100/F-1") == "-6.70")
    try given.and([delivered("F-3", part("3.35"))])
    #expect(try given.value("1100/F-3") == "51.32")  // 55.00 − 3.35 − 0.33
    try given.when(delivered("F-4", part("3.36"))).refused("prepayment.left")
    try given.when(delivered("F-4", part("0"))).refused("amount.notPositive")
    try given.when(delivered("F-4", part("1") + ",'recalls':['F-1']")).refused("prepayment.unknown")
    // What was recalled in error is there again, with its cents.
    try given.and([
      "{'event':'invoice.voided','on':'2026-02-01','invoice':'F-3','reason':'twice'}"
    ])
    #expect(try given.value("2100/F-1") == "-6.70")
    try given.and([delivered("F-5", part("3.35"))])
    #expect(try given.value("1100/F-5") == "51.32")
    try given.and([delivered("F-6", "'recalls':['F-1']")])
    #expect(try given.value("1100/F-6") == "51.31")  // 55.00 − 3.35 − 0.34
    #expect(try given.value("2100") == "0.00")
    #expect(try given.value("2200") == "-15.00")  // three deliveries of 50.00
    try given.when(delivered("F-7", part("0.01"))).refused("prepayment.recalled")
    try given.check()
  }

  @Test func `what is left of a prepayment is credited whole`() throws {
    let given = try Given(shop + [ahead, delivered("F-2", part("3.35"))])
    try given.when(credited("F-1", "A-1", "{'text':'ahead','quantity':'1'}"))
      .refused("prepayment.lines")
    try given.when(credited("F-1")).then(
      "6.70 EUR = 6.70: 1100/F-1 > 2100/F-1", "0.67 EUR = 0.67: 1100/F-1 > 2200/IVA10",
      "6.70 EUR = 6.70: 9200/IVA10 > 9200")
    #expect(try given.value("2100") == "0.00")
    // What was recalled was asked for, and is not paid.
    #expect(try given.value("1100/F-1") == "3.69")
    try given.check()
  }

  @Test func `a prepayment that comes to nothing is credited or voided like any invoice`() throws {
    let given = try Given(shop + [prepaid])
    try given.when(credited("F-1")).then(
      "300.00 EUR = 300.00: 1100/F-1 > 2100/F-1", "63.00 EUR = 63.00: 1100/F-1 > 2200/IVA21",
      "300.00 EUR = 300.00: 9200/IVA21 > 9200")
    try given.when(recalling).refused("prepayment.recalled")
    let other = try Given(shop + [prepaid, recalling])
    let void = { (code: String) in
      "{'event':'invoice.voided','on':'2026-02-03','invoice':'\(code)','reason':'error'}"
    }
    try other.when(void("F-1")).refused("void.settled")
    try other.and([void("F-2"), void("F-1")])
    for account in ["1100", "2100", "2200", "4000"] {
      #expect(try other.value(account) == "0.00")
    }
  }

  @Test(arguments: [
    ("{'product':'TORN','quantity':'1'}", ",'prepayment':true", "C-18", "prepayment.line"),
    ("", ",'prepayment':true,'recalls':['F-1']", "C-18", "prepayment.line"),
    (
      "{'text':'a','quantity':'1','price':'9'}", ",'prepayment':true,'recalls':['F-1']", "C-18",
      "prepayment.recall"
    ),
    (
      "{'text':'a','quantity':'1','price':'9'}", ",'recalls':['F-1','F-1']", "C-18",
      "prepayment.unknown"
    ),
    ("{'text':'a','quantity':'1','price':'9'}", ",'recalls':['F-0']", "C-18", "prepayment.unknown"),
    ("{'text':'a','quantity':'1','price':'999'}", ",'recalls':['F-1']", "C-17", "prepayment.other"),
    (
      "{'text':'a','quantity':'1','price':'299','tax':'IVA21'}", ",'recalls':['F-1']", "C-18",
      "prepayment.exceeded"
    ),
  ])
  func `a prepayment that cannot be is refused`(
    lines: String, more: String, customer: String, refusal: String
  ) throws {
    try Given(shop + [prepaid, issued("F-0", line("a", "1"))]).when(
      issued("F-2", lines, more, on: "2026-02-01", customer: customer)
    ).refused(refusal)
  }

  /// 121.00, 2 % off until 25 January: 2.42.
  var early: String {
    issued("F-1", line("a", "100.00"), ",'earlyDiscount':'2','earlyDue':'2026-01-25'")
  }
  func paid(_ amount: String, off: String, on: String = "2026-01-20") -> String {
    "{'event':'payment.received','on':'\(on)','payment':'P-1','customer':'C-18','account':'1000','currency':'EUR','amount':'\(amount)','allocations':[{'invoice':'F-1','amount':'\(amount)','discount':'\(off)'}]}"
  }

  @Test func `who pays early keeps a little, and its tax with it`() throws {
    // 2.42 × 21/121 = 0.42 of tax, on a base of 2.00.
    let given = try Given(shop + [early])
    try given.when(paid("118.57", off: "2.43")).refused("discount.exceeded")
    try given.when(paid("118.58", off: "2.42", on: "2026-01-26")).refused("discount.late")
    try given.when(paid("118.59", off: "2.42")).refused("allocation.exceeded")
    try given.when(paid("118.58", off: "2.42")).then(
      "118.58 EUR = 118.58: 1100/F-1 > 1000", "0.42 EUR = 0.42: 1100/F-1 > 2200/IVA21",
      "2.00 EUR = 2.00: 9200/IVA21 > 9200", "2.00 EUR = 2.00: 1100/F-1 > 4200")
    // All is sent back: the customer is owed what was paid, not what was billed.
    try given.when(credited("F-1")).then(
      "100.00 EUR = 100.00: 2100/A-1 > 4100", "2.00 EUR = 2.00: 4200 > 2100/A-1",
      "20.58 EUR = 20.58: 2100/A-1 > 2200/IVA21", "98.00 EUR = 98.00: 9200/IVA21 > 9200")
    #expect(try given.value("2100/A-1") == "-118.58")
    for account in ["2200", "4200", "1100"] { #expect(try given.value(account) == "0.00") }
    try given.check()
  }

  @Test func `a discount for early payment must have been agreed`() throws {
    try Given(shop + [issued("F-1", line("a", "100.00"))]).when(paid("118.58", off: "2.42"))
      .refused("discount.notAgreed")
    for more in ["'earlyDiscount':'2'", "'earlyDiscount':'2','earlyDue':'2026-01-09'"] {
      try Given(shop).when(issued("F-1", line("a", "1"), "," + more)).refused("discount.terms")
    }
  }

  @Test func `a supplier's discount lowers what the purchase cost and the tax on it`() throws {
    // 121.00 less 3.63: tax 0.63 on 3.00.
    try Given(
      shop + [
        "{'event':'bill.received','on':'2026-01-10','bill':'B-1','supplier':'S-3','currency':'EUR','lines':[{'account':'6200','text':'rent','quantity':'1','price':'100.00','tax':'SOP21'}]}"
      ]
    ).when(
      "{'event':'payment.sent','on':'2026-01-12','payment':'P-1','supplier':'S-3','account':'1000','currency':'EUR','amount':'117.37','allocations':[{'bill':'B-1','amount':'117.37','discount':'3.63'}]}"
    ).then(
      "117.37 EUR = 117.37: 1000 > 2000/B-1", "0.63 EUR = 0.63: 1300/SOP21 > 2000/B-1",
      "3.00 EUR = 3.00: 9200/SOP21 > 9200", "3.00 EUR = 3.00: 5100 > 2000/B-1")
  }

  @Test func `an invoice issued in error is taken back as if it had not been`() throws {
    let given = try Given(
      shop + sold("SO-1", "TORN", "400", at: "0.25", on: "2026-01-12").prefix(1) + [
        "{'event':'invoice.issued','on':'2026-01-15','invoice':'F-1','series':'F','order':'SO-1'}"
      ])
    let void = { (on: String) in
      "{'event':'invoice.voided','on':'\(on)','invoice':'F-1','reason':'wrong customer'}"
    }
    try given.when(void("2026-01-14")).refused("void.early")
    try given.when(void("2026-01-16")).then(
      "100.00 EUR = 100.00: 1100/F-1 > 4000/TORN", "21.00 EUR = 21.00: 1100/F-1 > 2200/IVA21",
      "100.00 EUR = 100.00: 9200/IVA21 > 9200"
    ).mentions("F-1", "C-17", "SO-1", "TORN", "IVA21")
    try given.when(void("2026-01-17")).refused("invoice.voided")
    try given.when(credited("F-1")).refused("invoice.voided")
    // Its number stays used, and the order may be billed again.
    try given.when(
      "{'event':'invoice.issued','on':'2026-01-17','invoice':'F-1','series':'F','order':'SO-1'}"
    ).refused("invoice.duplicate")
    try given.and([
      "{'event':'invoice.issued','on':'2026-01-17','invoice':'F-2','series':'F','order':'SO-1'}"
    ])
    #expect(try given.value("1100") == "121.00")
  }

  @Test func `what has been paid or credited is not voided`() throws {
    let void = "{'event':'invoice.voided','on':'2026-02-16','invoice':'F-1','reason':'error'}"
    try Given(shop + [early, paid("118.58", off: "2.42")]).when(void).refused("void.settled")
    try Given(shop + [early, credited("F-1")]).when(void).refused("void.settled")
  }

  @Test func `no more is let off in several payments than in one, and nothing of what is credited`()
    throws
  {
    // F-1 is 121.00: 2.42 in all. 60.00 with 2.00 off leave 0.42.
    func part(_ code: String, _ amount: String, off: String) -> String {
      paid(amount, off: off).replacing("P-1", with: code)
    }
    let given = try Given(shop + [early])
    try given.and([part("P-1", "60.00", off: "2.00")])
    try given.when(part("P-2", "10.00", off: "0.43")).refused("discount.exceeded")
    try given.when(part("P-2", "10.00", off: "0.42")).then(
      "10.00 EUR = 10.00: 1100/F-1 > 1000", "0.07 EUR = 0.07: 1100/F-1 > 2200/IVA21",
      "0.35 EUR = 0.35: 9200/IVA21 > 9200", "0.35 EUR = 0.35: 1100/F-1 > 4200")
    // A bounced payment gives back what it had let off.
    try given.and([
      "{'event':'payment.returned','on':'2026-01-20','payment':'P-9','returns':'P-2'}"
    ])
    try given.when(part("P-3", "10.00", off: "0.42")).then(
      "10.00 EUR = 10.00: 1100/F-1 > 1000", "0.07 EUR = 0.07: 1100/F-1 > 2200/IVA21",
      "0.35 EUR = 0.35: 9200/IVA21 > 9200", "0.35 EUR = 0.35: 1100/F-1 > 4200")
    // Half of the invoice is credited, 60.50: 2 % of the other half are 1.21.
    let half = try Given(
      shop + [
        early,
        "{'event':'invoice.corrected','on':'2026-01-12','correction':'A-1','invoice':'F-1','lines':[{'text':'a','quantity':'0.5'}]}",
      ])
    try half.when(paid("59.28", off: "1.22")).refused("discount.exceeded")
    try half.when(paid("59.29", off: "1.21")).then(
      "59.29 EUR = 59.29: 1100/F-1 > 1000", "0.21 EUR = 0.21: 1100/F-1 > 2200/IVA21",
      "1.00 EUR = 1.00: 9200/IVA21 > 9200", "1.00 EUR = 1.00: 1100/F-1 > 4200")
    #expect(try half.value("1100") == "0.00")
    try half.check()
  }

  @Test func `what was kept back for the taxes of the other is less by its part of a discount`()
    throws
  {
    // 1000.00 + 210.00 − 150.00 = 1060.00; 2 % are 21.20: 4.20 of tax, 3.00 of what was kept back, 20.00 of the price.
    let given = try Given(
      shop + [
        "{'event':'account.opened','on':'2026-01-01','account':'1350','name':'Withheld by customers','kind':'asset','role':'withheldByCustomers'}",
        issued(
          "F-1", line("a", "1000.00"),
          ",'earlyDiscount':'2','earlyDue':'2026-01-25','withholding':'IRPF15'"),
        "{'event':'bill.received','on':'2026-01-10','bill':'B-1','supplier':'S-3','currency':'EUR','withholding':'IRPF15','lines':[{'account':'6230','text':'fee','quantity':'1','price':'1000.00','tax':'SOP21'}]}",
      ])
    try given.when(
      "{'event':'payment.sent','on':'2026-01-12','payment':'P-2','supplier':'S-3','account':'1000','currency':'EUR','amount':'1038.80','allocations':[{'bill':'B-1','amount':'1038.80','discount':'21.20'}]}"
    ).then(
      "1038.80 EUR = 1038.80: 1000 > 2000/B-1", "4.20 EUR = 4.20: 1300/SOP21 > 2000/B-1",
      "20.00 EUR = 20.00: 9200/SOP21 > 9200", "3.00 EUR = 3.00: 2000/B-1 > 2300/IRPF15",
      "20.00 EUR = 20.00: 9200/IRPF15 > 9200", "20.00 EUR = 20.00: 5100 > 2000/B-1")
    // 15 % of 980.00 are declared and paid.
    #expect(try given.value("2300/IRPF15") == "-147.00")
    // All is sent back: the customer is owed what was paid, and nothing is left of the taxes.
    try given.and([paid("1038.80", off: "21.20"), credited("F-1")])
    #expect(try given.value("2100/A-1") == "-1038.80")
    for account in ["1100", "1350", "2200", "4200", "9200/IVA21"] {
      #expect(try given.value(account) == "0.00", "\(account)")
    }
    try given.check()
  }

  @Test func `of a bill that was paid early, no more is credited than was paid`() throws {
    // 100.00 + 21.00 less 2.42: 98.00 and 20.58.
    let given = try Given(
      shop + [
        "{'event':'bill.received','on':'2026-01-10','bill':'B-1','supplier':'S-3','currency':'EUR','lines':[{'account':'6200','text':'rent','quantity':'1','price':'100.00','tax':'SOP21'}]}",
        "{'event':'payment.sent','on':'2026-01-12','payment':'P-1','supplier':'S-3','account':'1000','currency':'EUR','amount':'118.58','allocations':[{'bill':'B-1','amount':'118.58','discount':'2.42'}]}",
      ])
    func credit(_ lines: String) -> String {
      "{'event':'bill.corrected','on':'2026-01-15','correction':'CN-1','bill':'B-1','lines':[\(lines)]}"
    }
    try given.when(credit("")).refused("correction.exceeded")
    try given.and([credit("{'account':'6200','quantity':'1','price':'98.00'}")])
    #expect(try given.value("1150/CN-1") == "118.58")
    #expect(try given.value("1300/SOP21") == "0.00")
    #expect(try given.value("6200") == "2.00" && given.value("5100") == "-2.00")
    try given.check()
  }

  @Test func `what had been paid or recalled in between is neither voided nor recalled then`()
    throws
  {
    let given = try Given(
      shop + [
        issued("F-1", line("a", "100.00")),
        "{'event':'payment.received','on':'2026-01-20','payment':'P-1','customer':'C-18','account':'1000','currency':'EUR','amount':'121.00','allocations':[{'invoice':'F-1','amount':'121.00'}]}",
        "{'event':'payment.returned','on':'2026-01-30','payment':'P-9','returns':'P-1'}",
        issued("PP", line("ahead", "100.00"), ",'prepayment':true"),
        issued("F-5", line("a", "500.00"), ",'recalls':['PP']", on: "2026-01-15"),
        "{'event':'invoice.voided','on':'2026-01-25','invoice':'F-5','reason':'error'}",
      ])
    func void(_ day: String) -> String {
      "{'event':'invoice.voided','on':'\(day)','invoice':'F-1','reason':'error'}"
    }
    func again(_ day: String) -> String {
      issued("F-6", line("a", "500.00"), ",'recalls':['PP']", on: day)
    }
    try given.when(void("2026-01-25")).refused("allocation.notThen")
    try given.when(again("2026-01-20")).refused("allocation.notThen")
    try given.and([void("2026-01-30"), again("2026-01-25")])
    try given.check()
  }
}
