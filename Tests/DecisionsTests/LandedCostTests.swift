// Freight and duty as part of what goods cost: shared, with the last cent, for what is here and what has gone, worked
// by hand.

import Decisions
import Ledger
import Testing

@Suite struct `Landed cost` {
  func landed(
    _ amount: String, by share: String = "value", on day: String = "2026-01-15",
    receipts: [String] = ["GR-PO-1"], code: String = "LC-1"
  ) -> String {
    let names = receipts.map { "'\($0)'" }.joined(separator: ",")
    return
      "{'event':'cost.landed','on':'\(day)','landing':'\(code)','receipts':[\(names)],'amount':'\(amount)','account':'6290','share':'\(share)'}"
  }

  @Test func `the cost goes to the goods still here, and to the cost of sales of those gone`()
    throws
  {
    // 10 at 2.00, 4 sold on the 10th. 5.00 of freight on the 15th: 6/10 are here: 3.00; 2.00 have gone.
    let given = try Given(
      shop + bought("PO-1", "TORN", "10", at: "2.00", on: "2026-01-08")
        + sold("SO-1", "TORN", "4", at: "3.00", on: "2026-01-10"))
    try given.when(landed("5.00")).then(
      "0 TORN = 2.00: 6290/GR-PO-1 > 5000/LC-1", "0 TORN = 3.00: 6290/GR-PO-1 > 1200/MAD"
    ).mentions("LC-1", "6290", "GR-PO-1", "PO-1", "S-3", "TORN")
    // 6 × 2.00 + 3.00 = 15.00, so the next 6 cost 2.50 each.
    try given.and(sold("SO-2", "TORN", "6", at: "3.00", on: "2026-01-20"))
    #expect(try given.value("5000/SO-2") == "15.00")
    #expect(try given.value("5000") == "25.00")  // 10 × 2.00 + 5.00
    try given.check()
  }

  @Test func `recorded late, it restates the sales since its day, on their own days`() throws {
    // 10 at 2.00; 4 sold on the 20th. Freight of 5.00 on the 15th, when all 10 were here: 2.50 each, so the 4 cost 10.00.
    let given = try Given(
      shop + bought("PO-1", "TORN", "10", at: "2.00", on: "2026-01-08")
        + sold("SO-1", "TORN", "4", at: "3.00", on: "2026-01-20"))
    try given.when(landed("5.00")).then(
      "0 TORN = 5.00: 6290/GR-PO-1 > 1200/MAD", "0 TORN = 2.00: 1200/MAD > 5000/SO-1 2026-01-20")
    #expect(try given.value("5000", asOf: "2026-01-20") == "10.00")
    #expect(try given.value("1200/MAD") == "15.00")
    try given.check()
  }

  @Test
  func
    `of several receipts whose goods lose themselves among others, no more is here than lies here`()
    throws
  {
    // CABLE is costed at the average: 10 m at 1.00 and 10 m at 2.00, 7 m sold. 20.00 of freight by quantity: 10.00 for each
    // receipt. 13 of the 20 m are here: 6.50 of each; 7.00 are cost of sales.
    let given = try Given(
      shop + bought("PO-1", "CABLE", "10", at: "1.00", on: "2026-01-08")
        + bought("PO-2", "CABLE", "10", at: "2.00", on: "2026-01-09")
        + sold("SO-1", "CABLE", "7", at: "3.00", on: "2026-01-10"))
    try given.when(landed("20.00", by: "quantity", receipts: ["GR-PO-1", "GR-PO-2"])).then(
      "0.00 CABLE = 3.50: 6290/GR-PO-1 > 5000/LC-1", "0.00 CABLE = 3.50: 6290/GR-PO-2 > 5000/LC-1",
      "0.00 CABLE = 6.50: 6290/GR-PO-1 > 1200/MAD", "0.00 CABLE = 6.50: 6290/GR-PO-2 > 1200/MAD")
    // 30.00 less 7 × 1.50 = 19.50, and 13.00.
    #expect(try given.value("1200") == "32.50")
    try given.check()
  }

  @Test func `a closed period does not change`() throws {
    // 10 at 2.00 in January, 4 sold in January, 2 in February. January is closed. Freight of January is refused; of
    // 1 February: 6 are here: 3.00, 2.00 are cost of sales of 1 February; the 2 sold on the 10th cost 5.00, not 4.00.
    let given = try Given(
      shop + bought("PO-1", "TORN", "10", at: "2.00", on: "2026-01-08")
        + sold("SO-1", "TORN", "4", at: "3.00", on: "2026-01-20")
        + sold("SO-2", "TORN", "2", at: "3.00", on: "2026-02-10")
        + ["{'event':'period.closed','on':'2026-02-11','through':'2026-01-31'}"])
    try given.when(landed("5.00", on: "2026-01-31")).refused("period.closed")
    try given.when(landed("5.00", on: "2026-02-01")).then(
      "0 TORN = 2.00: 6290/GR-PO-1 > 5000/LC-1", "0 TORN = 3.00: 6290/GR-PO-1 > 1200/MAD",
      "0 TORN = 1.00: 1200/MAD > 5000/SO-2 2026-02-10")
    #expect(try given.value("5000", asOf: "2026-01-31") == "8.00")
    #expect(try given.value("1200", asOf: "2026-01-31") == "12.00")
    try given.check()
  }

  /// TORN: 10 at 1.00 under PO-1; CABLE: 20 m at 1.00 under PO-2; both weigh 2 kg a unit.
  let two =
    shop + bought("PO-1", "TORN", "10", at: "1.00", on: "2026-01-08")
    + bought("PO-2", "CABLE", "20", at: "1.00", on: "2026-01-08")

  @Test func `by value, quantity or weight, the last line takes the cent`() throws {
    // 10.00 over 10.00 and 20.00: 3.33 and 6.67. Over 10 and 20 units the same.
    for share in ["value", "quantity"] {
      try Given(two).when(landed("10.00", by: share, receipts: ["GR-PO-1", "GR-PO-2"])).then(
        "0 TORN = 3.33: 6290/GR-PO-1 > 1200/MAD", "0.00 CABLE = 6.67: 6290/GR-PO-2 > 1200/MAD")
    }
    // By weight: 10 × 0.5 kg = 5 kg and 20 × 0.05 kg = 1 kg: 10.00 × 5/6 = 8.33 and 1.67.
    let weighed =
      two + [
        "{'event':'product.revised','on':'2026-01-09','product':'TORN','weight':'0.5'}",
        "{'event':'product.revised','on':'2026-01-09','product':'CABLE','weight':'0.05'}",
      ]
    try Given(weighed).when(landed("10.00", by: "weight", receipts: ["GR-PO-1", "GR-PO-2"])).then(
      "0 TORN = 8.33: 6290/GR-PO-1 > 1200/MAD", "0.00 CABLE = 1.67: 6290/GR-PO-2 > 1200/MAD")
    try Given(two).when(landed("10.00", by: "weight")).refused("landing.weight")
  }

  @Test func `cents of a split add up, also when there are fewer cents than lines`() throws {
    // Seven receipts of one piece at 1.00. 1.00: six times 0.14 (0.142…), the last 0.16. 0.05: 0.01 (0.007…) five times,
    // then nothing is left.
    var lines = shop
    for i in 1...7 { lines += bought("PO-\(i)", "TORN", "1", at: "1.00", on: "2026-01-08") }
    let receipts = (1...7).map { "GR-PO-\($0)" }
    let given = try Given(lines)
    try given.when(landed("1.00", receipts: receipts)).then(
      "0 TORN = 0.14: 6290/GR-PO-1 > 1200/MAD", "0 TORN = 0.14: 6290/GR-PO-2 > 1200/MAD",
      "0 TORN = 0.14: 6290/GR-PO-3 > 1200/MAD", "0 TORN = 0.14: 6290/GR-PO-4 > 1200/MAD",
      "0 TORN = 0.14: 6290/GR-PO-5 > 1200/MAD", "0 TORN = 0.14: 6290/GR-PO-6 > 1200/MAD",
      "0 TORN = 0.16: 6290/GR-PO-7 > 1200/MAD")
    try given.when(landed("0.05", receipts: receipts, code: "LC-2")).then(
      "0 TORN = 0.01: 6290/GR-PO-1 > 1200/MAD", "0 TORN = 0.01: 6290/GR-PO-2 > 1200/MAD",
      "0 TORN = 0.01: 6290/GR-PO-3 > 1200/MAD", "0 TORN = 0.01: 6290/GR-PO-4 > 1200/MAD",
      "0 TORN = 0.01: 6290/GR-PO-5 > 1200/MAD")
    #expect(try given.value("6290") == "-1.05")
    #expect(try given.value("1200") == "8.05")
    // FIFO: the first costs 1.00 + 0.14 + 0.01, the last 1.16.
    try given.and(sold("SO-1", "TORN", "1", at: "3.00", on: "2026-01-20"))
    #expect(try given.value("5000/SO-1") == "1.15")
    try given.and(sold("SO-2", "TORN", "6", at: "3.00", on: "2026-01-20"))
    #expect(try given.value("5000/SO-2") == "6.90")
    try given.check()
  }

  @Test func `it finds the goods of its receipt, wherever they have gone`() throws {
    // GR-A brings 4 at 1.00, GR-B 4 at 3.00 under the same order… of two orders; 2 of A go to BCN. 4.00 for A: 1.00 each.
    let given = try Given(
      shop + bought("PO-1", "TORN", "4", at: "1.00", on: "2026-01-08")
        + bought("PO-2", "TORN", "4", at: "3.00", on: "2026-01-09") + [
          "{'event':'stock.transferred','on':'2026-01-10','transfer':'T-1','from':'MAD','to':'BCN','lines':[{'product':'TORN','quantity':'2'}],'arrived':true}"
        ])
    try given.when(landed("4.00")).then(
      "0 TORN = 2.00: 6290/GR-PO-1 > 1200/MAD", "0 TORN = 2.00: 6290/GR-PO-1 > 1200/BCN")
    try given.and(sold("SO-1", "TORN", "3", at: "9.00", on: "2026-01-20"))
    #expect(try given.value("5000/SO-1") == "7.00")  // 2 × 2.00 + 1 × 3.00
    #expect(try given.value("1200/BCN") == "4.00")
    try given.check()
  }

  @Test func `a negative cost takes off what was added too much`() throws {
    let given = try Given(shop + bought("PO-1", "TORN", "10", at: "2.00", on: "2026-01-08"))
    try given.and([landed("5.00")])
    try given.when(landed("-5.00", code: "LC-2")).then("0 TORN = 5.00: 1200/MAD > 6290/GR-PO-1")
    #expect(try given.value("1200") == "20.00")
  }

  @Test func `no more is taken off than was added, to each line and on each day`() throws {
    let given = try Given(two)
    try given.when(landed("-5.00")).refused("landing.exceeded")
    try given.and([landed("5.00", on: "2026-01-15")])
    try given.when(landed("-5.01", on: "2026-01-16", code: "LC-2")).refused("landing.exceeded")
    // Before it was added there was nothing to take off.
    try given.when(landed("-5.00", on: "2026-01-14", code: "LC-2")).refused("landing.exceeded")
    // Half of it would come off goods of another receipt, to which nothing was added.
    try given.when(
      landed("-3.00", on: "2026-01-16", receipts: ["GR-PO-1", "GR-PO-2"], code: "LC-2")
    ).refused("landing.exceeded")
    try given.and([landed("-3.00", on: "2026-01-20", code: "LC-2")])
    // 2.00 is left on 20 January, so no more can be taken off on an earlier day.
    try given.when(landed("-2.01", on: "2026-01-16", code: "LC-3")).refused("landing.exceeded")
    try given.and([landed("-2.00", on: "2026-01-16", code: "LC-3")])
    #expect(try given.value("1200") == "30.00")
    #expect(try given.value("6290") == "0.00")
    try given.check()
  }

  @Test func `goods that are still here are not worth less than nothing`() throws {
    // CABLE is costed at the average: 20 m at 1.00 bear 50.00 and are sold for 70.00; 20 m at 1.00 come. Taking 50.00 off
    // those that have gone would leave −30.00.
    let given = try Given(
      shop + bought("PO-1", "CABLE", "20", at: "1.00", on: "2026-01-08") + [landed("50.00")]
        + sold("SO-1", "CABLE", "20", at: "5.00", on: "2026-01-16")
        + bought("PO-2", "CABLE", "20", at: "1.00", on: "2026-01-17"))
    #expect(try given.value("5000") == "70.00")
    try given.when(landed("-50.00", on: "2026-01-18", code: "LC-2")).refused("landing.belowZero")
    try given.when(landed("-20.00", on: "2026-01-18", code: "LC-2")).then(
      "0.00 CABLE = 20.00: 1200/MAD > 6290/GR-PO-1")
    #expect(try given.value("1200") == "0.00")
  }

  @Test func `a landed cost that cannot be is refused`() throws {
    let given = try Given(shop + bought("PO-1", "TORN", "10", at: "2.00", on: "2026-01-08"))
    try given.when(landed("5.00", on: "2026-01-07")).refused("landing.early")
    try given.when(landed("0")).refused("amount.zero")
    try given.when(landed("5.00", receipts: ["GR-9"])).refused("receipt.unknown")
    try given.when(landed("5.00", receipts: ["GR-PO-1", "GR-PO-1"])).refused("lines.duplicate")
    try given.when(landed("5.00", receipts: [])).refused("lines.empty")
    try given.and([landed("5.00")])
    try given.when(landed("5.00")).refused("landing.duplicate")
  }

  @Test func `what lies together is not taken off twice`() throws {
    // 20 m at 1.00 and 100.00 of freight: 6.00 each. 10 are scrapped, 10 come at 1.00: 70.00. Each receipt's 50.00 would leave 20.00.
    let given = try Given(
      shop + bought("PO-1", "CABLE", "10", at: "1.00", on: "2026-01-08")
        + bought("PO-2", "CABLE", "10", at: "1.00", on: "2026-01-08") + [
          landed("100.00", by: "quantity", receipts: ["GR-PO-1", "GR-PO-2"]),
          "{'event':'stock.scrapped','on':'2026-01-16','scrap':'SC-1','warehouse':'MAD','lines':[{'product':'CABLE','quantity':'10'}]}",
        ] + bought("PO-3", "CABLE", "10", at: "1.00", on: "2026-01-17"))
    try given.when(
      landed(
        "-100.00", by: "quantity", on: "2026-01-18", receipts: ["GR-PO-1", "GR-PO-2"], code: "LC-2")
    ).refused("landing.belowZero")
    try given.and([landed("-50.00", by: "quantity", on: "2026-01-18", code: "LC-3")])
    #expect(try given.value("1200") == "20.00")
    try given.check()
  }

  @Test(arguments: ["1000", "1300", "1500", "5000", "5100", "5200", "5300"])
  func `money, taxes, assets and what takes goods bear no freight`(account: String) throws {
    try Given(shop + bought("PO-1", "TORN", "10", at: "2.00", on: "2026-01-08")).when(
      landed("5.00").replacing("6290", with: account)
    ).refused("account.control")
  }
}
