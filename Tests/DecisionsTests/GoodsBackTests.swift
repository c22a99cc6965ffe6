// Goods that go back to their supplier, and what the supplier credits, worked by hand.

import Decisions
import Events
import Ledger
import Testing
import Wire

@Suite struct `Goods that go back` {
  func bill(_ code: String, _ quantity: String, at price: String, tax: Bool = false) -> String {
    "{'event':'bill.received','on':'2026-01-12','bill':'\(code)','supplier':'S-3','purchase':'PO-1','currency':'EUR','lines':[{'product':'TORN','quantity':'\(quantity)','price':'\(price)'\(tax ? ",'tax':'SOP21'" : "")}]}"
  }
  func returned(_ quantity: String, on day: String = "2026-01-15") -> String {
    "{'event':'goods.returned','on':'\(day)','return':'RS-1','purchase':'PO-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'\(quantity)'}]}"
  }
  func rejected(_ quantity: String) -> String {
    "{'event':'goods.rejected','on':'2026-01-09','rejection':'RJ-1','receipt':'GR-PO-1','lines':[{'product':'TORN','quantity':'\(quantity)'}],'reason':'rust'}"
  }
  func credited(_ lines: String, on day: String = "2026-01-20", code: String = "CR-1") -> String {
    "{'event':'bill.corrected','on':'\(day)','correction':'\(code)','bill':'B-1','lines':[\(lines)]}"
  }
  let ten = shop + bought("PO-1", "TORN", "10", at: "2.00", on: "2026-01-08")

  @Test func `rejected goods are owed no more, and still to come`() throws {
    let given = try Given(ten)
    try given.when(rejected("4")).then(
      "4 TORN = 8.00: 1200/MAD > 5100/TORN", "0 TORN = 8.00: 5100/TORN > 2050/PO-1",
      "4 TORN = 8.00: 9100/PO-1 > 9110/PO-1"
    ).mentions("RJ-1", "GR-PO-1", "PO-1", "S-3", "MAD", "TORN")
    #expect(try given.value("2050") == "-12.00")
    try given.when(bill("B-1", "7", at: "2.00")).refused("bill.exceeded")
    // Good ones come instead, and all ten are billed.
    try given.and([
      "{'event':'goods.received','on':'2026-01-11','receipt':'GR-2','purchase':'PO-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'4'}]}",
      bill("B-1", "10", at: "2.00"),
    ])
    #expect(try given.value("2050") == "0.00")
    #expect(try given.value("5100") == "0.00")
    #expect(try given.amount("9110", "TORN") == "0")
    try given.check()
  }

  @Test func `the goods that go back are those that came, not the oldest`() throws {
    // 5 at 1.00 lie there already. 4 of the 10 at 2.00 are rejected: they leave at 2.00 each.
    let given = try Given(
      shop + bought("PO-0", "TORN", "5", at: "1.00", on: "2026-01-05")
        + bought("PO-1", "TORN", "10", at: "2.00", on: "2026-01-08") + [rejected("4")])
    #expect(try given.value("1200") == "17.00")  // 5 × 1.00 + 6 × 2.00
    #expect(try given.value("5100") == "0.00")
    try given.and(sold("SO-1", "TORN", "6", at: "3.00", on: "2026-01-10"))
    #expect(try given.value("5000") == "7.00")
  }

  @Test func `when they have been sold already, others go back, and the difference is variance`()
    throws
  {
    // 10 at 2.00, 8 sold; then 5 at 3.00 come under another order. 4 go back: the 2 left at 2.00 and 2 at 3.00, 10.00;
    // the supplier owes 4 × 2.00.
    let given = try Given(
      ten + sold("SO-1", "TORN", "8", at: "3.00", on: "2026-01-10")
        + bought("PO-2", "TORN", "5", at: "3.00", on: "2026-01-12"))
    try given.when(returned("4")).then(
      "4 TORN = 10.00: 1200/MAD > 5100/TORN", "0 TORN = 8.00: 5100/TORN > 2050/PO-1")
    #expect(try given.value("5100") == "2.00")
    try given.check()
  }

  @Test func `billed goods that go back wait for the supplier's credit, with its tax`() throws {
    // Billed at 2.10: 21.00, of which 1.00 went to the goods. 4 go back at 2.10 = 8.40; they came for 8.00.
    let given = try Given(ten + [bill("B-1", "10", at: "2.10", tax: true)])
    try given.when(returned("4")).then(
      "4 TORN = 8.40: 1200/MAD > 5100/TORN", "0 TORN = 8.00: 5100/TORN > 2050/PO-1")
    #expect(try given.value("2050") == "8.00")
    // Credited at what was billed: 8.40 and 1.76 of tax (8.40 × 21 % = 1.764).
    let outcome = try given.when(
      credited("{'product':'TORN','quantity':'4','price':'2.10'}"))
    try outcome.then(
      "8.40 EUR = 8.40: 2050/PO-1 > 2000/B-1", "0.00 EUR = 0.40: 5100/TORN > 2050/PO-1",
      "1.76 EUR = 1.76: 1300/SOP21 > 2000/B-1", "8.40 EUR = 8.40: 9200/SOP21 > 9200"
    ).mentions("CR-1", "B-1", "S-3", "PO-1", "TORN", "SOP21")
    #expect(try outcome.stored(BillCorrected.self).lines[0].tax == "SOP21")
    #expect(try given.value("2050") == "0.00")
    #expect(try given.value("5100") == "0.00")
    #expect(try given.value("1200") == "12.60")  // 6 × 2.10
    #expect(try given.value("2000") == "-15.25")  // 21.00 + 4.41 − 8.40 − 1.76
    try given.check()
  }

  @Test func `a credit on a paid bill is an advance to the supplier`() throws {
    let given = try Given(
      ten + [
        bill("B-1", "10", at: "2.00"),
        "{'event':'payment.sent','on':'2026-01-14','payment':'P-1','supplier':'S-3','account':'1000','currency':'EUR','amount':'15.00','allocations':[{'bill':'B-1','amount':'15.00'}]}",
        returned("4"),
      ])
    // 5.00 is open; the other 3.00 are ours.
    try given.when(credited("{'product':'TORN','quantity':'4','price':'2.00'}")).then(
      "5.00 EUR = 5.00: 2050/PO-1 > 2000/B-1", "3.00 EUR = 3.00: 2050/PO-1 > 1150/CR-1")
    #expect(try given.value("2050") == "0.00")
    // It settles the next bill.
    try given.and([
      "{'event':'bill.received','on':'2026-01-25','bill':'B-2','supplier':'S-3','currency':'EUR','lines':[{'account':'6200','quantity':'1','price':'3.00'}]}"
    ])
    try given.when(
      "{'event':'payment.allocated','on':'2026-01-26','payment':'CR-1','allocations':[{'bill':'B-2','amount':'3.00'}]}"
    ).then("3.00 EUR = 3.00: 1150/CR-1 > 2000/B-2")
    try given.check()
  }

  @Test func `a supplier pays a credit back`() throws {
    // 10 at 2.00 are paid; 4 go back: the 8.00 of CR-1 are ours.
    let given = try Given(
      ten + [
        bill("B-1", "10", at: "2.00"),
        "{'event':'payment.sent','on':'2026-01-14','payment':'P-1','supplier':'S-3','account':'1000','currency':'EUR','amount':'20.00','allocations':[{'bill':'B-1','amount':'20.00'}]}",
        returned("4"), credited("{'product':'TORN','quantity':'4','price':'2.00'}"),
      ])
    func back(_ amount: String, _ credit: String = "CR-1") -> String {
      "{'event':'journal.posted','on':'2026-01-24','entry':'J-1','text':'back','lines':[{'account':'1000','debit':'\(amount)'},{'account':'1150','credit':'\(amount)','subject':'\(credit)'}]}"
    }
    try given.when(back("8.01")).refused("allocation.exceeded")
    let refusal = try given.when(back("8.00", "CR-9")).refused("subject.unknown")
    #expect(!refusal.remedy.contains("leave it out"))
    try given.when(back("8.00")).then("8.00 EUR = 8.00: 1150/CR-1 > 1000")
      .mentions("J-1", "1000", "CR-1", "S-3", "1150")
    #expect(try given.value("1150") == "0.00")
    try given.check()
  }

  @Test func `a lower price for goods that stay makes them cheaper, as far as they are here`()
    throws
  {
    // 10 at 2.00, 6 sold, 4 here. 0.50 less for 5: 4 × 0.50 = 2.00 to the goods, 0.50 to the variance.
    let given = try Given(
      ten + [bill("B-1", "10", at: "2.00")]
        + sold("SO-1", "TORN", "6", at: "3.00", on: "2026-01-13"))
    try given.when(
      credited("{'product':'TORN','quantity':'5','price':'0.50','keepsGoods':true}")
    ).then(
      "2.50 EUR = 2.50: 2050/PO-1 > 2000/B-1", "0 TORN = 2.00: 1200/MAD > 2050/PO-1",
      "0.00 EUR = 0.50: 5100/TORN > 2050/PO-1")
    #expect(try given.value("2050") == "0.00")
    #expect(try given.value("1200") == "6.00")
    // What is billed stays billed.
    try given.when(bill("B-2", "1", at: "2.00")).refused("bill.exceeded")
    try given.check()
  }

  @Test func `a bill sent in error is credited whole, and the goods wait for the right one`() throws
  {
    let given = try Given(ten + [bill("B-1", "10", at: "2.50", tax: true)])
    let outcome = try given.when(credited(""))
    #expect(try outcome.stored(BillCorrected.self).lines.count == 1)
    #expect(try given.value("2000") == "0.00")
    #expect(try given.value("1300") == "0.00")
    #expect(try given.value("2050") == "-25.00")
    #expect(try given.value("1200") == "25.00")
    // The right one is of 2.00: 5.00 come off the goods.
    try given.and([bill("B-2", "10", at: "2.00")])
    #expect(try given.value("2050") == "0.00")
    #expect(try given.value("1200") == "20.00")
    try given.when(credited("", code: "CR-2")).refused("correction.lines")
    try given.check()
  }

  @Test func `stock equals the ledger when a receipt comes late after a return`() throws {
    // 10 at 2.00 on the 8th, all billed; 3 sold on the 14th; 4 go back on the 15th. Then 5 at 1.00 of the 2nd: the 3 sold
    // cost 3.00 instead of 6.00; the 4 that went back are still of the 10: 8.00. Left: 2 × 1.00 + 6 × 2.00 = 14.00.
    let given = try Given(
      ten + [bill("B-1", "10", at: "2.00")]
        + sold("SO-1", "TORN", "3", at: "3.00", on: "2026-01-14") + [returned("4")]
        + bought("PO-0", "TORN", "5", at: "1.00", on: "2026-01-02"))
    #expect(try given.value("5000") == "3.00")
    #expect(try given.value("5100") == "0.00")
    #expect(try given.value("1200") == "14.00")
    try given.check()
  }

  @Test func `what cannot go back or be credited is refused`() throws {
    let given = try Given(ten + [bill("B-1", "8", at: "2.00")])
    try given.when(rejected("3")).refused("rejection.billed")
    let refusal = try Given(ten + [bill("B-1", "10", at: "2.00"), returned("2")])
      .when(rejected("1")).refused("rejection.billed")
    #expect(refusal.message == "0 of TORN is not billed yet, less than 1.")
    try given.when(rejected("11")).refused("rejection.exceeded")
    try given.when(returned("11")).refused("return.exceeded")
    try given.when(returned("1", on: "2026-01-07")).refused("return.exceeded")
    try given.when(credited("{'product':'TORN','quantity':'9','price':'1.00'}")).refused(
      "correction.exceeded")
    try given.when(credited("{'product':'TORN','quantity':'8','price':'2.01'}")).refused(
      "correction.exceeded")
    try given.when(credited("{'product':'CABLE','quantity':'1','price':'1'}")).refused(
      "correction.unknown")
    try given.when(
      credited("{'product':'TORN','quantity':'1','price':'1'}", on: "2026-01-11")
    ).refused("correction.early")
    try given.and(sold("SO-1", "TORN", "9", at: "3.00", on: "2026-01-14"))
    try given.when(returned("2")).refused("stock.short")
  }

  @Test func `what will never come is no longer on order`() throws {
    let given = try Given(
      shop + [
        bought("PO-1", "TORN", "10", at: "2.00", on: "2026-01-08")[0],
        "{'event':'goods.received','on':'2026-01-09','receipt':'GR-1','purchase':'PO-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'6'}]}",
      ])
    let cancelled = "{'event':'purchase.cancelled','on':'2026-01-10','purchase':'PO-1','lines':["
    try given.when(cancelled + "{'product':'TORN','quantity':'5'}]}").refused("purchase.exceeded")
    try given.when(cancelled + "{'product':'TORN','quantity':'1'}]}").then(
      "1 TORN = 2.00: 9110/PO-1 > 9100/PO-1")
    try given.when(cancelled + "]}").then("3 TORN = 6.00: 9110/PO-1 > 9100/PO-1")
    try given.when(cancelled + "]}").refused("purchase.exceeded")
  }
}
