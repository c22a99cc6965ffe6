// Payments that bounce, worked by hand.

import Ledger
import Testing

@Suite struct `Payments that bounce` {
  /// F-1 100.00, F-2 50.00, F-3 100.00 USD = 92.00; P-1 pays F-1 and 20.00 of F-2, and 30.00 of it pay the rest later.
  let paid =
    shop
    + [("F-1", "EUR", "100.00"), ("F-2", "EUR", "50.00"), ("F-3", "USD", "100.00")].map {
      code, currency, amount in
      "{'event':'invoice.issued','on':'2026-01-10','invoice':'\(code)','customer':'C-17','currency':'\(currency)','lines':[{'text':'a','quantity':'1','price':'\(amount)'}]}"
    } + [
      "{'event':'rate.set','on':'2026-02-01','currency':'USD','rate':'0.95'}",
      "{'event':'payment.received','on':'2026-02-03','payment':'P-1','customer':'C-17','account':'1000','currency':'EUR','amount':'160.00','allocations':[{'invoice':'F-1','amount':'100.00'},{'invoice':'F-2','amount':'20.00'}]}",
      "{'event':'payment.allocated','on':'2026-02-05','payment':'P-1','allocations':[{'invoice':'F-2','amount':'30.00'}]}",
    ]

  func returned(_ payment: String, on: String = "2026-02-09", code: String = "P-9") -> String {
    "{'event':'payment.returned','on':'\(on)','payment':'\(code)','returns':'\(payment)'}"
  }

  @Test func `what it had settled is open again, also what its rest settled later`() throws {
    let given = try Given(paid)
    try given.when(returned("P-1", on: "2026-02-04")).refused("payment.early")
    try given.when(returned("P-1")).then(
      "100.00 EUR = 100.00: 1000 > 1100/F-1", "20.00 EUR = 20.00: 1000 > 1100/F-2",
      "40.00 EUR = 40.00: 1000 > 2100/P-1", "30.00 EUR = 30.00: 2100/P-1 > 1100/F-2"
    ).mentions("P-9", "P-1", "C-17", "1000", "F-1", "F-2")
    #expect(try given.value("1100/F-1") == "100.00")
    #expect(try given.value("1100/F-2") == "50.00")
    #expect(try given.value("2100") == "0.00")
    #expect(try given.value("1000") == "0.00")
    try given.when(returned("P-1", code: "P-10")).refused("payment.returned")
    try given.when(returned("P-9", code: "P-10")).refused("payment.notReturnable")
    try given.when(returned("P-7", code: "P-10")).refused("payment.unknown")
    try given.check()
  }

  @Test func `what was left of it must not have been paid back`() throws {
    try Given(
      paid + [
        "{'event':'payment.refunded','on':'2026-02-06','payment':'P-2','customer':'C-17','account':'1000','currency':'EUR','amount':'10.00','of':'P-1'}"
      ]
    ).when(returned("P-1")).refused("payment.used")
  }

  @Test func `in another currency both sides close, and the gain was none`() throws {
    let given = try Given(
      paid + [
        "{'event':'payment.received','on':'2026-02-03','payment':'P-2','customer':'C-17','account':'1010','currency':'USD','amount':'100.00','allocations':[{'invoice':'F-3','amount':'100.00'}]}"
      ])
    try given.when(returned("P-2")).then(
      "100.00 USD = 92.00: 1010 > 1100/F-3", "0.00 USD = 3.00: 1010 > 4800")
    #expect(try given.value("1100/F-3") == "92.00")
    #expect(try given.value("1010") == "0.00")
  }

  @Test func `a payment to a supplier may come back too`() throws {
    try Given(
      shop + [
        "{'event':'bill.received','on':'2026-01-10','bill':'B-1','supplier':'S-3','currency':'EUR','lines':[{'account':'6200','text':'rent','quantity':'1','price':'100.00'}]}",
        "{'event':'payment.sent','on':'2026-01-12','payment':'P-1','supplier':'S-3','account':'1000','currency':'EUR','amount':'100.00','allocations':[{'bill':'B-1','amount':'100.00'}]}",
      ]
    ).when(returned("P-1")).then("100.00 EUR = 100.00: 2000/B-1 > 1000")
      .mentions("P-9", "P-1", "S-3", "1000", "B-1")
  }

  @Test func `a discount for paying early is lost with the payment`() throws {
    let given = try Given(
      shop + [
        "{'event':'invoice.issued','on':'2026-01-10','invoice':'F-1','customer':'C-17','earlyDiscount':'2','earlyDue':'2026-01-25','lines':[{'text':'a','quantity':'1','price':'100.00','tax':'IVA21'}]}",
        "{'event':'payment.received','on':'2026-01-20','payment':'P-1','customer':'C-17','account':'1000','currency':'EUR','amount':'118.58','allocations':[{'invoice':'F-1','amount':'118.58','discount':'2.42'}]}",
        returned("P-1"),
      ])
    #expect(try given.value("1100/F-1") == "121.00")
    #expect(try given.value("2200/IVA21") == "-21.00")
    #expect(try given.value("4200") == "0.00")
    // A credit note takes back all that was billed.
    try given.and([
      "{'event':'invoice.corrected','on':'2026-02-10','correction':'A-1','invoice':'F-1'}"
    ])
    #expect(try given.value("1100") == "0.00")
    #expect(try given.value("2200") == "0.00")
  }

  /// F-1: a and b at 100.00 and 21 %, 10 % off if paid early; paid so; a credited for 90.00 and 18.90.
  let discounted =
    shop + [
      "{'event':'invoice.issued','on':'2026-01-10','invoice':'F-1','customer':'C-17','earlyDiscount':'10','earlyDue':'2026-01-31','lines':[{'text':'a','quantity':'1','price':'100.00','tax':'IVA21'},{'text':'b','quantity':'1','price':'100.00','tax':'IVA21'}]}",
      "{'event':'payment.received','on':'2026-01-20','payment':'P-1','customer':'C-17','account':'1000','currency':'EUR','amount':'217.80','allocations':[{'invoice':'F-1','amount':'217.80','discount':'24.20'}]}",
      "{'event':'invoice.corrected','on':'2026-02-02','correction':'A-1','invoice':'F-1','lines':[{'text':'a','quantity':'1'}]}",
    ]

  @Test func `a credit note that took back a discount is put right when the payment bounces`()
    throws
  {
    let given = try Given(discounted)
    #expect(try given.value("2100/A-1") == "-108.90")
    // The discount is lost: 242.00 is owed, and line a was worth 121.00: 12.10 more is the customer's.
    try given.when(returned("P-1")).then(
      "217.80 EUR = 217.80: 1000 > 1100/F-1", "4.20 EUR = 4.20: 2200/IVA21 > 1100/F-1",
      "20.00 EUR = 20.00: 9200 > 9200/IVA21", "20.00 EUR = 20.00: 4200 > 1100/F-1",
      "2.10 EUR = 2.10: 2100/A-1 > 2200/IVA21", "10.00 EUR = 10.00: 2100/A-1 > 4200",
      "10.00 EUR = 10.00: 9200/IVA21 > 9200")
    #expect(try given.value("1100/F-1") == "242.00")
    #expect(try given.value("2100/A-1") == "-121.00")
    #expect(try given.value("2200") == "-21.00")
    #expect(try given.value("4200") == "0.00")
    #expect(try given.value("9200/IVA21") == "100.00")
    // What is credited of the rest comes to nothing more and nothing less.
    try given.and([
      "{'event':'invoice.corrected','on':'2026-02-10','correction':'A-2','invoice':'F-1'}"
    ])
    for account in ["2200", "4200", "9200/IVA21"] { #expect(try given.value(account) == "0.00") }
    #expect(try given.value("1100/F-1") == "121.00")
    #expect(try given.value("2100/A-1") == "-121.00")
    try given.check()
  }

  @Test func `a credit note of before the discount is left as it is when the payment bounces`()
    throws
  {
    // A-1 credits a whole: 121.00 is open. P-1 pays 108.90 with 12.10 off, and bounces: 121.00 is open again.
    let given = try Given(
      discounted.dropLast(2) + discounted.suffix(1) + [
        "{'event':'payment.received','on':'2026-01-30','payment':'P-1','customer':'C-17','account':'1000','currency':'EUR','amount':'108.90','allocations':[{'invoice':'F-1','amount':'108.90','discount':'12.10'}]}"
      ])
    try given.when(returned("P-1")).then(
      "108.90 EUR = 108.90: 1000 > 1100/F-1", "2.10 EUR = 2.10: 2200/IVA21 > 1100/F-1",
      "10.00 EUR = 10.00: 9200 > 9200/IVA21", "10.00 EUR = 10.00: 4200 > 1100/F-1")
    #expect(try given.value("1100/F-1") == "121.00")
    #expect(try given.value("2200") == "-21.00")
  }

  /// 100.00, paid on the 12th; the payment bounces on the 25th.
  let bounced =
    shop + [
      "{'event':'invoice.issued','on':'2026-01-10','invoice':'F-1','customer':'C-17','lines':[{'text':'a','quantity':'1','price':'100.00'}]}",
      "{'event':'payment.received','on':'2026-01-12','payment':'P-1','customer':'C-17','account':'1000','currency':'EUR','amount':'100.00','allocations':[{'invoice':'F-1','amount':'100.00'}]}",
      "{'event':'payment.returned','on':'2026-01-25','payment':'P-9','returns':'P-1'}",
    ]
  func paidAgain(on day: String, _ allocations: String) -> String {
    "{'event':'payment.received','on':'\(day)','payment':'P-2','customer':'C-17','account':'1000','currency':'EUR','amount':'40.00','allocations':[\(allocations)]}"
  }

  @Test func `what was settled on a day cannot be settled once more on that day`() throws {
    // Between the 12th and the 25th nothing of F-1 was open: what came on the 20th is an advance until the 25th.
    let given = try Given(bounced)
    let part = "{'invoice':'F-1','amount':'40.00'}"
    try given.when(paidAgain(on: "2026-01-20", part)).refused("allocation.notThen")
    try given.when(
      "{'event':'debt.writtenOff','on':'2026-01-20','invoice':'F-1','reason':'insolvent'}"
    ).refused("allocation.notThen")
    try given.and([paidAgain(on: "2026-01-20", "")])
    func allocated(on day: String) -> String {
      "{'event':'payment.allocated','on':'\(day)','payment':'P-2','allocations':[\(part)]}"
    }
    try given.when(allocated(on: "2026-01-24")).refused("allocation.notThen")
    try given.when(allocated(on: "2026-01-25")).then("40.00 EUR = 40.00: 1100/F-1 > 2100/P-2")
    #expect(try given.value("1100/F-1", asOf: "2026-01-24") == "0.00")
    #expect(try given.value("1100/F-1") == "60.00")
    // Before the payment that bounced, all of it was open, but not on every day since.
    try given.when(paidAgain(on: "2026-01-11", part).replacing("P-2", with: "P-3"))
      .refused("allocation.notThen")
    try given.check()
  }

  @Test func `a credit note of a day on which the invoice was paid is the customer's credit`()
    throws
  {
    // On the 20th F-1 is paid. The credit note of 30.00 is the customer's, though the payment has bounced since.
    let given = try Given(bounced)
    try given.when(
      "{'event':'invoice.corrected','on':'2026-01-20','correction':'A-1','invoice':'F-1','lines':[{'text':'a','quantity':'0.3'}]}"
    ).then("30.00 EUR = 30.00: 2100/A-1 > 4100")
    #expect(try given.value("1100/F-1", asOf: "2026-01-20") == "0.00")
    try given.when(
      "{'event':'payment.allocated','on':'2026-01-25','payment':'A-1','allocations':[{'invoice':'F-1','amount':'30.00'}]}"
    ).then("30.00 EUR = 30.00: 1100/F-1 > 2100/A-1")
    try given.check()
  }
}
