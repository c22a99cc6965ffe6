// Money in and out, in the books' currency and in another, worked by hand.

import Ledger
import Testing

@Suite struct `Payments` {
  /// Two invoices of C-17, one of C-18, one in dollars: 100.00, 50.00, 70.00 and 100.00 USD = 92.00.
  let billed =
    shop
    + [
      ("F-1", "C-17", "EUR", "100.00", "2026-01-10"), ("F-2", "C-17", "EUR", "50.00", "2026-01-20"),
      ("F-3", "C-18", "EUR", "70.00", "2026-01-10"), ("F-4", "C-17", "USD", "100.00", "2026-01-10"),
    ].map { code, customer, currency, amount, on in
      "{'event':'invoice.issued','on':'\(on)','invoice':'\(code)','customer':'\(customer)','currency':'\(currency)','lines':[{'text':'a','quantity':'1','price':'\(amount)'}]}"
    } + [
      "{'event':'rate.set','on':'2026-02-01','currency':'USD','rate':'0.95'}",
      "{'event':'rate.set','on':'2026-03-01','currency':'USD','rate':'0.90'}",
    ]

  func received(
    _ amount: String, _ allocations: String, on: String = "2026-02-03", account: String = "1000",
    currency: String = "EUR", code: String = "P-1"
  ) -> String {
    "{'event':'payment.received','on':'\(on)','payment':'\(code)','customer':'C-17','account':'\(account)','currency':'\(currency)','amount':'\(amount)','allocations':[\(allocations)]}"
  }

  @Test func `a payment settles invoices, and the rest is an advance that settles one later`()
    throws
  {
    let given = try Given(billed)
    try given.when(
      received("160.00", "{'invoice':'F-1','amount':'100.00'},{'invoice':'F-2','amount':'20'}")
    )
    .then(
      "100.00 EUR = 100.00: 1100/F-1 > 1000", "20.00 EUR = 20.00: 1100/F-2 > 1000",
      "40.00 EUR = 40.00: 2100/P-1 > 1000"
    ).mentions("P-1", "C-17", "1000", "F-1", "F-2")
    try given.when(
      "{'event':'payment.allocated','on':'2026-02-04','payment':'P-1','allocations':[{'invoice':'F-2','amount':'31.00'}]}"
    ).refused("allocation.exceeded")
    try given.when(
      "{'event':'payment.allocated','on':'2026-02-04','payment':'P-1','allocations':[{'invoice':'F-2','amount':'30.00'}]}"
    ).then("30.00 EUR = 30.00: 1100/F-2 > 2100/P-1")
    try given.when(
      "{'event':'payment.refunded','on':'2026-02-05','payment':'P-2','customer':'C-17','account':'1000','currency':'EUR','amount':'10.00','of':'P-1'}"
    ).then("10.00 EUR = 10.00: 1000 > 2100/P-1")
    try given.check()
  }

  @Test func `dollars paid when they are worth more leave an exchange gain`() throws {
    // 100 USD carried at 92.00, paid at 0.95: 95.00.
    let given = try Given(billed)
    try given.when(
      received("100.00", "{'invoice':'F-4','amount':'100.00'}", account: "1010", currency: "USD")
    ).then("100.00 USD = 92.00: 1100/F-4 > 1010", "0.00 USD = 3.00: 4800 > 1010")
    try given.check()
  }

  @Test func `dollars paid in two parts close the invoice at zero`() throws {
    // One third: 33.33 USD carried at 92.00 × 33.33/100 = 30.6636 → 30.66, worth 33.33 × 0.95 = 31.6635 → 31.66.
    // The rest: 66.67 USD carried at 61.34, worth 66.67 × 0.90 = 60.003 → 60.00: a loss of 1.34.
    let given = try Given(billed)
    try given.when(
      received("33.33", "{'invoice':'F-4','amount':'33.33'}", account: "1010", currency: "USD")
    ).then("33.33 USD = 30.66: 1100/F-4 > 1010", "0.00 USD = 1.00: 4800 > 1010")
    try given.when(
      received(
        "66.67", "{'invoice':'F-4','amount':'66.67'}", on: "2026-03-02", account: "1010",
        currency: "USD", code: "P-2")
    ).then("66.67 USD = 60.00: 1100/F-4 > 1010", "0.00 USD = 1.34: 1100/F-4 > 6700")
    #expect(try given.value("1100/F-4") == "0.00")
    #expect(try given.amount("1100/F-4", "USD") == "0.00")
  }

  @Test func `an advance in dollars settles at what each side is carried at`() throws {
    // Received at 0.95: 50 USD = 47.50. F-4's half is carried at 46.00: 1.50 is gained when they meet.
    let given = try Given(
      billed + [received("50.00", "", on: "2026-02-03", account: "1010", currency: "USD")])
    try given.when(
      "{'event':'payment.allocated','on':'2026-03-04','payment':'P-1','allocations':[{'invoice':'F-4','amount':'50.00'}]}"
    ).then("50.00 USD = 46.00: 1100/F-4 > 2100/P-1", "0.00 USD = 1.50: 4800 > 2100/P-1")
    #expect(try given.value("2100/P-1") == "0.00")
    try given.check()
  }

  @Test func `suppliers are paid, in advance too`() throws {
    let given = try Given(
      shop + [
        "{'event':'payment.sent','on':'2026-01-05','payment':'P-1','supplier':'S-3','account':'1000','currency':'EUR','amount':'30.00','allocations':[]}",
        "{'event':'bill.received','on':'2026-01-10','bill':'B-1','supplier':'S-3','currency':'EUR','lines':[{'account':'6200','text':'rent','quantity':'1','price':'100.00'}]}",
      ])
    #expect(try given.value("1150/P-1") == "30.00")
    try given.when(
      "{'event':'payment.allocated','on':'2026-01-11','payment':'P-1','allocations':[{'bill':'B-1','amount':'30.00'}]}"
    ).then("30.00 EUR = 30.00: 1150/P-1 > 2000/B-1").mentions("P-1", "S-3", "B-1")
    try given.when(
      "{'event':'payment.sent','on':'2026-01-12','payment':'P-2','supplier':'S-3','account':'1000','currency':'EUR','amount':'75.00','allocations':[{'bill':'B-1','amount':'70.00'}]}"
    ).then("70.00 EUR = 70.00: 1000 > 2000/B-1", "5.00 EUR = 5.00: 1000 > 1150/P-2")
    try given.check()
  }

  @Test func `a bill in dollars that costs more when it is paid leaves an exchange loss`() throws {
    // 100 USD at 0.92 = 92.00; paid at 0.95 = 95.00.
    try Given(
      billed + [
        "{'event':'bill.received','on':'2026-01-10','bill':'B-1','supplier':'S-3','currency':'USD','lines':[{'account':'6200','text':'rent','quantity':'1','price':'100.00'}]}"
      ]
    ).when(
      "{'event':'payment.sent','on':'2026-02-12','payment':'P-2','supplier':'S-3','account':'1010','currency':'USD','amount':'100.00','allocations':[{'bill':'B-1','amount':'100.00'}]}"
    ).then("100.00 USD = 92.00: 1010 > 2000/B-1", "0.00 USD = 3.00: 1010 > 6700")
  }

  @Test func `money goes between own accounts, and into another currency at the rates of the day`()
    throws
  {
    // 92.00 EUR buy 99.00 USD, worth 91.08 at 0.92: 0.92 is lost.
    let given = try Given(shop)
    try given.when(
      "{'event':'payment.transferred','on':'2026-01-05','payment':'P-1','from':'1000','to':'1050','amount':'20','currency':'EUR'}"
    ).then("20.00 EUR = 20.00: 1000 > 1050")
    try given.when(
      "{'event':'payment.transferred','on':'2026-01-05','payment':'P-2','from':'1000','to':'1010','amount':'92','currency':'EUR','received':'99'}"
    ).then("92.00 EUR = 92.00: 1000 > 6700/P-2", "99.00 USD = 91.08: 6700/P-2 > 1010")
    #expect(try given.value("6700") == "0.92")
  }

  @Test func `a bank's charge is a cost, and its tax is deductible`() throws {
    try Given(shop).when(
      "{'event':'charge.booked','on':'2026-01-05','charge':'CH-1','account':'1000','amount':'3.00','currency':'EUR','text':'fee','tax':'SOP21'}"
    ).then(
      "3.00 EUR = 3.00: 1000 > 6260", "0.63 EUR = 0.63: 1000 > 1300/SOP21",
      "3.00 EUR = 3.00: 9200 > 9200/SOP21"
    ).mentions("CH-1", "1000", "SOP21")
  }

  @Test(arguments: [
    ("10.00", "{'invoice':'F-1','amount':'10.01'}", "1000", "EUR", "allocation.exceeded"),
    ("200.00", "{'invoice':'F-1','amount':'100.01'}", "1000", "EUR", "allocation.exceeded"),
    ("200.00", "{'invoice':'F-3','amount':'10.00'}", "1000", "EUR", "allocation.otherParty"),
    ("200.00", "{'invoice':'F-2','amount':'10.00'}", "1000", "EUR", "allocation.early"),
    ("200.00", "{'invoice':'F-4','amount':'10.00'}", "1000", "EUR", "allocation.currency"),
    ("200.00", "{'invoice':'F-9','amount':'10.00'}", "1000", "EUR", "invoice.unknown"),
    ("200.00", "{'bill':'F-1','amount':'10.00'}", "1000", "EUR", "allocation.document"),
    ("200.00", "{'amount':'10.00'}", "1000", "EUR", "allocation.document"),
    ("200.00", "{'invoice':'F-1','amount':'0'}", "1000", "EUR", "amount.notPositive"),
    ("200.00", "{'invoice':'F-1','amount':'1.001'}", "1000", "EUR", "decimal.tooPrecise"),
    (
      "200.00", "{'invoice':'F-1','amount':'1'},{'invoice':'F-1','amount':'1'}", "1000", "EUR",
      "lines.duplicate"
    ),
    ("0", "", "1000", "EUR", "amount.notPositive"), ("-5", "", "1000", "EUR", "amount.notPositive"),
    ("5", "", "1010", "EUR", "payment.currency"), ("5", "", "1000", "USD", "payment.currency"),
    ("5", "", "1100", "EUR", "payment.account"), ("5", "", "1234", "EUR", "account.unknown"),
    ("5", "", "1000", "GBP", "rate.missing"),
  ])
  func `a payment that cannot be is refused`(
    amount: String, allocations: String, account: String, currency: String, refusal: String
  ) throws {
    try Given(billed).when(
      received(amount, allocations, on: "2026-01-15", account: account, currency: currency)
    ).refused(refusal)
  }

  @Test(arguments: [
    (
      "{'event':'payment.allocated','on':'2026-02-04','payment':'P-9','allocations':[{'invoice':'F-1','amount':'1'}]}",
      "payment.unknown"
    ),
    (
      "{'event':'payment.allocated','on':'2026-02-04','payment':'P-1','allocations':[{'invoice':'F-3','amount':'1'}]}",
      "allocation.otherParty"
    ),
    (
      "{'event':'payment.allocated','on':'2026-02-02','payment':'P-1','allocations':[{'invoice':'F-1','amount':'1'}]}",
      "allocation.early"
    ),
    (
      "{'event':'payment.allocated','on':'2026-02-04','payment':'P-1','allocations':[]}",
      "lines.empty"
    ),
    (
      "{'event':'payment.allocated','on':'2026-02-04','payment':'P-1','allocations':[{'invoice':'F-1','amount':'5'},{'invoice':'F-2','amount':'6'}]}",
      "allocation.exceeded"
    ),
    (
      "{'event':'payment.refunded','on':'2026-02-04','payment':'P-2','customer':'C-17','account':'1000','currency':'EUR','amount':'1'}",
      "refund.source"
    ),
    (
      "{'event':'payment.refunded','on':'2026-02-04','payment':'P-2','customer':'C-17','account':'1000','currency':'EUR','amount':'11','of':'P-1'}",
      "allocation.exceeded"
    ),
    (
      "{'event':'payment.refunded','on':'2026-02-04','payment':'P-2','customer':'C-18','account':'1000','currency':'EUR','amount':'1','of':'P-1'}",
      "allocation.otherParty"
    ),
    (
      "{'event':'payment.transferred','on':'2026-02-04','payment':'P-2','from':'1000','to':'1000','amount':'1','currency':'EUR'}",
      "payment.account"
    ),
    (
      "{'event':'payment.transferred','on':'2026-02-04','payment':'P-2','from':'1000','to':'1010','amount':'1','currency':'EUR'}",
      "payment.received"
    ),
    (
      "{'event':'payment.transferred','on':'2026-02-04','payment':'P-2','from':'1000','to':'1050','amount':'2','currency':'EUR','received':'1'}",
      "payment.received"
    ),
    (
      "{'event':'payment.received','on':'2026-02-04','payment':'P-1','customer':'C-17','account':'1000','currency':'EUR','amount':'1','allocations':[]}",
      "payment.duplicate"
    ),
    (
      "{'event':'charge.booked','on':'2026-02-04','charge':'CH','account':'1000','amount':'3','currency':'EUR','tax':'IVA21'}",
      "tax.kind"
    ),
  ])
  func `an allocation, a refund or a transfer that cannot be is refused`(
    line: String, refusal: String
  ) throws {
    try Given(billed + [received("10.00", "")]).when(line).refused(refusal)
  }
}
