// Every kind of tax, and the filing of what has come together; worked by hand.

import Events
import Ledger
import Testing
import Wire

@Suite struct `Taxes` {
  let taxed =
    shop + [
      "{'event':'tax.defined','on':'2026-01-01','tax':'RE52','name':'Recargo 5,2 %','rate':'5.2','kind':'surcharge','besides':'IVA21'}",
      "{'event':'tax.defined','on':'2026-01-01','tax':'SOP50','name':'Soportado al 50 %','rate':'21','kind':'deductible','claimable':'50'}",
      "{'event':'tax.defined','on':'2026-01-01','tax':'ISP21','name':'Inversión del sujeto pasivo','rate':'21','kind':'reverseCharge'}",
      "{'event':'tax.defined','on':'2026-01-01','tax':'UE21','name':'Intracomunitaria','rate':'21','kind':'intraCommunity'}",
      "{'event':'account.opened','on':'2026-01-01','account':'1350','name':'Withheld by customers','kind':'asset','role':'withheldByCustomers'}",
      "{'event':'customer.registered','on':'2026-01-01','customer':'C-19','name':'Tienda','surcharge':true}",
      "{'event':'customer.registered','on':'2026-01-01','customer':'C-20','name':'Lyon','taxID':'FR40303265045'}",
    ]

  func issued(
    _ code: String, _ customer: String, _ lines: String, _ more: String = "",
    on: String = "2026-01-10"
  ) -> String {
    "{'event':'invoice.issued','on':'\(on)','invoice':'\(code)','customer':'\(customer)','lines':[\(lines)]\(more)}"
  }
  func line(_ text: String, _ price: String, _ tax: String) -> String {
    "{'text':'\(text)','quantity':'1','price':'\(price)','tax':'\(tax)'}"
  }
  func billed(_ lines: String, _ more: String = "", on: String = "2026-02-10", code: String = "B-1")
    -> String
  {
    "{'event':'bill.received','on':'\(on)','bill':'\(code)','supplier':'S-3','currency':'EUR','lines':[\(lines)]\(more)}"
  }
  func cost(_ account: String, _ price: String, _ tax: String) -> String {
    "{'account':'\(account)','text':'a','quantity':'1','price':'\(price)','tax':'\(tax)'}"
  }

  @Test func `a retailer bears the equivalence surcharge beside the tax, and gets it back`() throws
  {
    // 100.00: 21.00 and 5.20. 50.00 at 10 %: 5.00, without a surcharge.
    let given = try Given(taxed)
    try given.when(
      issued("F-1", "C-19", line("a", "100", "IVA21") + "," + line("b", "50", "IVA10"))
    )
    .then(
      "100.00 EUR = 100.00: 4000 > 1100/F-1", "50.00 EUR = 50.00: 4000 > 1100/F-1",
      "21.00 EUR = 21.00: 2200/IVA21 > 1100/F-1", "100.00 EUR = 100.00: 9200 > 9200/IVA21",
      "5.20 EUR = 5.20: 2200/RE52 > 1100/F-1", "100.00 EUR = 100.00: 9200 > 9200/RE52",
      "5.00 EUR = 5.00: 2200/IVA10 > 1100/F-1", "50.00 EUR = 50.00: 9200 > 9200/IVA10")
    try given.when(
      "{'event':'invoice.corrected','on':'2026-02-10','correction':'A-1','invoice':'F-1','lines':[{'text':'a','quantity':'0.5'}]}"
    ).then(
      "50.00 EUR = 50.00: 1100/F-1 > 4100", "10.50 EUR = 10.50: 1100/F-1 > 2200/IVA21",
      "50.00 EUR = 50.00: 9200/IVA21 > 9200", "2.60 EUR = 2.60: 1100/F-1 > 2200/RE52",
      "50.00 EUR = 50.00: 9200/RE52 > 9200")
    // Others do not bear it, nor the retailer when the invoice says so.
    try given.and([
      issued("F-2", "C-17", line("a", "100", "IVA21")),
      issued("F-3", "C-19", line("a", "100", "IVA21"), ",'surcharge':false"),
    ])
    #expect(try given.value("2200/RE52") == "-2.60")
    try given.check()
  }

  @Test func `a customer keeps back what is owed to the tax office, and so do we`() throws {
    // 1000.00 + 210.00 − 150.00.
    let given = try Given(taxed)
    try given.when(issued("F-1", "C-17", line("work", "1000", "IVA21"), ",'withholding':'IRPF15'"))
      .then(
        "1000.00 EUR = 1000.00: 4000 > 1100/F-1", "210.00 EUR = 210.00: 2200/IVA21 > 1100/F-1",
        "1000.00 EUR = 1000.00: 9200 > 9200/IVA21", "150.00 EUR = 150.00: 1100/F-1 > 1350/IRPF15",
        "1000.00 EUR = 1000.00: 9200 > 9200/IRPF15")
    #expect(try given.value("1100/F-1") == "1060.00")
    try given.and([
      "{'event':'invoice.corrected','on':'2026-02-10','correction':'A-1','invoice':'F-1'}"
    ])
    for account in ["1100", "1350", "2100", "2200", "9200/IRPF15"] {
      #expect(try given.value(account) == "0.00")
    }
    try given.when(billed(cost("6230", "100", "SOP21"), ",'withholding':'IRPF15'")).then(
      "100.00 EUR = 100.00: 2000/B-1 > 6230", "21.00 EUR = 21.00: 2000/B-1 > 1300/SOP21",
      "100.00 EUR = 100.00: 9200 > 9200/SOP21", "15.00 EUR = 15.00: 2300/IRPF15 > 2000/B-1",
      "100.00 EUR = 100.00: 9200 > 9200/IRPF15")
    try given.when(issued("F-2", "C-17", line("a", "1", "IVA21"), ",'withholding':'IVA21'"))
      .refused("tax.withholding")
    try Given(shop).when(issued("F-2", "C-17", line("a", "1", "IVA21"), ",'withholding':'IRPF15'"))
      .refused("role.unassigned")
  }

  @Test func `what may not be claimed back is a cost of what was bought`() throws {
    // 30.00 at 21 %: 6.30, of which 3.15 are claimed; 3.15 × 10/30 = 1.05 and the rest, 2.10.
    try Given(taxed).when(billed(cost("6200", "10", "SOP50") + "," + cost("6210", "20", "SOP50")))
      .then(
        "10.00 EUR = 10.00: 2000/B-1 > 6200", "20.00 EUR = 20.00: 2000/B-1 > 6210",
        "3.15 EUR = 3.15: 2000/B-1 > 1300/SOP50", "1.05 EUR = 1.05: 2000/B-1 > 6200",
        "2.10 EUR = 2.10: 2000/B-1 > 6210", "30.00 EUR = 30.00: 9200 > 9200/SOP50")
  }

  @Test(arguments: ["ISP21", "UE21"])
  func `the buyer owes the tax and claims it back, the supplier is owed the price`(tax: String)
    throws
  {
    try Given(taxed).when(billed(cost("6200", "100", tax))).then(
      "100.00 EUR = 100.00: 2000/B-1 > 6200", "21.00 EUR = 21.00: 2200/\(tax) > 1300/\(tax)",
      "100.00 EUR = 100.00: 9200 > 9200/\(tax)")
  }

  @Test(arguments: ["", ",'withholding':'IRPF15'"])
  func `a supplier's credit note takes every tax back to where it came from`(more: String) throws {
    let lines =
      cost("6200", "100", "SOP50") + "," + cost("6210", "50", "ISP21") + ","
      + cost("6230", "300", "SOP21")
    let credit =
      "{'event':'bill.corrected','on':'2026-02-20','correction':'SA-1','bill':'B-1'}"
    let given = try Given(taxed + [billed(lines, more), credit])
    for account in ["2000", "1150", "1300", "2200", "2300", "6200", "6210", "6230", "9200/SOP50"] {
      #expect(try given.value(account) == "0.00", "\(account)")
    }
    // 450.00 + 21.00 + 63.00 were paid, less 67.50 where something was withheld: that is what comes back.
    let owed = more.isEmpty ? "534.00" : "466.50"
    let paid = try Given(
      taxed + [
        billed(lines, more),
        "{'event':'payment.sent','on':'2026-02-12','payment':'P-1','supplier':'S-3','account':'1000','currency':'EUR','amount':'\(owed)','allocations':[{'bill':'B-1','amount':'\(owed)'}]}",
        credit,
      ])
    #expect(try paid.value("1150/SA-1") == owed)
    for account in ["2000", "1300", "2200", "2300", "6200", "6210", "6230"] {
      #expect(try paid.value(account) == "0.00", "\(account)")
    }
    try paid.check()
  }

  @Test func `a sale within the Union or under reverse charge bears no tax`() throws {
    let given = try Given(taxed)
    try given.when(issued("F-1", "C-20", line("a", "100", "UE21") + "," + line("b", "9", "ISP21")))
      .then(
        "100.00 EUR = 100.00: 4000 > 1100/F-1", "9.00 EUR = 9.00: 4000 > 1100/F-1",
        "100.00 EUR = 100.00: 9200 > 9200/UE21", "9.00 EUR = 9.00: 9200 > 9200/ISP21")
    try given.when(issued("F-2", "C-17", line("a", "100", "UE21"))).refused("tax.noTaxID")
    try given.when(issued("F-2", "C-20", line("a", "100", "RE52"))).refused("tax.kind")
  }

  @Test(arguments: [
    ("'kind':'surcharge'", "tax.besides"), ("'kind':'collected','besides':'IVA21'", "tax.besides"),
    ("'kind':'surcharge','besides':'T'", "tax.besides"),
    ("'kind':'surcharge','besides':'NO'", "tax.unknown"),
    ("'kind':'collected','claimable':'50'", "tax.claimable"),
    ("'kind':'deductible','claimable':'101'", "discount.invalid"),
  ])
  func `a tax code that cannot be is refused`(more: String, refusal: String) throws {
    try Given(shop).when(
      "{'event':'tax.defined','on':'2026-01-01','tax':'T','name':'t','rate':'5',\(more)}"
    ).refused(refusal)
  }

  @Test func `a rate holds from its day, and a document has the rate of its own day`() throws {
    let given = try Given(
      taxed + [
        "{'event':'tax.defined','on':'2026-01-02','tax':'IVA21','name':'IVA 22 %','rate':'22','kind':'collected','validFrom':'2026-03-01'}"
      ])
    try given.and([
      issued("F-1", "C-17", line("a", "100", "IVA21"), on: "2026-02-28"),
      issued("F-2", "C-17", line("a", "100", "IVA21"), on: "2026-03-01"),
    ])
    #expect(try given.value("1100/F-1") == "121.00")
    #expect(try given.value("1100/F-2") == "122.00")
  }

  func filed(_ code: String, _ from: String, _ through: String, on: String, _ more: String = "")
    -> String
  {
    "{'event':'tax.filed','on':'\(on)','filing':'\(code)','from':'\(from)','through':'\(through)'\(more)}"
  }

  @Test func `a filing settles what has come together, and what comes late goes with the next`()
    throws
  {
    // January to March: 21.00 collected, 10.50 claimed, 21.00 both; April: 42.00. In May a bill of March: 2.10.
    let given = try Given(
      taxed + [
        issued("F-1", "C-17", line("a", "100", "IVA21")), billed(cost("6200", "50", "SOP21")),
        billed(cost("6200", "100", "ISP21"), code: "B-2"),
        issued("F-2", "C-17", line("a", "200", "IVA21"), on: "2026-04-02"),
      ])
    let first = filed("1T", "2026-01-01", "2026-03-31", on: "2026-04-15")
    let outcome = try given.when(first)
    try outcome.then(
      "42.00 EUR = 42.00: 2250/1T > 2200/1T", "31.50 EUR = 31.50: 1300/1T > 2250/1T"
    ).mentions("1T", "IVA21", "SOP21", "ISP21")
    let line = try outcome.stored(TaxFiled.self).lines[0]
    #expect(line.tax == "IVA21" && line.base == "100.00" && line.collected == "21.00")
    try given.and([billed(cost("6200", "10", "SOP21"), on: "2026-03-15", code: "B-3")])
    try given.when(filed("x", "2026-03-31", "2026-06-30", on: "2026-07-15"))
      .refused("filing.overlap")
    try given.when(filed("x", "2026-04-01", "2026-06-30", on: "2026-06-29"))
      .refused("filing.period")
    try given.when(filed("2T", "2026-04-01", "2026-06-30", on: "2026-07-15")).then(
      "42.00 EUR = 42.00: 2250/2T > 2200/2T", "2.10 EUR = 2.10: 1300/2T > 2250/2T")
    #expect(try given.value("2200") == "0.00")
    #expect(try given.value("1300") == "0.00")
    try given.when(filed("x", "2026-07-01", "2026-07-31", on: "2026-08-15"))
      .refused("filing.nothing")
    let paid = { (more: String, on: String) in
      "{'event':'tax.paid','on':'\(on)','payment':'P-1','filing':'1T','account':'1000'\(more)}"
    }
    try given.when(paid("", "2026-04-14")).refused("filing.early")
    try given.when(paid(",'amount':'10.51'", "2026-04-20")).refused("filing.exceeded")
    try given.when(paid("", "2026-04-20")).then("10.50 EUR = 10.50: 1000 > 2250/1T")
      .mentions("P-1", "1T", "1000")
    try given.when(paid(",'amount':'1'", "2026-04-20").replacing("P-1", with: "P-2"))
      .refused("filing.paid")
  }

  @Test func `a claim is set off against the next filing, or paid back`() throws {
    let given = try Given(
      taxed + [
        billed(cost("6200", "50", "SOP21")),
        filed("1T", "2026-01-01", "2026-03-31", on: "2026-03-31"),
        issued("F-2", "C-17", line("a", "200", "IVA21"), on: "2026-04-02"),
      ])
    #expect(try given.value("2250/1T") == "10.50")
    try given.when(filed("2T", "2026-04-01", "2026-06-30", on: "2026-07-15", ",'carries':['1T']"))
      .then("42.00 EUR = 42.00: 2250/2T > 2200/2T", "10.50 EUR = 10.50: 2250/1T > 2250/2T")
    try given.when(
      filed("3T", "2026-07-01", "2026-09-30", on: "2026-10-15", ",'carries':['1T']")
    ).refused("filing.carried")
    #expect(try given.value("2250/2T") == "-31.50")
  }

  @Test func `a claim that is paid back comes into the bank`() throws {
    try Given(
      taxed + [
        billed(cost("6200", "50", "SOP21")),
        filed("1T", "2026-01-01", "2026-03-31", on: "2026-03-31"),
      ]
    ).when("{'event':'tax.paid','on':'2026-05-20','payment':'P-1','filing':'1T','account':'1000'}")
      .then("10.50 EUR = 10.50: 2250/1T > 1000")
  }

  /// A lawyer's bill and a rent, each 15 and 19 % withheld; wages of 2000.00 with 240.00 withheld.
  var withheld: [String] {
    taxed + [
      "{'event':'tax.defined','on':'2026-01-01','tax':'RENT19','name':'rents','rate':'19','kind':'withheld'}",
      billed(cost("6200", "300", "SOP21"), ",'withholding':'IRPF15'"),
      billed(cost("6200", "1000", "SOP21"), ",'withholding':'RENT19'", code: "B-2"),
      "{'event':'payroll.run','on':'2026-02-28','run':'2026-02','from':'2026-02-01','through':'2026-02-28','payslips':[{'employee':'E-7','gross':'2000.00','employeeSocialSecurity':'129.60','withholding':'240.00','employerSocialSecurity':'611.00'}]}",
    ]
  }

  @Test func `what was withheld is declared by filings of its own, of fees and wages and of rents`()
    throws
  {
    // Spain's forms 111 (fees 45.00, wages 240.00) and 115 (rents 190.00), beside 303.
    let given = try Given(withheld)
    let of111 = ",'withholdings':['IRPF15'],'wages':true"
    let outcome = try given.when(
      filed("111-1T", "2026-01-01", "2026-03-31", on: "2026-04-15", of111))
    try outcome.then("285.00 EUR = 285.00: 2250/111-1T > 2300/111-1T")
      .mentions("111-1T", "IRPF15", "6000")
    let stored = try outcome.stored(TaxFiled.self)
    #expect(stored.lines.map(\.tax) == ["IRPF15"])
    #expect(stored.lines[0].base == "300.00" && stored.lines[0].collected == "45.00")
    #expect(stored.wageLines.map(\.employees) == [1])
    #expect(stored.wageLines[0].gross == "2000.00" && stored.wageLines[0].withheld == "240.00")
    try given.when(
      filed("115-1T", "2026-01-01", "2026-03-31", on: "2026-04-15", ",'withholdings':['RENT19']")
    ).then("190.00 EUR = 190.00: 2250/115-1T > 2300/115-1T")
    // Nothing of it is in the filing of the other taxes: 273.00 of 1300.00 are claimed.
    try given.when(filed("303-1T", "2026-01-01", "2026-03-31", on: "2026-04-15")).then(
      "273.00 EUR = 273.00: 1300/303-1T > 2250/303-1T")
    #expect(try given.value("2300") == "0.00")
    try given.when(filed("x", "2026-03-01", "2026-03-31", on: "2026-04-16", ",'wages':true"))
      .refused("filing.overlap")
    try given.when(
      filed("x", "2026-03-01", "2026-03-31", on: "2026-04-16", ",'withholdings':['IVA21']")
    )
    .refused("filing.withholding")
    try given.when(filed("x", "2026-04-01", "2026-06-30", on: "2026-07-15", of111))
      .refused("filing.nothing")
    try given.when(
      "{'event':'tax.paid','on':'2026-04-20','payment':'P-1','filing':'111-1T','account':'1000'}"
    ).then("285.00 EUR = 285.00: 1000 > 2250/111-1T")
    // The payslip of February is put right in April: 24.00 more were to be withheld.
    try given.and([
      "{'event':'payroll.corrected','on':'2026-04-30','run':'2026-02','payslip':{'employee':'E-7','gross':'2000.00','employeeSocialSecurity':'129.60','withholding':'264.00','employerSocialSecurity':'611.00'},'reason':'a child less'}"
    ])
    try given.when(filed("111-2T", "2026-04-01", "2026-06-30", on: "2026-07-15", of111)).then(
      "24.00 EUR = 24.00: 2250/111-2T > 2300/111-2T")
    try given.check()
  }

  @Test func `what customers keep back is theirs to declare`() throws {
    let given = try Given(
      withheld + [
        issued("F-9", "C-17", line("a", "400", "IVA21"), ",'withholding':'IRPF15'")
      ])
    try given.when(
      filed("111", "2026-01-01", "2026-03-31", on: "2026-04-15", ",'withholdings':['IRPF15']")
    ).then("45.00 EUR = 45.00: 2250/111 > 2300/111")
  }

  @Test func `credit notes that together take back a bill leave no cent of tax or cost`() throws {
    // 3 × 33.67 = 101.01: 21.21 of tax, half of which may be claimed: 10.61 (10.605), 10.60 is cost. 33.67 alone: 7.07, 3.54
    // and 3.53. So the third takes back 3.53 and 3.54.
    func credited(_ code: String, _ price: String) -> String {
      "{'event':'bill.corrected','on':'2026-01-11','correction':'\(code)','bill':'B-1','lines':[{'account':'6290','quantity':'1','price':'\(price)'}]}"
    }
    let given = try Given(
      shop + [
        "{'event':'tax.defined','on':'2026-01-01','tax':'SOP21M','name':'half','rate':'21','kind':'deductible','claimable':'50'}",
        "{'event':'bill.received','on':'2026-01-10','bill':'B-1','supplier':'S-3','currency':'EUR','lines':[{'account':'6290','quantity':'3','price':'33.67','tax':'SOP21M'}]}",
      ])
    for (i, parts) in [("3.54", "3.53"), ("3.54", "3.53"), ("3.53", "3.54")].enumerated() {
      try given.when(credited("C-\(i)", "33.67")).then(
        "33.67 EUR = 33.67: 6290 > 2000/B-1",
        "\(parts.0) EUR = \(parts.0): 1300/SOP21M > 2000/B-1",
        "\(parts.1) EUR = \(parts.1): 6290 > 2000/B-1", "33.67 EUR = 33.67: 9200/SOP21M > 9200")
    }
    for account in ["6290", "1300", "2000"] { #expect(try given.value(account) == "0.00") }
    try given.check()
  }

  @Test func `the last of several credit notes takes back all that is left of what was withheld`()
    throws
  {
    // 3 × 1.30 = 3.90: 0.82 of tax (0.819), 0.59 withheld (0.585). Of 1.30: 0.27 and 0.20; the third: 0.28 and 0.19.
    let given = try Given(
      shop + [
        "{'event':'bill.received','on':'2026-01-10','bill':'B-1','supplier':'S-3','currency':'EUR','withholding':'IRPF15','lines':[{'account':'6290','quantity':'3','price':'1.30','tax':'SOP21'}]}"
      ])
    for (i, left) in [
      ("0.55", "-0.39", "-2.76"), ("0.28", "-0.19", "-1.39"), ("0.00", "0.00", "0.00"),
    ]
    .enumerated() {
      try given.and([
        "{'event':'bill.corrected','on':'2026-01-11','correction':'C-\(i)','bill':'B-1','lines':[{'account':'6290','quantity':'1','price':'1.30'}]}"
      ])
      #expect(try given.value("1300") == left.0)
      #expect(try given.value("2300") == left.1)
      #expect(try given.value("2000") == left.2)
    }
    #expect(try given.value("1150") == "0.00")
    try given.check()
  }
}
