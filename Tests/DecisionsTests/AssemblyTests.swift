// What is made of components costs what they cost; worked by hand.

import Decisions
import Ledger
import Testing

@Suite struct `Assembly` {
  let books =
    shop + [
      "{'event':'product.registered','on':'2026-01-01','product':'KIT','name':'Kit','unit':'piece','decimals':0,'costing':'fifo'}"
    ]
  func assembled(
    _ code: String, _ quantity: String, of components: String, on day: String = "2026-01-10"
  ) -> String {
    "{'event':'stock.assembled','on':'\(day)','assembly':'\(code)','warehouse':'MAD','product':'KIT','quantity':'\(quantity)','components':[\(components)]}"
  }
  let parts = "{'product':'TORN','quantity':'9'},{'product':'CABLE','quantity':'1.5'}"

  @Test func `the product comes in at what its components cost, to the cent`() throws {
    // 9 of 10 at 0.10: 0.90; 1.5 m of 4 m for 5.00: 1.875 → 1.88. Three kits for 2.78; one of them costs 0.93.
    let given = try Given(
      books + bought("PO-1", "TORN", "10", at: "0.10", on: "2026-01-05")
        + bought("PO-2", "CABLE", "4", at: "1.25", on: "2026-01-05"))
    try given.when(assembled("AS-1", "3", of: parts)).then(
      "9 TORN = 0.90: 1200/MAD > 5200/AS-1", "1.50 CABLE = 1.88: 1200/MAD > 5200/AS-1",
      "3 KIT = 2.78: 5200/AS-1 > 1200/MAD"
    ).mentions("AS-1", "MAD", "KIT", "TORN", "CABLE")
    #expect(try given.value("5200") == "0.00")
    try given.and(sold("SO-1", "KIT", "1", at: "9.00", on: "2026-01-11"))
    #expect(try given.value("5000/SO-1") == "0.93")
    try given.check()
  }

  @Test func `when a component's cost is restated, so is the product's, and what it was sold for`()
    throws
  {
    // 9 TORN of 10 at 1.00 make 3 kits for 9.00, two are sold for 6.00. Then 6 at 0.40 of the 2nd come late: the 9 cost
    // 2.40 + 3.00 = 5.40, so the kits are 3.60 cheaper and the two sold ones cost 3.60.
    let given = try Given(
      books + bought("PO-1", "TORN", "10", at: "1.00", on: "2026-01-05") + [
        assembled("AS-1", "3", of: "{'product':'TORN','quantity':'9'}")
      ] + sold("SO-1", "KIT", "2", at: "9.00", on: "2026-01-11")
        + [bought("PO-0", "TORN", "6", at: "0.40", on: "2026-01-02")[0]])
    #expect(try given.value("5000/SO-1") == "6.00")
    try given.when(bought("PO-0", "TORN", "6", at: "0.40", on: "2026-01-02")[1]).then(
      "6 TORN = 2.40: 2050/PO-0 > 1200/MAD", "0 TORN = 3.60: 5200/AS-1 > 1200/MAD 2026-01-10",
      "6 TORN = 2.40: 9110/PO-0 > 9100/PO-0", "0 KIT = 3.60: 1200/MAD > 5200/AS-1 2026-01-10",
      "0 KIT = 2.40: 5000/SO-1 > 1200/MAD 2026-01-11"
    ).mentions("GR-PO-0", "PO-0", "S-3", "MAD", "TORN", "AS-1", "KIT")
    #expect(try given.value("5200") == "0.00")
    #expect(try given.value("5000/SO-1") == "3.60")
    #expect(try given.value("1200") == "8.80")  // 7 × 1.00 + 1 × 1.80
    try given.check()
  }

  @Test func `what an event restates of several components is handed on at once, to the cent`()
    throws
  {
    // Two kits of 2 TORN and 2 NUT for 0.40, one scrapped. 0.01 of freight for each component: the kits cost 0.42, the scrapped one 0.21.
    // One by one, each cent's half would be rounded up: 0.02 for the scrapped one.
    let given = try Given(
      books + [
        "{'event':'product.registered','on':'2026-01-01','product':'NUT','name':'Nut','unit':'piece','decimals':0,'costing':'fifo'}",
        "{'event':'purchase.ordered','on':'2026-01-05','purchase':'PO-1','supplier':'S-3','currency':'EUR','lines':[{'product':'TORN','quantity':'2','price':'0.10'},{'product':'NUT','quantity':'2','price':'0.10'}]}",
        "{'event':'goods.received','on':'2026-01-05','receipt':'GR-1','purchase':'PO-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'2'},{'product':'NUT','quantity':'2'}]}",
        assembled(
          "AS-1", "2", of: "{'product':'TORN','quantity':'2'},{'product':'NUT','quantity':'2'}"),
        "{'event':'stock.scrapped','on':'2026-01-11','scrap':'SC-1','warehouse':'MAD','lines':[{'product':'KIT','quantity':'1'}]}",
      ])
    try given.when(
      "{'event':'cost.landed','on':'2026-01-06','landing':'LC-1','receipts':['GR-1'],'amount':'0.02','account':'6290','share':'quantity'}"
    ).then(
      "0 TORN = 0.01: 6290/GR-1 > 1200/MAD", "0 TORN = 0.01: 1200/MAD > 5200/AS-1 2026-01-10",
      "0 NUT = 0.01: 6290/GR-1 > 1200/MAD", "0 NUT = 0.01: 1200/MAD > 5200/AS-1 2026-01-10",
      "0 KIT = 0.02: 5200/AS-1 > 1200/MAD 2026-01-10",
      "0 KIT = 0.01: 1200/MAD > 5300/SC-1 2026-01-11")
    try given.and([
      "{'event':'stock.scrapped','on':'2026-01-12','scrap':'SC-2','warehouse':'MAD','lines':[{'product':'KIT','quantity':'1'}]}"
    ])
    #expect(try given.value("5300/SC-2") == "0.21")
    #expect(try given.value("1200") == "0.00")
    try given.check()
  }

  @Test func `a late assembly leaves those that it restates what they were`() throws {
    // 10 TORN at 1.00 make 10 kits on the 10th; recorded late, of the 8th, 10 TORN make 10 SUB, so the kits are made of those at 2.00.
    // 5.00 of freight on those is the kits'.
    func made(_ code: String, _ product: String, on day: String) -> String {
      "{'event':'stock.assembled','on':'\(day)','assembly':'\(code)','warehouse':'MAD','product':'\(product)','quantity':'10','components':[{'product':'TORN','quantity':'10'}]}"
    }
    let given = try Given(
      books + [
        "{'event':'product.registered','on':'2026-01-01','product':'SUB','name':'Sub','unit':'piece','decimals':0,'costing':'fifo'}"
      ] + bought("PO-1", "TORN", "10", at: "1.00", on: "2026-01-03")
        + bought("PO-2", "TORN", "10", at: "2.00", on: "2026-01-04") + [
          made("AS-1", "KIT", on: "2026-01-10"), made("AS-2", "SUB", on: "2026-01-08"),
          "{'event':'cost.landed','on':'2026-01-05','landing':'LC-1','receipts':['GR-PO-2'],'amount':'5.00','account':'6290','share':'value'}",
          "{'event':'stock.scrapped','on':'2026-01-20','scrap':'SC-1','warehouse':'MAD','lines':[{'product':'KIT','quantity':'10'}]}",
          "{'event':'stock.scrapped','on':'2026-01-20','scrap':'SC-2','warehouse':'MAD','lines':[{'product':'SUB','quantity':'10'}]}",
        ])
    #expect(try given.value("5300/SC-1") == "25.00")
    #expect(try given.value("5300/SC-2") == "10.00")
    #expect(try given.value("5200") == "0.00" && given.value("1200") == "0.00")
    try given.check()
  }

  @Test func `a late assembly and what it restates of the same product are costed together`() throws
  {
    // 10 TORN for 10.00 and 10 for 20.00. AS-1 of the 10th takes the first ten, and its 10 kits are scrapped on the 12th. AS-2 of the 8th,
    // recorded late, takes them instead: the kits of the 12th are AS-2's, 10.00; those of the 13th AS-1's, 20.00.
    func made(_ code: String, on day: String) -> String {
      assembled(code, "10", of: "{'product':'TORN','quantity':'10'}", on: day)
    }
    func scrapped(_ code: String, on day: String) -> String {
      "{'event':'stock.scrapped','on':'\(day)','scrap':'\(code)','warehouse':'MAD','lines':[{'product':'KIT','quantity':'10'}]}"
    }
    let given = try Given(
      books + bought("PO-1", "TORN", "10", at: "1.00", on: "2026-01-02")
        + bought("PO-2", "TORN", "10", at: "2.00", on: "2026-01-03") + [
          made("AS-1", on: "2026-01-10"), scrapped("SC-1", on: "2026-01-12"),
          made("AS-2", on: "2026-01-08"), scrapped("SC-2", on: "2026-01-13"),
        ])
    #expect(try given.value("5300/SC-1") == "10.00")
    #expect(try given.value("5300/SC-2") == "20.00")
    #expect(try given.value("1200") == "0.00" && given.value("5200") == "0.00")
    try given.check()
  }

  @Test func `what reaches a product on two ways is rounded once`() throws {
    // Two NUT at 0.10: one becomes a kit at once, the other by way of SUB. One kit of two is scrapped; then 0.02 of freight on the NUT.
    func made(_ code: String, _ product: String, of component: String, on day: String) -> String {
      "{'event':'stock.assembled','on':'\(day)','assembly':'\(code)','warehouse':'MAD','product':'\(product)','quantity':'1','components':[{'product':'\(component)','quantity':'1'}]}"
    }
    func scrapped(_ code: String, on day: String) -> String {
      "{'event':'stock.scrapped','on':'\(day)','scrap':'\(code)','warehouse':'MAD','lines':[{'product':'AVG','quantity':'1'}]}"
    }
    func product(_ code: String, _ costing: String) -> String {
      "{'event':'product.registered','on':'2026-01-01','product':'\(code)','name':'a','unit':'piece','decimals':0,'costing':'\(costing)'}"
    }
    let given = try Given(
      shop + [product("NUT", "fifo"), product("SUB", "fifo"), product("AVG", "average")]
        + bought("PO-1", "NUT", "2", at: "0.10", on: "2026-01-02") + [
          made("AS-1", "AVG", of: "NUT", on: "2026-01-05"),
          made("AS-2", "SUB", of: "NUT", on: "2026-01-06"),
          made("AS-3", "AVG", of: "SUB", on: "2026-01-07"), scrapped("SC-1", on: "2026-01-08"),
          "{'event':'cost.landed','on':'2026-01-03','landing':'LC-1','receipts':['GR-PO-1'],'amount':'0.02','account':'6290','share':'value'}",
          scrapped("SC-2", on: "2026-01-09"),
        ])
    #expect(try given.value("5300") == "0.22")
    #expect(try given.value("1200") == "0.00" && given.value("5200") == "0.00")
    try given.check()
  }

  @Test func `a closed period keeps its kits`() throws {
    let given = try Given(
      books + bought("PO-1", "TORN", "10", at: "1.00", on: "2026-01-05") + [
        assembled("AS-1", "3", of: "{'product':'TORN','quantity':'9'}"),
        "{'event':'period.closed','on':'2026-02-01','through':'2026-01-31'}",
        "{'event':'cost.landed','on':'2026-02-02','landing':'LC-1','receipts':['GR-PO-1'],'amount':'10.00','account':'6290','share':'value'}",
      ])
    // One of ten is here: 1.00; the nine have gone into kits of January: 9.00 to the cost of sales of 2 February.
    #expect(try given.value("1200", asOf: "2026-01-31") == "10.00")
    #expect(try given.value("1200") == "11.00")
    #expect(try given.value("5000") == "9.00")
  }

  @Test func `what cannot be made is refused`() throws {
    let given = try Given(books + bought("PO-1", "TORN", "10", at: "1.00", on: "2026-01-05"))
    try given.when(assembled("AS-1", "1", of: "{'product':'TORN','quantity':'11'}")).refused(
      "stock.short")
    try given.when(assembled("AS-1", "1", of: "{'product':'KIT','quantity':'1'}")).refused(
      "assembly.circular")
    try given.when(assembled("AS-1", "1", of: "")).refused("lines.empty")
    try given.when(assembled("AS-1", "0", of: "{'product':'TORN','quantity':'1'}")).refused(
      "quantity.notPositive")
  }
}
