// Goods that leave before they came, where a warehouse allows it; worked by hand.

import Decisions
import Ledger
import Testing

@Suite struct `Negative stock` {
  let books =
    shop + [
      "{'event':'warehouse.opened','on':'2026-01-01','warehouse':'VAL','name':'Valladolid','allowsNegative':true}"
    ]

  func restated(_ lines: [String]) throws -> (Given, Outcome) {
    let given = try Given(books + lines.dropLast())
    return (given, try given.when(lines[lines.count - 1]))
  }

  @Test func `the shortfall is valued at the last cost, and restated by the next receipt`() throws {
    // 4 at 2.00; 10 leave: 8.00 and 6 at the last cost, 12.00. Then 8 come at 2.50: the 6 cost 15.00, so 3.00 more, on
    // the sale's own day. Two at 2.50 are left.
    for product in ["TORN", "CABLE"] {
      let zero = product == "TORN" ? "0" : "0.00"
      let eight = product == "TORN" ? "8" : "8.00"
      let (given, outcome) = try restated(
        bought("PO-1", product, "4", at: "2.00", on: "2026-01-05", in: "VAL")
          + sold("SO-1", product, "10", at: "9.00", on: "2026-01-10", from: "VAL")
          + bought("PO-2", product, "8", at: "2.50", on: "2026-01-15", in: "VAL"))
      try outcome.then(
        "\(eight) \(product) = 20.00: 2050/PO-2 > 1200/VAL",
        "\(zero) \(product) = 3.00: 1200/VAL > 5000/SO-1 2026-01-10",
        "\(eight) \(product) = 20.00: 9110/PO-2 > 9100/PO-2")
      #expect(try given.value("5000/SO-1", asOf: "2026-01-10") == "23.00")
      #expect(try given.value("1200/VAL") == "5.00")
      #expect(try given.amount("1200/VAL", product, asOf: "2026-01-14").hasPrefix("-6"))
      try given.and(sold("SO-2", product, "2", at: "9.00", on: "2026-01-20", from: "VAL"))
      #expect(try given.value("5000/SO-2") == "5.00")
      #expect(try given.value("1200/VAL") == "0.00")
    }
  }

  @Test func `several receipts fill several shortfalls, oldest first`() throws {
    // Nothing was ever bought: two sales of 3 at 0.00. 4 come at 1.00: the first costs 3.00, the second 1.00 so far.
    // 5 come at 1.60: the second costs 1.00 + 3.20. 3 are left at 4.80.
    let given = try Given(
      books + sold("SO-1", "TORN", "3", at: "9.00", on: "2026-01-10", from: "VAL")
        + sold("SO-2", "TORN", "3", at: "9.00", on: "2026-01-11", from: "VAL")
        + bought("PO-1", "TORN", "4", at: "1.00", on: "2026-01-15", in: "VAL"))
    #expect(try given.value("5000/SO-1") == "3.00")
    #expect(try given.value("5000/SO-2") == "1.00")
    try given.and(bought("PO-2", "TORN", "5", at: "1.60", on: "2026-01-16", in: "VAL"))
    #expect(try given.value("5000/SO-2") == "4.20")
    #expect(try given.value("1200/VAL") == "4.80")
  }

  @Test func `a receipt recorded late makes the shortfall as if it had never been`() throws {
    // As above, but the 8 at 2.50 came before the sale: 4 × 2.00 + 6 × 2.50 = 23.00, all the same.
    let (given, _) = try restated(
      bought("PO-1", "TORN", "4", at: "2.00", on: "2026-01-05", in: "VAL")
        + sold("SO-1", "TORN", "10", at: "9.00", on: "2026-01-10", from: "VAL")
        + bought("PO-2", "TORN", "8", at: "2.50", on: "2026-01-07", in: "VAL"))
    #expect(try given.value("5000/SO-1") == "23.00")
    #expect(try given.value("1200/VAL") == "5.00")
    // An older one still: 2 at 1.00 take the place of two at 2.50.
    try given.and(bought("PO-0", "TORN", "2", at: "1.00", on: "2026-01-02", in: "VAL"))
    #expect(try given.value("5000/SO-1") == "20.00")
    #expect(try given.value("1200/VAL") == "10.00")
    try given.check()
  }

  @Test func `of a closed period the restatement falls on the first open day`() throws {
    let (_, outcome) = try restated(
      bought("PO-1", "TORN", "4", at: "2.00", on: "2026-01-05", in: "VAL")
        + sold("SO-1", "TORN", "10", at: "9.00", on: "2026-01-10", from: "VAL")
        + ["{'event':'period.closed','on':'2026-02-01','through':'2026-01-31'}"]
        + bought("PO-2", "TORN", "8", at: "2.50", on: "2026-02-05", in: "VAL"))
    try outcome.then(
      "8 TORN = 20.00: 2050/PO-2 > 1200/VAL", "0 TORN = 3.00: 1200/VAL > 5000/SO-1 2026-02-01",
      "8 TORN = 20.00: 9110/PO-2 > 9100/PO-2")
  }

  @Test func `only what leaves for good may go short, and nobody's reservation`() throws {
    let given = try Given(
      books + bought("PO-1", "TORN", "4", at: "2.00", on: "2026-01-05", in: "VAL"))
    try given.when(
      "{'event':'stock.transferred','on':'2026-01-06','transfer':'T-1','from':'VAL','to':'BCN','lines':[{'product':'TORN','quantity':'5'}],'arrived':true}"
    ).refused("stock.short")
    try given.and([
      sold("SO-9", "TORN", "4", at: "9.00", on: "2026-01-06")[0],
      "{'event':'stock.reserved','on':'2026-01-06','order':'SO-9','warehouse':'VAL','lines':[{'product':'TORN','quantity':'3'}]}",
      sold("SO-1", "TORN", "5", at: "9.00", on: "2026-01-07")[0],
    ])
    try given.when(sold("SO-1", "TORN", "5", at: "9.00", on: "2026-01-07", from: "VAL")[1]).refused(
      "stock.reserved")
    try given.when(sold("SO-1", "TORN", "5", at: "9.00", on: "2026-01-07")[1]).refused(
      "stock.short")
  }

  @Test func `a new standard is what owed goods will cost, and no sale is restated for it`() throws
  {
    // EJE at 2.00: 4 come, 10 leave: 20.00, so −6 worth −12.00. At 3.00 from the 12th they are worth −18.00; 8 come for
    // 24.00, and 2 × 3.00 are left. The sale cost 20.00 before and after.
    let eje =
      "{'event':'product.registered','on':'2026-01-01','product':'EJE','name':'Eje','unit':'piece','decimals':0,'costing':'standard','standardCost':'2.00'}"
    let (given, outcome) = try restated(
      [eje] + bought("PO-1", "EJE", "4", at: "2.00", on: "2026-01-05", in: "VAL")
        + sold("SO-1", "EJE", "10", at: "9.00", on: "2026-01-10", from: "VAL")
        + ["{'event':'product.revised','on':'2026-01-12','product':'EJE','standardCost':'3.00'}"]
        + bought("PO-2", "EJE", "8", at: "3.00", on: "2026-01-15", in: "VAL"))
    try outcome.then(
      "8 EJE = 24.00: 2050/PO-2 > 1200/VAL", "8 EJE = 24.00: 9110/PO-2 > 9100/PO-2")
    #expect(try given.value("1200/VAL", asOf: "2026-01-14") == "-18.00")
    #expect(try given.value("1200/VAL") == "6.00")
    #expect(try given.value("5000/SO-1") == "20.00")
  }
}
