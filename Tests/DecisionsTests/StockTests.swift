// What goods cost: FIFO, average, late receipts, closed periods, transfers, returns and counts, worked by hand.

import Decisions
import Ledger
import Testing

@Suite struct `Goods at cost` {
  @Test func `a receipt brings goods in at the order's price`() throws {
    try Given(shop + [bought("PO-1", "TORN", "1000", at: "0.10", on: "2026-01-08")[0]]).when(
      "{'event':'goods.received','on':'2026-01-08','receipt':'GR-1','purchase':'PO-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'400'}]}"
    ).then(
      "400 TORN = 40.00: 2050/PO-1 > 1200/MAD",
      "400 TORN = 40.00: 9110/PO-1 > 9100/PO-1"
    ).mentions("GR-1", "PO-1", "S-3", "MAD", "TORN")
  }

  @Test func `FIFO takes the oldest goods first`() throws {
    // 10 at 1.00 and 10 at 1.60; 15 leave: 10 × 1.00 + 5 × 1.60 = 18.00.
    let given = try Given(
      shop + bought("PO-1", "TORN", "10", at: "1.00", on: "2026-01-05")
        + bought("PO-2", "TORN", "10", at: "1.60", on: "2026-01-06")
        + [sold("SO-1", "TORN", "15", at: "3.00", on: "2026-01-10")[0]])
    try given.when(sold("SO-1", "TORN", "15", at: "3.00", on: "2026-01-10")[1]).then(
      "15 TORN = 45.00: 9010/SO-1 > 9000/SO-1",
      "15 TORN = 18.00: 1200/MAD > 5000/SO-1")
    #expect(try given.value("1200/MAD") == "8.00")  // 5 × 1.60
    try given.check()
  }

  @Test func `average takes every unit at the mean, and the last one what is left`() throws {
    // 3 m for 10.00 and 4 m for 10.00: 7 m for 20.00. 2 m cost 20 × 2/7 = 5.714 → 5.71; the other 5 m 14.29.
    let given = try Given(
      shop + bought("PO-1", "CABLE", "4", at: "2.50", on: "2026-01-05")
        + bought("PO-2", "CABLE", "3", at: "3.333333", on: "2026-01-06")
        + sold("SO-1", "CABLE", "2", at: "5.00", on: "2026-01-10"))
    #expect(try given.value("5000/SO-1") == "5.71")
    try given.and(sold("SO-2", "CABLE", "5", at: "5.00", on: "2026-01-11"))
    #expect(try given.value("5000/SO-2") == "14.29")
    #expect(try given.value("1200/MAD") == "0.00")
    try given.check()
  }

  @Test func `a backdated receipt restates an earlier sale on its own day`() throws {
    // Known first: 10 at 2.00 on the 5th, 6 sold on the 20th for 12.00. Then 4 at 1.00, received on the 2nd:
    // the 6 are 4 × 1.00 + 2 × 2.00 = 8.00, so 4.00 come back into stock on the 20th.
    let given = try Given(
      shop + bought("PO-1", "TORN", "10", at: "2.00", on: "2026-01-05")
        + sold("SO-1", "TORN", "6", at: "3.00", on: "2026-01-20")
        + [bought("PO-0", "TORN", "4", at: "1.00", on: "2026-01-02")[0]])
    #expect(try given.value("5000") == "12.00")
    try given.when(bought("PO-0", "TORN", "4", at: "1.00", on: "2026-01-02")[1]).then(
      "4 TORN = 4.00: 2050/PO-0 > 1200/MAD",
      "0 TORN = 4.00: 5000/SO-1 > 1200/MAD 2026-01-20",
      "4 TORN = 4.00: 9110/PO-0 > 9100/PO-0")
    #expect(try given.value("5000") == "8.00")
    #expect(try given.value("1200/MAD", asOf: "2026-01-19") == "24.00")
    #expect(try given.value("1200/MAD") == "16.00")  // 8 × 2.00
    try given.check()
  }

  @Test func `a closed period does not change, and what is later does`() throws {
    // 10 m at 2.00; 5 m sold in January for 10.00 and 2 m in February for 4.00; then January is closed.
    let given = try Given(
      shop + bought("PO-1", "CABLE", "10", at: "2.00", on: "2026-01-05")
        + sold("SO-1", "CABLE", "5", at: "9.00", on: "2026-01-20")
        + sold("SO-2", "CABLE", "2", at: "9.00", on: "2026-02-10")
        + ["{'event':'period.closed','on':'2026-02-15','through':'2026-01-31'}"])
    try given.when(bought("PO-0", "CABLE", "10", at: "1.00", on: "2026-01-02")[0]).refused(
      "period.closed")
    // 5 m at 2.00 left, 5 m at 1.00 come on 1 February: 15.00 for 10 m; the 2 m of the 10th cost 3.00, not 4.00.
    try given.and([bought("PO-0", "CABLE", "5", at: "1.00", on: "2026-02-01")[0]])
    try given.when(bought("PO-0", "CABLE", "5", at: "1.00", on: "2026-02-01")[1]).then(
      "5.00 CABLE = 5.00: 2050/PO-0 > 1200/MAD",
      "0.00 CABLE = 1.00: 5000/SO-2 > 1200/MAD 2026-02-10",
      "5.00 CABLE = 5.00: 9110/PO-0 > 9100/PO-0")
    #expect(try given.value("5000", asOf: "2026-01-31") == "10.00")
    try given.check()
  }

  @Test func `a period that is open again is restated on its own days`() throws {
    // The receipt of 2 January is recorded when January is open again: 4 × 1.00 + 2 × 2.00 = 8.00 on the 20th.
    let given = try Given(
      shop + bought("PO-1", "TORN", "10", at: "2.00", on: "2026-01-05")
        + sold("SO-1", "TORN", "6", at: "3.00", on: "2026-01-20")
        + [
          "{'event':'period.closed','on':'2026-02-01','through':'2026-01-31'}",
          "{'event':'period.reopened','on':'2026-02-02','from':'2026-01-01','reason':'late receipt'}",
        ] + bought("PO-0", "TORN", "4", at: "1.00", on: "2026-01-02"))
    #expect(try given.value("5000", asOf: "2026-01-20") == "8.00")
    #expect(try given.value("5000", asOf: "2026-01-19") == "0.00")
  }

  @Test func `a transfer carries the cost along to the cent, through transit`() throws {
    // 3 at 0.333333 = 1.00. 2 of 3: 0.67 leave; 1 stays at 0.33.
    let given = try Given(
      shop + bought("PO-1", "TORN", "3", at: "0.333333", on: "2026-01-05"))
    try given.when(
      "{'event':'stock.transferred','on':'2026-01-10','transfer':'T-1','from':'MAD','to':'BCN','lines':[{'product':'TORN','quantity':'2'}]}"
    ).then("2 TORN = 0.67: 1200/MAD > 1250/T-1")
    try given.when(
      "{'event':'stock.transferred','on':'2026-01-11','transfer':'T-1','arrived':true,'lines':[{'product':'TORN','quantity':'1'}]}"
    ).then("1 TORN = 0.34: 1250/T-1 > 1200/BCN")
    try given.when(
      "{'event':'stock.transferred','on':'2026-01-12','transfer':'T-1','arrived':true,'lines':[]}"
    ).then("1 TORN = 0.33: 1250/T-1 > 1200/BCN")
    #expect(try given.value("1200") == "1.00")
    #expect(try given.value("1200/BCN") == "0.67")
    try given.check()
  }

  @Test func `a return comes back at the cost of its own issue, and a restated issue restates it`()
    throws
  {
    // 10 at 2.00; 6 leave for 12.00, 3 of them return at 6.00. Then 4 at 1.00, received before: the issue is 8.00,
    // and what came back of it 4.00. So 4.00 − 2.00 are restated.
    let given = try Given(
      shop + bought("PO-1", "TORN", "10", at: "2.00", on: "2026-01-05")
        + sold("SO-1", "TORN", "6", at: "3.00", on: "2026-01-20"))
    try given.when(
      "{'event':'order.returned','on':'2026-01-25','return':'R-1','shipment':'SH-SO-1','warehouse':'BCN','lines':[{'product':'TORN','quantity':'3'}]}"
    ).then("3 TORN = 6.00: 5000/SO-1 > 1200/BCN").mentions(
      "R-1", "SH-SO-1", "SO-1", "C-17", "BCN", "TORN")
    try given.and([bought("PO-0", "TORN", "4", at: "1.00", on: "2026-01-02")[0]])
    try given.when(bought("PO-0", "TORN", "4", at: "1.00", on: "2026-01-02")[1]).then(
      "4 TORN = 4.00: 2050/PO-0 > 1200/MAD",
      "0 TORN = 4.00: 5000/SO-1 > 1200/MAD 2026-01-20",
      "0 TORN = 2.00: 1200/BCN > 5000/SO-1 2026-01-25",
      "4 TORN = 4.00: 9110/PO-0 > 9100/PO-0")
    #expect(try given.value("5000") == "4.00")
    try given.check()
  }

  @Test func `a count difference is booked at cost, expected as of its day`() throws {
    // 10 at 2.00 on the 5th, 6 sold on the 20th. Counted on the 10th: 9, so 1 is missing: 2.00.
    let given = try Given(
      shop + bought("PO-1", "TORN", "10", at: "2.00", on: "2026-01-05")
        + sold("SO-1", "TORN", "6", at: "3.00", on: "2026-01-20"))
    try given.when(
      "{'event':'stock.counted','on':'2026-01-10','count':'CT-1','warehouse':'MAD','lines':[{'product':'TORN','counted':'9'}]}"
    ).then("1 TORN = 2.00: 1200/MAD > 5200/CT-1")
    // 5 found on top of the 3 left (6.00): at 2.00 each.
    try given.when(
      "{'event':'stock.counted','on':'2026-01-21','count':'CT-2','warehouse':'MAD','lines':[{'product':'TORN','counted':'8'}]}"
    ).then("5 TORN = 10.00: 5200/CT-2 > 1200/MAD")
    try given.when(
      "{'event':'stock.scrapped','on':'2026-01-22','scrap':'X-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'8'}]}"
    ).then("8 TORN = 16.00: 1200/MAD > 5300/X-1")
    try given.check()
  }

  @Test func `an adjustment may say what the goods it brings are worth`() throws {
    try Given(shop).when(
      "{'event':'stock.adjusted','on':'2026-01-10','adjustment':'AD-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'4','value':'1.00'}]}"
    ).then("4 TORN = 1.00: 5200/AD-1 > 1200/MAD")
  }

  @Test(arguments: UInt64(1)...12)
  func `recorded late in any order, everything costs what it costs in the order of the days`(
    seed: UInt64
  ) throws {
    for product in ["TORN", "CABLE"] {
      var random = SplitMix(seed)
      // Receipts on even days at changing prices, sales and transfers on odd ones.
      var lines: [[String]] = []
      var onHand = 0
      for day in 2...27 {
        let date = "2026-01-\(day < 10 ? "0" : "")\(day)"
        if day % 2 == 0 {
          let quantity = Int.random(in: 3...9, using: &random)
          onHand += quantity
          lines.append(
            bought(
              "PO-\(day)", product, "\(quantity)",
              at: "1.\(Int.random(in: 0...99999, using: &random))",
              on: date))
        } else if onHand > 1 {
          let quantity = Int.random(in: 1...(onHand - 1), using: &random)
          onHand -= quantity
          lines.append(
            day % 5 == 0
              ? [
                "{'event':'stock.transferred','on':'\(date)','transfer':'T-\(day)','from':'MAD','to':'BCN','lines':[{'product':'\(product)','quantity':'\(quantity)'}],'arrived':true}"
              ] : sold("SO-\(day)", product, "\(quantity)", at: "3.00", on: date))
        }
      }
      let inOrder = try Given(shop + lines.flatMap { $0 })
      let late = try Given(shop)
      var waiting = lines.shuffled(using: &random)
      while !waiting.isEmpty {
        // What is not there yet comes again later; an order of it stands already then.
        var left = waiting.removeFirst()
        while let line = left.first, case .recorded = try late.when(line) { left.removeFirst() }
        if !left.isEmpty { waiting.append(left) }
      }
      for day in 1...28 {
        for place in ["1200/MAD", "1200/BCN", "5000"] {
          let asOf = Day(year: 2026, month: 1, day: day)
          #expect(
            try late.value(place, asOf: asOf) == inOrder.value(place, asOf: asOf),
            "seed \(seed), \(product), \(place) on day \(day)")
        }
      }
      try late.check()
    }
  }

  @Test func `a product is adjusted on one line`() throws {
    // Each line by itself could be given: 6 of 10, and 6 of 10.
    let given = try Given(shop + bought("PO-1", "TORN", "10", at: "0.10", on: "2026-01-08"))
    try given.when(
      "{'event':'stock.adjusted','on':'2026-01-12','adjustment':'ADJ-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'-6'},{'product':'TORN','quantity':'-6'}]}"
    ).refused("lines.duplicate")
  }
}

/// A small seeded generator (SplitMix64, Steele, Lea and Flood 2014).
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
