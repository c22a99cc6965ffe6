// Standard costing: goods lie at the standard, what differs is variance; worked by hand.

import Decisions
import Ledger
import Testing

@Suite struct `Standard costing` {
  let books =
    shop + [
      "{'event':'product.registered','on':'2026-01-01','product':'EJE','name':'Eje','unit':'piece','decimals':0,'costing':'standard','standardCost':'2.00'}"
    ]

  @Test func `goods come in at the standard, and leave at it`() throws {
    // 10 at 2.20: 20.00 at the standard and 2.00 variance; 4 leave for 8.00.
    let given = try Given(books + [bought("PO-1", "EJE", "10", at: "2.20", on: "2026-01-05")[0]])
    try given.when(bought("PO-1", "EJE", "10", at: "2.20", on: "2026-01-05")[1]).then(
      "0 EJE = 2.00: 2050/PO-1 > 5100/EJE", "10 EJE = 20.00: 2050/PO-1 > 1200/MAD",
      "10 EJE = 22.00: 9110/PO-1 > 9100/PO-1")
    try given.and(sold("SO-1", "EJE", "4", at: "5.00", on: "2026-01-10"))
    #expect(try given.value("5000/SO-1") == "8.00")
    // Billed at 2.50: 3.00 more, all variance; freight too.
    try given.when(
      "{'event':'bill.received','on':'2026-01-12','bill':'B-1','supplier':'S-3','purchase':'PO-1','currency':'EUR','lines':[{'product':'EJE','quantity':'10','price':'2.50'}]}"
    ).then(
      "25.00 EUR = 25.00: 2000/B-1 > 2050/PO-1", "0.00 EUR = 1.20: 2050/PO-1 > 5100/EJE",
      "0 EJE = 1.80: 2050/PO-1 > 5100/EJE")
    try given.and([
      "{'event':'cost.landed','on':'2026-01-13','landing':'LC-1','receipts':['GR-PO-1'],'amount':'6.00','account':'6290','share':'value'}"
    ])
    #expect(try given.value("1200/MAD") == "12.00")  // 6 × 2.00
    #expect(try given.value("2050") == "0.00")
    try given.check()
  }

  @Test
  func `a cheaper order is a variance the other way, and a return comes back at the standard`()
    throws
  {
    let given = try Given(
      books + bought("PO-1", "EJE", "10", at: "1.50", on: "2026-01-05")
        + sold("SO-1", "EJE", "4", at: "5.00", on: "2026-01-10"))
    #expect(try given.value("5100") == "-5.00")
    try given.and([
      "{'event':'product.revised','on':'2026-01-11','product':'EJE','standardCost':'3.00'}"
    ])
    try given.when(
      "{'event':'order.returned','on':'2026-01-12','return':'R-1','shipment':'SH-SO-1','warehouse':'MAD','lines':[{'product':'EJE','quantity':'1'}]}"
    ).then("1 EJE = 3.00: 5000/SO-1 > 1200/MAD")
    #expect(try given.value("1200/MAD") == "21.00")  // 7 × 3.00
    try given.check()
  }

  @Test func `a new standard revalues what is here, in every place`() throws {
    // 10 at 2.00, 3 of them in BCN and 2 on the way. At 2.10: 5 × 0.10, 3 × 0.10, 2 × 0.10.
    let given = try Given(
      books + bought("PO-1", "EJE", "10", at: "2.00", on: "2026-01-05") + [
        "{'event':'stock.transferred','on':'2026-01-06','transfer':'T-1','from':'MAD','to':'BCN','lines':[{'product':'EJE','quantity':'3'}],'arrived':true}",
        "{'event':'stock.transferred','on':'2026-01-06','transfer':'T-2','from':'MAD','to':'BCN','lines':[{'product':'EJE','quantity':'2'}]}",
      ])
    try given.when(
      "{'event':'product.revised','on':'2026-01-10','product':'EJE','standardCost':'2.10'}"
    ).then(
      "0 EJE = 0.50: 5100 > 1200/MAD", "0 EJE = 0.30: 5100 > 1200/BCN",
      "0 EJE = 0.20: 5100 > 1250/T-2")
    #expect(try given.value("1200") == "16.80")
    try given.when(
      "{'event':'product.revised','on':'2026-01-09','product':'EJE','standardCost':'2.20'}"
    ).refused("product.standardLate")
    // What comes late of before the change is revalued with it: 4 at 2.00, and 0.40 on the 10th.
    try given.and([bought("PO-0", "EJE", "4", at: "2.00", on: "2026-01-04")[0]])
    try given.when(bought("PO-0", "EJE", "4", at: "2.00", on: "2026-01-04")[1]).then(
      "4 EJE = 8.00: 2050/PO-0 > 1200/MAD", "0 EJE = 0.40: 5100 > 1200/MAD 2026-01-10",
      "4 EJE = 8.00: 9110/PO-0 > 9100/PO-0")
    // So is what left late: 5 at 2.00 on the 8th take 0.50 off on the 10th.
    try given.and(sold("SO-1", "EJE", "5", at: "5.00", on: "2026-01-08"))
    #expect(try given.value("5000/SO-1") == "10.00")
    #expect(try given.value("1200/MAD") == "8.40")  // 4 × 2.10
    try given.and(sold("SO-2", "EJE", "4", at: "5.00", on: "2026-01-20"))
    #expect(try given.value("5000/SO-2") == "8.40")
    try given.check()
  }

  @Test func `a standard that cannot be is refused`() throws {
    let given = try Given(shop)
    let line =
      "{'event':'product.registered','on':'2026-01-01','product':'EJE','name':'Eje','unit':'piece','decimals':0,'costing':'standard'"
    try given.when(line + "}").refused("product.standardCost")
    try given.when(line + ",'standardCost':'-1'}").refused("product.standardCost")
    try given.when(line + ",'standardCost':'1.0000001'}").refused("product.standardCost")
    // CABLE is costed at the average of what was paid.
    try given.when(
      "{'event':'product.revised','on':'2026-01-02','product':'CABLE','standardCost':'2.00'}"
    ).refused("product.notStandard")
  }
}
