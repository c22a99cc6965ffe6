// Money of one currency for documents of another, residues and revaluations, worked by hand.

import Events
import Ledger
import Testing
import Wire

@Suite struct `Other currencies` {
  /// F-1: 100.00 USD at 0.92 = 92.00. B-1: 200.00 USD = 184.00. From 1 February a dollar is worth 0.95, from 1 March
  /// 0.90.
  let billed =
    shop + [
      "{'event':'invoice.issued','on':'2026-01-10','invoice':'F-1','customer':'C-17','currency':'USD','lines':[{'text':'a','quantity':'1','price':'100.00'}]}",
      "{'event':'bill.received','on':'2026-01-10','bill':'B-1','supplier':'S-3','currency':'USD','lines':[{'account':'6200','text':'rent','quantity':'1','price':'200.00'}]}",
      "{'event':'rate.set','on':'2026-02-01','currency':'USD','rate':'0.95'}",
      "{'event':'rate.set','on':'2026-03-01','currency':'USD','rate':'0.90'}",
    ]

  func received(_ amount: String, _ allocation: String, code: String = "P-1") -> String {
    "{'event':'payment.received','on':'2026-02-03','payment':'\(code)','customer':'C-17','account':'1000','currency':'EUR','amount':'\(amount)','allocations':[\(allocation)]}"
  }

  @Test func `euros pay an invoice in dollars; what they are worth more or less is realised`()
    throws
  {
    // 60 USD carried at 55.20 for 57.50: 2.30 gained. 40 USD carried at 36.80 for 36.00: 0.80 lost.
    let given = try Given(billed)
    try given.when(received("57.50", "{'invoice':'F-1','amount':'57.50','settles':'60.00'}")).then(
      "60.00 USD = 55.20: 1100/F-1 > 4800/P-1", "57.50 EUR = 57.50: 4800/P-1 > 1000")
    try given.when(
      received("36.00", "{'invoice':'F-1','amount':'36.00','settles':'40.00'}", code: "P-2")
    ).then("40.00 USD = 36.80: 1100/F-1 > 6700/P-2", "36.00 EUR = 36.00: 6700/P-2 > 1000")
    #expect(try given.value("4800") == "-2.30")
    #expect(try given.value("6700") == "0.80")
    #expect(try given.amount("1100/F-1", "USD") == "0.00")
    try given.check()
    // A payment that bounces takes the difference back.
    try given.when(
      "{'event':'payment.returned','on':'2026-02-09','payment':'P-9','returns':'P-1'}"
    ).then("60.00 USD = 55.20: 4800/P-1 > 1100/F-1", "57.50 EUR = 57.50: 1000 > 4800/P-1")
    #expect(try given.value("4800") == "0.00")
  }

  @Test func `an advance in euros settles dollars later, and a supplier is paid in euros`() throws {
    let given = try Given(billed + [received("100.00", "")])
    try given.when(
      "{'event':'payment.allocated','on':'2026-03-04','payment':'P-1','allocations':[{'invoice':'F-1','amount':'91.00','settles':'100.00'}]}"
    ).then("100.00 USD = 92.00: 1100/F-1 > 6700/P-1", "91.00 EUR = 91.00: 6700/P-1 > 2100/P-1")
    try given.when(
      "{'event':'payment.sent','on':'2026-03-04','payment':'P-2','supplier':'S-3','account':'1000','currency':'EUR','amount':'181.00','allocations':[{'bill':'B-1','amount':'181.00','settles':'200.00'}]}"
    ).then("200.00 USD = 184.00: 4800/P-2 > 2000/B-1", "181.00 EUR = 181.00: 1000 > 4800/P-2")
    #expect(try given.value("4800") == "-3.00")
    try given.check()
  }

  @Test(arguments: [
    ("{'invoice':'F-1','amount':'57.50'}", "allocation.currency"),
    ("{'invoice':'F-1','amount':'57.50','settles':'100.01'}", "allocation.exceeded"),
    ("{'invoice':'F-1','amount':'57.50','settles':'0'}", "amount.notPositive"),
  ])
  func `how much of the document is settled must be said, and be open`(
    allocation: String, refusal: String
  ) throws {
    try Given(billed).when(received("60.00", allocation)).refused(refusal)
  }

  @Test func `in the same currency nothing else can be settled than is paid`() throws {
    try Given(
      shop + [
        "{'event':'invoice.issued','on':'2026-01-10','invoice':'F-1','customer':'C-17','lines':[{'text':'a','quantity':'1','price':'100.00'}]}"
      ]
    ).when(received("60.00", "{'invoice':'F-1','amount':'50.00','settles':'49.00'}"))
      .refused("allocation.settles")
  }

  @Test func `a residue is cleared on the side on which it stands`() throws {
    let given = try Given(
      billed + [
        received("91.00", "{'invoice':'F-1','amount':'90.97','settles':'99.95'}"),
        "{'event':'bill.received','on':'2026-01-10','bill':'B-2','supplier':'S-3','currency':'EUR','lines':[{'account':'6200','text':'rent','quantity':'1','price':'10.01'}]}",
        "{'event':'payment.sent','on':'2026-01-12','payment':'P-2','supplier':'S-3','account':'1000','currency':'EUR','amount':'10.00','allocations':[{'bill':'B-2','amount':'10.00'}]}",
      ])
    let cleared = { (document: String) in
      "{'event':'residue.cleared','on':'2026-02-10',\(document)}"
    }
    try given.when(cleared("'invoice':'F-1'")).then("0.05 USD = 0.05: 1100/F-1 > 6700")
      .mentions("F-1", "USD", "C-17")
    try given.when(cleared("'invoice':'F-1'")).refused("residue.none")
    try given.when(cleared("'payment':'P-1'")).then("0.03 EUR = 0.03: 6800 > 2100/P-1")
    try given.when(cleared("'bill':'B-2'")).then("0.01 EUR = 0.01: 6800 > 2000/B-2")
    try given.when(cleared("'bill':'B-1'")).refused("residue.large")
    try given.when(cleared("'bill':'B-1','invoice':'F-1'")).refused("residue.document")
    try given.when(cleared("'correction':'A-9'")).refused("correction.unknown")
    try given.check()
  }

  @Test func `what is owed is revalued for a day, money in the bank for good`() throws {
    // On 28 February at 0.95: F-1 95.00 − 92.00, B-1 190.00 − 184.00, and 10 dollars bought for 9.20 are worth 9.50.
    let given = try Given(
      billed + [
        "{'event':'payment.transferred','on':'2026-01-05','payment':'P-3','from':'1000','to':'1010','amount':'9.20','currency':'EUR','received':'10'}"
      ])
    try given.when(
      "{'event':'currency.revalued','on':'2026-02-28','revaluation':'RV-1','currency':'USD'}"
    ).then(
      "0.00 USD = 3.00: 4800 > 1100/F-1", "0.00 USD = 3.00: 1100/F-1 > 4800 2026-03-01",
      "0.00 USD = 6.00: 2000/B-1 > 6700",
      "0.00 USD = 6.00: 6700 > 2000/B-1 2026-03-01", "0.00 USD = 0.30: 4800 > 1010")
    #expect(try given.value("1100", asOf: "2026-02-28") == "95.00")
    #expect(try given.value("2000", asOf: "2026-02-28") == "-190.00")
    #expect(try given.value("1100") == "92.00")
    #expect(try given.value("1010") == "9.50")
    try given.when(
      "{'event':'currency.revalued','on':'2026-02-28','revaluation':'RV-2','currency':'USD'}"
    ).refused("revaluation.nothing")
    try given.when(
      "{'event':'currency.revalued','on':'2026-02-28','revaluation':'RV-2','currency':'EUR'}"
    ).refused("revaluation.currency")
    // A payment of February that is recorded late: the next revaluation of that day takes the difference back.
    try given.and([
      "{'event':'payment.received','on':'2026-02-10','payment':'P-1','customer':'C-17','account':'1010','currency':'USD','amount':'100.00','allocations':[{'invoice':'F-1','amount':'100.00'}]}"
    ])
    #expect(try given.value("1100", asOf: "2026-02-28") == "3.00")
    try given.and([
      "{'event':'currency.revalued','on':'2026-02-28','revaluation':'RV-2','currency':'USD'}"
    ])
    #expect(try given.value("1100", asOf: "2026-02-28") == "0.00")
    #expect(try given.value("1100") == "0.00")
    #expect(try given.value("1010") == "104.50")
  }

  @Test func `suppliers are paid in a run, each bill whole, and one of the payments may bounce`()
    throws
  {
    let bill = { (code: String, supplier: String, amount: String) in
      "{'event':'bill.received','on':'2026-01-10','bill':'\(code)','supplier':'\(supplier)','currency':'EUR','lines':[{'account':'6200','text':'rent','quantity':'1','price':'\(amount)'}]}"
    }
    let given = try Given(
      shop + [bill("B-1", "S-3", "10"), bill("B-2", "S-4", "20"), bill("B-3", "S-3", "30")])
    let run = { (payments: String) in
      "{'event':'payments.sent','on':'2026-01-12','account':'1000','currency':'EUR','payments':[\(payments)]}"
    }
    try given.when(run("")).refused("lines.empty")
    try given.when(run("{'payment':'P-1','supplier':'S-3'}")).refused("lines.empty")
    try given.when(run("{'payment':'P-1','supplier':'S-3','bills':['B-1','B-1']}"))
      .refused("lines.duplicate")
    try given.when(run("{'payment':'P-1','supplier':'S-3','bills':['B-2']}"))
      .refused("allocation.otherParty")
    try given.when(run("{'payment':'P-1','supplier':'S-3','bills':['B-9']}"))
      .refused("bill.unknown")
    try given.when(run("{'payment':'P-1','supplier':'S-3','bills':['B-1'],'amount':'9'}"))
      .refused("payment.amount")
    let outcome = try given.when(
      run(
        "{'payment':'P-1','supplier':'S-3','bills':['B-1','B-3']},{'payment':'P-2','supplier':'S-4','bills':['B-2']}"
      ))
    try outcome.then(
      "10.00 EUR = 10.00: 1000 > 2000/B-1", "30.00 EUR = 30.00: 1000 > 2000/B-3",
      "20.00 EUR = 20.00: 1000 > 2000/B-2"
    ).mentions("1000", "P-1", "S-3", "B-1", "B-3", "P-2", "S-4", "B-2")
    #expect(try outcome.stored(PaymentsSent.self).payments[0].amount == "40.00")
    try given.when(run("{'payment':'P-3','supplier':'S-3','bills':['B-1']}"))
      .refused("allocation.exceeded")
    try given.when(
      "{'event':'payment.returned','on':'2026-01-14','payment':'P-9','returns':'P-2'}"
    ).then("20.00 EUR = 20.00: 2000/B-2 > 1000").mentions("P-9", "P-2", "S-4", "1000", "B-2")
    try given.check()
  }

  @Test func `an entry by hand may settle what is carried at another rate than the money's`() throws
  {
    // The supplier owes 50.00 USD from a credit note, carried at 46.00 (0.92); they come back worth 40.00: 6.00 are lost.
    let given = try Given(
      shop + [
        "{'event':'bill.received','on':'2026-01-10','bill':'B-1','supplier':'S-3','currency':'USD','lines':[{'account':'6200','quantity':'1','price':'100'}]}",
        "{'event':'payment.sent','on':'2026-01-11','payment':'P-1','supplier':'S-3','account':'1010','currency':'USD','amount':'100','allocations':[{'bill':'B-1','amount':'100'}]}",
        "{'event':'bill.corrected','on':'2026-01-12','correction':'C-1','bill':'B-1','lines':[{'account':'6200','quantity':'1','price':'50'}]}",
      ])
    try given.when(
      "{'event':'journal.posted','on':'2026-03-08','entry':'J-1','lines':[{'account':'1010','debit':'40','currency':'USD','amount':'50'},{'account':'6700','debit':'6'},{'account':'1150','credit':'46','subject':'C-1','currency':'USD','amount':'50'}]}"
    ).then("50.00 USD = 40.00: 1150/C-1 > 1010", "0.00 USD = 6.00: 1150/C-1 > 6700")
    #expect(try given.value("1150/C-1") == "0.00")
    #expect(try given.amount("1150/C-1", "USD") == "0.00")
    try given.check()
  }

  @Test func `what is revalued late is taken back, since the later revaluation has found it`()
    throws
  {
    // 100 USD at 0.92: 8.00 on 28 February. 3.00 of that are of 31 January.
    func revalued(_ day: String, _ code: String) -> String {
      "{'event':'currency.revalued','on':'\(day)','revaluation':'\(code)','currency':'USD'}"
    }
    let given = try Given(
      shop + [
        "{'event':'rate.set','on':'2026-01-31','currency':'USD','rate':'0.95'}",
        "{'event':'rate.set','on':'2026-02-28','currency':'USD','rate':'1.00'}",
        "{'event':'payment.received','on':'2026-01-10','payment':'P-1','customer':'C-17','account':'1010','currency':'USD','amount':'100'}",
        revalued("2026-02-28", "RV-2"),
      ])
    try given.and([revalued("2026-01-31", "RV-1")])
    #expect(try given.value("1010", asOf: "2026-01-31") == "95.00")
    #expect(try given.value("1010", asOf: "2026-02-01") == "92.00")
    #expect(try given.value("1010", asOf: "2026-02-28") == "100.00")
  }
}
