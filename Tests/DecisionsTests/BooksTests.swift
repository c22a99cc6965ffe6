// Free entries, their reversal, opening balances and periods.

import Events
import Ledger
import Testing

@Suite struct `The books` {
  func entry(_ lines: String, code: String = "J-1", on: String = "2026-02-28") -> String {
    "{'event':'journal.posted','on':'\(on)','entry':'\(code)','lines':[\(lines)]}"
  }

  @Test func `debits are paired with credits in their order`() throws {
    // D 100 and 60, C 30, 90 and 40.
    let given = try Given(shop)
    try given.when(
      entry(
        "{'account':'6200','debit':'100','subject':'S-3'},{'account':'1000','credit':'30'},{'account':'6210','debit':'60'},{'account':'1050','credit':'90'},{'account':'2700','credit':'40'}"
      )
    ).then(
      "30.00 EUR = 30.00: 1000 > 6200/S-3", "70.00 EUR = 70.00: 1050 > 6200/S-3",
      "20.00 EUR = 20.00: 1050 > 6210", "40.00 EUR = 40.00: 2700 > 6210")
    try given.when(
      "{'event':'journal.reversed','on':'2026-03-01','entry':'J-2','reverses':'J-1'}"
    ).then(
      "30.00 EUR = 30.00: 6200/S-3 > 1000", "70.00 EUR = 70.00: 6200/S-3 > 1050",
      "20.00 EUR = 20.00: 6210 > 1050", "40.00 EUR = 40.00: 6210 > 2700"
    ).mentions("J-2", "J-1", "S-3", "6200", "1000", "6210", "1050", "2700")
    try given.when(
      "{'event':'journal.reversed','on':'2026-03-01','entry':'J-3','reverses':'J-1'}"
    ).refused("journal.reversed")
    try given.when(
      "{'event':'journal.reversed','on':'2026-03-01','entry':'J-3','reverses':'J-2'}"
    ).refused("journal.notReversible")
  }

  @Test func `a line in another currency says both amounts`() throws {
    // 92.00 EUR = 100.00 USD, for 60.00 and 32.00: 65.22 USD (60/92 × 100 = 65.217) and the rest, 34.78.
    try Given(shop).when(
      entry(
        "{'account':'6200','debit':'60'},{'account':'6210','debit':'32'},{'account':'1010','credit':'92','currency':'USD','amount':'100'}"
      )
    ).then("65.22 USD = 60.00: 1010 > 6200", "34.78 USD = 32.00: 1010 > 6210")
  }

  @Test func `an invoice may be written down by hand, as far as it is open`() throws {
    let given = try Given(
      shop + [
        "{'event':'invoice.issued','on':'2026-01-16','invoice':'F-1','customer':'C-18','lines':[{'text':'a','quantity':'1','price':'10'}]}"
      ])
    func writeOff(_ amount: String) -> String {
      entry(
        "{'account':'6400','debit':'\(amount)'},{'account':'1100','credit':'\(amount)','subject':'F-1'}"
      )
    }
    try given.when(writeOff("10.01")).refused("allocation.exceeded")
    try given.when(writeOff("10.00")).then("10.00 EUR = 10.00: 1100/F-1 > 6400").mentions(
      "J-1", "6400", "F-1", "C-18", "1100")
    try given.check()
  }

  @Test(arguments: [
    ("{'account':'6200','debit':'100'},{'account':'1000','credit':'99.99'}", "journal.unbalanced"),
    ("{'account':'6200','debit':'100','credit':'100'}", "journal.side"),
    ("{'account':'6200'}", "journal.side"), ("", "lines.empty"),
    ("{'account':'6200','debit':'-1'},{'account':'1000','credit':'-1'}", "amount.notPositive"),
    (
      "{'account':'6200','debit':'0.001'},{'account':'1000','credit':'0.001'}", "decimal.tooPrecise"
    ),
    ("{'account':'9999','debit':'1'},{'account':'1000','credit':'1'}", "account.unknown"),
    ("{'account':'6205','debit':'1'},{'account':'1000','credit':'1'}", "account.closed"),
    ("{'account':'9300','debit':'1'},{'account':'1000','credit':'1'}", "account.memo"),
    ("{'account':'1200','debit':'1'},{'account':'1000','credit':'1'}", "account.control"),
    ("{'account':'9000','debit':'1'},{'account':'9010','credit':'1'}", "account.control"),
    ("{'account':'1100','debit':'1'},{'account':'1000','credit':'1'}", "journal.subject"),
    (
      "{'account':'1100','debit':'1','subject':'F-9'},{'account':'1000','credit':'1'}",
      "subject.unknown"
    ),
    (
      "{'account':'6200','debit':'1','subject':'nobody'},{'account':'1000','credit':'1'}",
      "subject.unknown"
    ),
    ("{'account':'6200','debit':'1'},{'account':'1010','credit':'1'}", "journal.currency"),
    (
      "{'account':'1000','debit':'1'},{'account':'1010','credit':'1','currency':'USD','amount':'1.10'}",
      "journal.currency"
    ),
    (
      "{'account':'6200','debit':'1'},{'account':'6210','credit':'1','currency':'USD'}",
      "journal.currency"
    ),
  ])
  func `an entry that cannot be is refused`(lines: String, refusal: String) throws {
    try Given(
      shop + [
        "{'event':'account.opened','on':'2026-01-01','account':'6205','name':'Old','kind':'expense'}",
        "{'event':'account.closed','on':'2026-01-02','account':'6205'}",
      ]
    ).when(entry(lines)).refused(refusal)
  }

  @Test func `a memorandum has entries of its own`() throws {
    try Given(shop).when(
      entry("{'account':'9300','debit':'500'},{'account':'9310','credit':'500'}")
    ).then("500.00 EUR = 500.00: 9310 > 9300")
  }

  @Test func `opening balances take over open documents and goods`() throws {
    let given = try Given(shop)
    try given.when(
      """
      {'event':'opening.posted','on':'2026-01-02','entry':'OB-1','lines':[
      {'account':'1000','debit':'500'},
      {'account':'1010','debit':'92','currency':'USD','amount':'100'},
      {'account':'1100','debit':'121','subject':'F-90','party':'C-17','due':'2026-01-20'},
      {'account':'2000','credit':'60','subject':'B-90','party':'S-3'},
      {'account':'3900','credit':'653'}],
      'stock':[{'product':'TORN','warehouse':'MAD','quantity':'100','value':'10'},
      {'product':'TORN','warehouse':'BCN','quantity':'50','value':'6'}]}
      """
    ).then(
      "500.00 EUR = 500.00: 3900 > 1000", "100.00 USD = 92.00: 3900 > 1010",
      "121.00 EUR = 121.00: 3900 > 1100/F-90", "60.00 EUR = 60.00: 2000/B-90 > 3900",
      "100 TORN = 10.00: 3900 > 1200/MAD", "50 TORN = 6.00: 3900 > 1200/BCN")
    // 653 is what the lines say, and 16.00 of goods.
    #expect(try given.value("3900") == "-669.00")
    try given.and([
      "{'event':'payment.received','on':'2026-01-03','payment':'P-1','customer':'C-17','account':'1000','currency':'EUR','amount':'121','allocations':[{'invoice':'F-90','amount':'121'}]}",
      "{'event':'payment.sent','on':'2026-01-03','payment':'P-2','supplier':'S-3','account':'1000','currency':'EUR','amount':'60','allocations':[{'bill':'B-90','amount':'60'}]}",
    ])
    try given.when(
      "{'event':'invoice.corrected','on':'2026-01-04','correction':'A-1','invoice':'F-90'}"
    ).refused("correction.exceeded")
    try given.check()
  }

  @Test(arguments: [
    ("{'account':'1000','debit':'10'}", "journal.unbalanced"), ("", "lines.empty"),
    ("{'account':'1200','debit':'10'},{'account':'3900','credit':'10'}", "account.control"),
    (
      "{'account':'1100','debit':'10','subject':'F-1'},{'account':'3900','credit':'10'}",
      "opening.item"
    ),
    (
      "{'account':'1100','credit':'10','subject':'F-1','party':'C-17'},{'account':'3900','debit':'10'}",
      "opening.item"
    ),
    (
      "{'account':'1100','debit':'10','subject':'F-1','party':'S-3'},{'account':'3900','credit':'10'}",
      "customer.unknown"
    ),
  ])
  func `opening balances that cannot be are refused`(lines: String, refusal: String) throws {
    try Given(shop).when(
      "{'event':'opening.posted','on':'2026-01-02','entry':'OB-1','lines':[\(lines)]}"
    ).refused(refusal)
  }

  @Test func `a period closes forward, and opens again with a reason`() throws {
    func close(_ day: String) -> String {
      "{'event':'period.closed','on':'2026-03-05','through':'\(day)'}"
    }
    let given = try Given(shop + [close("2026-01-31")])
    try given.when(close("2026-01-31")).refused("period.closed")
    try given.when(close("2026-03-06")).refused("period.future")
    try given.when(
      entry("{'account':'6200','debit':'1'},{'account':'1000','credit':'1'}", on: "2026-01-31")
    )
    .refused("period.closed")
    try given.and([
      entry("{'account':'6200','debit':'1'},{'account':'1000','credit':'1'}", on: "2026-02-01")
    ])
    try given.when("{'event':'period.reopened','on':'2026-03-06','from':'2026-02-01','reason':'x'}")
      .refused("period.notClosed")
    try given.when("{'event':'period.reopened','on':'2026-03-06','from':'2026-01-15','reason':''}")
      .refused("field.invalid")
    try given.and([
      "{'event':'period.reopened','on':'2026-03-06','from':'2026-01-15','reason':'a bill was missing'}",
      entry(
        "{'account':'6200','debit':'1'},{'account':'1000','credit':'1'}", code: "J-2",
        on: "2026-01-15"),
    ])
    try given.when(
      entry(
        "{'account':'6200','debit':'1'},{'account':'1000','credit':'1'}", code: "J-3",
        on: "2026-01-14")
    ).refused("period.closed")
  }
}
