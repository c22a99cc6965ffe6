// Bills against receipts, with another price, in parts and in another currency, worked by hand.

import Events
import Ledger
import Testing

@Suite struct `Purchasing` {
  func bill(
    _ code: String, _ quantity: String, at price: String, on: String = "2026-01-20",
    product: String = "TORN", tax: String? = nil, currency: String = "EUR"
  ) -> String {
    "{'event':'bill.received','on':'\(on)','bill':'\(code)','supplier':'S-3','purchase':'PO-1','currency':'\(currency)','lines':[{'product':'\(product)','quantity':'\(quantity)','price':'\(price)'\(tax.map { ",'tax':'\($0)'" } ?? "")}]}"
  }

  @Test func `a bill at the order's price clears what was received, with its tax`() throws {
    let given = try Given(shop + bought("PO-1", "TORN", "1000", at: "0.10", on: "2026-01-08"))
    let outcome = try given.when(bill("B-1", "1000", at: "0.10", tax: "SOP21"))
    try outcome.then(
      "100.00 EUR = 100.00: 2000/B-1 > 2050/PO-1", "21.00 EUR = 21.00: 2000/B-1 > 1300/SOP21",
      "100.00 EUR = 100.00: 9200 > 9200/SOP21"
    ).mentions("B-1", "S-3", "PO-1", "TORN", "SOP21")
    #expect(try outcome.stored(BillReceived.self).due == "2026-03-21")  // 60 days
    #expect(try given.value("2050") == "0.00")
    try given.when(bill("B-2", "1", at: "0.10")).refused("bill.exceeded")
  }

  @Test func `a dearer bill goes to the goods still here, and to the variance of those gone`()
    throws
  {
    // 1000 at 0.10, 400 sold. Billed at 0.12: 20.00 more, of which 400/1000 = 8.00 have gone.
    let given = try Given(
      shop + bought("PO-1", "TORN", "1000", at: "0.10", on: "2026-01-08")
        + sold("SO-1", "TORN", "400", at: "0.25", on: "2026-01-13"))
    try given.when(bill("B-1", "1000", at: "0.12")).then(
      "120.00 EUR = 120.00: 2000/B-1 > 2050/PO-1", "0.00 EUR = 8.00: 2050/PO-1 > 5100/TORN",
      "0 TORN = 12.00: 2050/PO-1 > 1200/MAD")
    #expect(try given.value("2050") == "0.00")
    #expect(try given.value("1200/MAD") == "72.00")  // 600 × 0.12
    try given.and(sold("SO-2", "TORN", "600", at: "0.25", on: "2026-01-21"))
    #expect(try given.value("5000/SO-2") == "72.00")
    try given.check()
  }

  @Test func `a cheaper bill takes cost off`() throws {
    // 10 at 2.00, 5 sold. Billed at 1.50: 5.00 less, half of it for goods that have gone.
    let given = try Given(
      shop + bought("PO-1", "CABLE", "10", at: "2.00", on: "2026-01-08")
        + sold("SO-1", "CABLE", "5", at: "9.00", on: "2026-01-13"))
    try given.when(bill("B-1", "10", at: "1.50", product: "CABLE")).then(
      "15.00 EUR = 15.00: 2000/B-1 > 2050/PO-1", "0.00 EUR = 2.50: 5100/CABLE > 2050/PO-1",
      "0.00 CABLE = 2.50: 1200/MAD > 2050/PO-1")
    try given.and(sold("SO-2", "CABLE", "5", at: "9.00", on: "2026-01-21"))
    #expect(try given.value("5000/SO-2") == "7.50")
    try given.check()
  }

  @Test func `a backdated bill restates a sale recorded after its day`() throws {
    // 10 at 2.00 on the 8th, 5 sold on the 13th (10.00). The bill is of the 10th at 2.20: all 10 were there then, so
    // 2.00 go to the goods, and the sale of the 13th costs 11.00.
    let given = try Given(
      shop + bought("PO-1", "TORN", "10", at: "2.00", on: "2026-01-08")
        + sold("SO-1", "TORN", "5", at: "9.00", on: "2026-01-13"))
    try given.when(bill("B-1", "10", at: "2.20", on: "2026-01-10")).then(
      "22.00 EUR = 22.00: 2000/B-1 > 2050/PO-1", "0 TORN = 2.00: 2050/PO-1 > 1200/MAD",
      "0 TORN = 1.00: 1200/MAD > 5000/SO-1 2026-01-13")
    #expect(try given.value("1200/MAD") == "11.00")
    try given.check()
  }

  @Test func `the goods are found where they have gone to`() throws {
    // 10 at 2.00, 4 sent to BCN. 1.00 more: 6/10 in MAD 0.60, 4/10 in BCN 0.40; BCN has the higher number.
    let given = try Given(
      shop + bought("PO-1", "TORN", "10", at: "2.00", on: "2026-01-08") + [
        "{'event':'stock.transferred','on':'2026-01-10','transfer':'T-1','from':'MAD','to':'BCN','lines':[{'product':'TORN','quantity':'4'}],'arrived':true}"
      ])
    try given.when(bill("B-1", "10", at: "2.10")).then(
      "21.00 EUR = 21.00: 2000/B-1 > 2050/PO-1", "0 TORN = 0.60: 2050/PO-1 > 1200/MAD",
      "0 TORN = 0.40: 2050/PO-1 > 1200/BCN")
    try given.check()
  }

  @Test func `bills in parts clear to zero, the last one taking what is left`() throws {
    // 3 at 0.333333: received for 1.00. One third clears 0.33, the next 0.34 (of 0.67: 0.335), the last 0.33. Billed at
    // 0.333333 each is 0.33: differences of 0.00, −0.01 and 0.00. The goods are here.
    let given = try Given(shop + bought("PO-1", "TORN", "3", at: "0.333333", on: "2026-01-08"))
    try given.when(bill("B-1", "1", at: "0.333333")).then(
      "0.33 EUR = 0.33: 2000/B-1 > 2050/PO-1")
    try given.when(bill("B-2", "1", at: "0.333333")).then(
      "0.33 EUR = 0.33: 2000/B-2 > 2050/PO-1", "0 TORN = 0.01: 1200/MAD > 2050/PO-1")
    try given.when(bill("B-3", "1", at: "0.333333")).then(
      "0.33 EUR = 0.33: 2000/B-3 > 2050/PO-1")
    #expect(try given.value("2050") == "0.00")
    #expect(try given.value("1200") == "0.99")
    try given.check()
  }

  @Test func `what has gone was billed first`() throws {
    // 10 at 2.00, 4 sold. 5 billed at 3.00: 5.00 more, 4 of the 5 have gone: 4.00. The other 5: all here.
    let given = try Given(
      shop + bought("PO-1", "TORN", "10", at: "2.00", on: "2026-01-08")
        + sold("SO-1", "TORN", "4", at: "9.00", on: "2026-01-13"))
    try given.when(bill("B-1", "5", at: "3.00")).then(
      "15.00 EUR = 15.00: 2000/B-1 > 2050/PO-1", "0.00 EUR = 4.00: 2050/PO-1 > 5100/TORN",
      "0 TORN = 1.00: 2050/PO-1 > 1200/MAD")
    try given.when(bill("B-2", "5", at: "3.00")).then(
      "15.00 EUR = 15.00: 2000/B-2 > 2050/PO-1", "0 TORN = 5.00: 2050/PO-1 > 1200/MAD")
    #expect(try given.value("1200") == "18.00")  // 6 × 3.00
    try given.check()
  }

  @Test func `of a bill in dollars, the price goes to the goods and the rate to exchange`() throws {
    // 10 at 2.00 USD at 0.92: 18.40. Billed at 2.50 USD at 0.95: 25.00 USD = 23.75. At the agreed price it would be
    // 20.00 USD = 19.00: the rate costs 0.60, the price 4.75.
    let given = try Given(
      shop + bought("PO-1", "TORN", "10", at: "2.00", on: "2026-01-08", currency: "USD") + [
        "{'event':'rate.set','on':'2026-01-15','currency':'USD','rate':'0.95'}"
      ])
    try given.when(bill("B-1", "10", at: "2.50", currency: "USD")).then(
      "25.00 USD = 23.75: 2000/B-1 > 2050/PO-1", "0.00 USD = 0.60: 2050/PO-1 > 6700",
      "0 TORN = 4.75: 2050/PO-1 > 1200/MAD")
    #expect(try given.value("2050") == "0.00")
  }

  @Test func `a bill without goods goes to the accounts that it names`() throws {
    try Given(shop).when(
      "{'event':'bill.received','on':'2026-01-10','bill':'B-1','supplier':'S-4','currency':'EUR','lines':[{'account':'6200','text':'rent','quantity':'1','price':'900.00','tax':'SOP21'},{'account':'6230','text':'advice','quantity':'2.5','price':'10.00','tax':'EXENTO'}]}"
    ).then(
      "900.00 EUR = 900.00: 2000/B-1 > 6200", "25.00 EUR = 25.00: 2000/B-1 > 6230",
      "189.00 EUR = 189.00: 2000/B-1 > 1300/SOP21", "900.00 EUR = 900.00: 9200 > 9200/SOP21",
      "25.00 EUR = 25.00: 9200 > 9200/EXENTO")
  }

  @Test(arguments: [
    (
      "'supplier':'S-4','purchase':'PO-1','currency':'EUR','lines':[{'product':'TORN','quantity':'1','price':'1'}]",
      "bill.supplier"
    ),
    (
      "'supplier':'S-3','purchase':'PO-1','currency':'USD','lines':[{'product':'TORN','quantity':'1','price':'1'}]",
      "bill.currency"
    ),
    (
      "'supplier':'S-3','purchase':'PO-1','currency':'EUR','lines':[{'product':'TORN','quantity':'11','price':'1'}]",
      "bill.exceeded"
    ),
    (
      "'supplier':'S-3','purchase':'PO-1','currency':'EUR','lines':[{'product':'CABLE','quantity':'1','price':'1'}]",
      "bill.exceeded"
    ),
    (
      "'supplier':'S-3','purchase':'PO-1','currency':'EUR','lines':[{'product':'TORN','quantity':'1','price':'1'},{'product':'TORN','quantity':'1','price':'1'}]",
      "lines.duplicate"
    ),
    (
      "'supplier':'S-3','currency':'EUR','lines':[{'product':'TORN','quantity':'1','price':'1'}]",
      "bill.line"
    ),
    (
      "'supplier':'S-3','currency':'EUR','lines':[{'text':'what','quantity':'1','price':'1'}]",
      "bill.line"
    ),
    ("'supplier':'S-3','currency':'EUR','lines':[]", "lines.empty"),
    (
      "'supplier':'S-3','currency':'EUR','lines':[{'account':'1200','quantity':'1','price':'1'}]",
      "account.control"
    ),
    (
      "'supplier':'S-3','currency':'EUR','lines':[{'account':'1100','quantity':'1','price':'1'}]",
      "account.control"
    ),
    (
      "'supplier':'S-3','currency':'EUR','lines':[{'account':'9300','quantity':'1','price':'1'}]",
      "account.memo"
    ),
    (
      "'supplier':'S-3','currency':'EUR','lines':[{'account':'6200','quantity':'1','price':'1','tax':'IVA21'}]",
      "tax.kind"
    ),
    (
      "'supplier':'S-9','currency':'EUR','lines':[{'account':'6200','quantity':'1','price':'1'}]",
      "supplier.unknown"
    ),
    (
      "'supplier':'S-3','currency':'EUR','due':'2026-01-01','lines':[{'account':'6200','quantity':'1','price':'1'}]",
      "due.early"
    ),
  ])
  func `a bill that cannot be is refused`(rest: String, refusal: String) throws {
    try Given(shop + bought("PO-1", "TORN", "10", at: "2.00", on: "2026-01-08")).when(
      "{'event':'bill.received','on':'2026-01-10','bill':'B-1',\(rest)}"
    ).refused(refusal)
  }

  @Test func `a bill from before the goods came is refused`() throws {
    try Given(shop + bought("PO-1", "TORN", "10", at: "2.00", on: "2026-01-08")).when(
      bill("B-1", "10", at: "2.00", on: "2026-01-07")
    ).refused("bill.exceeded")
  }

  @Test(arguments: [
    (
      "'purchase':'PO-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'1'}]",
      "purchase.exceeded"
    ),
    (
      "'purchase':'PO-1','warehouse':'MAD','lines':[{'product':'CABLE','quantity':'1'}]",
      "purchase.exceeded"
    ),
    (
      "'purchase':'PO-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'1.5'}]",
      "decimal.tooPrecise"
    ),
    (
      "'purchase':'PO-9','warehouse':'MAD','lines':[{'product':'TORN','quantity':'1'}]",
      "purchase.unknown"
    ),
    (
      "'purchase':'PO-1','warehouse':'XXX','lines':[{'product':'TORN','quantity':'1'}]",
      "warehouse.unknown"
    ),
  ])
  func `a receipt that cannot be is refused`(rest: String, refusal: String) throws {
    try Given(shop + bought("PO-1", "TORN", "10", at: "2.00", on: "2026-01-08")).when(
      "{'event':'goods.received','on':'2026-01-10','receipt':'GR-1',\(rest)}"
    ).refused(refusal)
  }

  @Test func `goods are credited down to nothing, and what is more is a variance`() throws {
    // 10 at 10.00, 9 scrapped; 50.00 are credited as a rebate: the one that lies here is worth 0.00 then.
    let given = try Given(
      shop + bought("PO-1", "TORN", "10", at: "10.00", on: "2026-01-08") + [
        "{'event':'bill.received','on':'2026-01-09','bill':'B-1','supplier':'S-3','purchase':'PO-1','currency':'EUR','lines':[{'product':'TORN','quantity':'10','price':'10.00'}]}",
        "{'event':'stock.scrapped','on':'2026-01-10','scrap':'SC-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'9'}]}",
        "{'event':'bill.corrected','on':'2026-01-12','correction':'CN-1','bill':'B-1','lines':[{'product':'TORN','quantity':'1','price':'50.00','keepsGoods':true}]}",
      ])
    #expect(try given.value("1200") == "0.00")
    #expect(try given.value("5100") == "-40.00")
    #expect(try given.value("2050") == "0.00")
    try given.check()
  }

  @Test func `a rebate takes off each place what lies there, and no more`() throws {
    // 10 m in MAD for 10.00, 10 m in BCN for 1000.00. 50.00 for ten: 25.00 for each place, but MAD has 10.00 only.
    let given = try Given(
      shop + bought("PO-1", "CABLE", "10", at: "1.00", on: "2026-01-08")
        + bought("PO-2", "CABLE", "10", at: "100.00", on: "2026-01-08", in: "BCN") + [
          "{'event':'bill.received','on':'2026-01-09','bill':'B-2','supplier':'S-3','purchase':'PO-2','currency':'EUR','lines':[{'product':'CABLE','quantity':'10','price':'100.00'}]}",
          "{'event':'bill.corrected','on':'2026-01-12','correction':'CN-1','bill':'B-2','lines':[{'product':'CABLE','quantity':'10','price':'5.00','keepsGoods':true}]}",
        ])
    #expect(try given.value("1200/MAD") == "0.00")
    #expect(try given.value("1200/BCN") == "975.00")
    #expect(try given.value("5100") == "-15.00")
    try given.check()
  }

  @Test(arguments: ["1000", "1300", "2200"])
  func `money and taxes are no cost that a supplier bills`(account: String) throws {
    try Given(shop).when(
      "{'event':'bill.received','on':'2026-01-10','bill':'B-1','supplier':'S-3','currency':'EUR','lines':[{'account':'\(account)','text':'a','quantity':'1','price':'7.00'}]}"
    ).refused("account.control")
  }
}
