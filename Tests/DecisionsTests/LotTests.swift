// Goods that come and go in lots; worked by hand.

import Decisions
import Ledger
import Testing

@Suite struct `Lots` {
  let books =
    shop + [
      "{'event':'product.registered','on':'2026-01-01','product':'LECHE','name':'Leche','unit':'l','decimals':0,'costing':'fifo','tracksLots':true}"
    ]
  func ordered(_ purchase: String, _ quantity: String) -> String {
    bought(purchase, "LECHE", quantity, at: "1.00", on: "2026-01-05")[0]
  }
  func received(_ purchase: String, _ quantity: String, _ lots: String, code: String? = nil)
    -> String
  {
    "{'event':'goods.received','on':'2026-01-05','receipt':'\(code ?? "GR-" + purchase)','purchase':'\(purchase)','warehouse':'MAD','lines':[{'product':'LECHE','quantity':'\(quantity)','lots':[\(lots)]}]}"
  }
  /// 6 l of L-B until 20 January, 4 l of L-A until 1 February; and 5 l of L-C without an end.
  var stocked: [String] {
    books + [
      ordered("PO-1", "15"),
      received(
        "PO-1", "10",
        "{'lot':'L-A','quantity':'4','expires':'2026-02-01'},{'lot':'L-B','quantity':'6','expires':'2026-01-20'}"
      ), received("PO-1", "5", "{'lot':'L-C','quantity':'5'}", code: "GR-2"),
    ]
  }

  @Test func `each lot follows its goods`() throws {
    let given = try Given(books + [ordered("PO-1", "10")])
    try given.when(
      received("PO-1", "10", "{'lot':'L-A','quantity':'4'},{'lot':'L-B','quantity':'6'}")
    ).then(
      "10 LECHE = 10.00: 2050/PO-1 > 1200/MAD", "4 L-A = 0.00: 2050/PO-1 > 1200/MAD",
      "6 L-B = 0.00: 2050/PO-1 > 1200/MAD", "10 LECHE = 10.00: 9110/PO-1 > 9100/PO-1")
  }

  @Test func `what expires first leaves first, through transit and back from the customer`() throws
  {
    let given = try Given(
      stocked + [sold("SO-1", "LECHE", "8", at: "2.00", on: "2026-01-10")[0]])
    try given.when(sold("SO-1", "LECHE", "8", at: "2.00", on: "2026-01-10")[1]).then(
      "8 LECHE = 16.00: 9010/SO-1 > 9000/SO-1", "8 LECHE = 8.00: 1200/MAD > 5000/SO-1",
      "6 L-B = 0.00: 1200/MAD > 5000/SO-1", "2 L-A = 0.00: 1200/MAD > 5000/SO-1")
    try given.when(
      "{'event':'order.returned','on':'2026-01-12','return':'R-1','shipment':'SH-SO-1','warehouse':'BCN','lines':[{'product':'LECHE','quantity':'1','lots':[{'lot':'L-A','quantity':'1'}]}]}"
    ).then("1 LECHE = 1.00: 5000/SO-1 > 1200/BCN", "1 L-A = 0.00: 5000/SO-1 > 1200/BCN")
    try given.when(
      "{'event':'stock.transferred','on':'2026-01-13','transfer':'T-1','from':'MAD','to':'BCN','lines':[{'product':'LECHE','quantity':'3'}]}"
    ).then(
      "3 LECHE = 3.00: 1200/MAD > 1250/T-1", "2 L-A = 0.00: 1200/MAD > 1250/T-1",
      "1 L-C = 0.00: 1200/MAD > 1250/T-1")
    try given.when(
      "{'event':'stock.transferred','on':'2026-01-14','transfer':'T-1','arrived':true,'lines':[]}"
    ).then(
      "3 LECHE = 3.00: 1250/T-1 > 1200/BCN", "2 L-A = 0.00: 1250/T-1 > 1200/BCN",
      "1 L-C = 0.00: 1250/T-1 > 1200/BCN")
    try given.check()
  }

  @Test func `what has expired is not sold, but scrapped`() throws {
    let given = try Given(
      stocked + [
        sold("SO-1", "LECHE", "10", at: "2.00", on: "2026-01-25")[0],
        sold("SO-2", "LECHE", "9", at: "2.00", on: "2026-01-25")[0],
      ])
    try given.when(sold("SO-1", "LECHE", "10", at: "2.00", on: "2026-01-25")[1]).refused(
      "lot.short")
    try given.when(sold("SO-2", "LECHE", "9", at: "2.00", on: "2026-01-25")[1]).then(
      "9 LECHE = 18.00: 9010/SO-2 > 9000/SO-2", "9 LECHE = 9.00: 1200/MAD > 5000/SO-2",
      "4 L-A = 0.00: 1200/MAD > 5000/SO-2", "5 L-C = 0.00: 1200/MAD > 5000/SO-2")
    try given.when(
      "{'event':'stock.scrapped','on':'2026-01-26','scrap':'X-1','warehouse':'MAD','lines':[{'product':'LECHE','quantity':'6'}]}"
    ).then("6 LECHE = 6.00: 1200/MAD > 5300/X-1", "6 L-B = 0.00: 1200/MAD > 5300/X-1")
  }

  @Test func `what has expired is neither sold by its name, nor promised`() throws {
    // On 25 January L-B (6, until the 20th) has expired: 4 + 5 of 15 are left.
    let given = try Given(
      stocked + [sold("SO-1", "LECHE", "10", at: "2.00", on: "2026-01-20")[0]])
    func shipped(_ day: String, _ lot: String, _ code: String) -> String {
      "{'event':'order.shipped','on':'\(day)','shipment':'\(code)','order':'SO-1','warehouse':'MAD','lines':[{'product':'LECHE','quantity':'1','lots':[{'lot':'\(lot)','quantity':'1'}]}]}"
    }
    func reserved(_ day: String, _ quantity: String) -> String {
      "{'event':'stock.reserved','on':'\(day)','warehouse':'MAD','order':'SO-1','lines':[{'product':'LECHE','quantity':'\(quantity)'}]}"
    }
    try given.when(shipped("2026-01-21", "L-B", "SH-1")).refused("lot.expired")
    try given.and([shipped("2026-01-20", "L-B", "SH-1"), shipped("2026-01-25", "L-A", "SH-2")])
    // 8 are still to be shipped; 3 of L-A and 5 of L-C can be, and since SO-1 takes them all, none is left for others.
    let other =
      "{'event':'order.placed','on':'2026-01-25','order':'SO-2','customer':'C-18','currency':'EUR','lines':[{'product':'LECHE','quantity':'9','price':'2.00'}]}"
    try given.and([other])
    try given.when(
      reserved("2026-01-25", "9").replacing("SO-1", with: "SO-2")
    ).refused("stock.short")
    try given.and([reserved("2026-01-25", "8")])
    try given.when(
      reserved("2026-01-25", "1").replacing("SO-1", with: "SO-2")
    ).refused("stock.short")
    // What has expired can still be scrapped by its name.
    try given.when(
      "{'event':'stock.scrapped','on':'2026-01-26','scrap':'X-1','warehouse':'MAD','lines':[{'product':'LECHE','quantity':'5','lots':[{'lot':'L-B','quantity':'5'}]}]}"
    ).then("5 LECHE = 5.00: 1200/MAD > 5300/X-1", "5 L-B = 0.00: 1200/MAD > 5300/X-1")
  }

  @Test func `a count says which lot is missing, and stays a count`() throws {
    let given = try Given(
      stocked + [
        "{'event':'stock.counted','on':'2026-01-10','count':'CT-1','warehouse':'MAD','lines':[{'product':'LECHE','counted':'13','lots':[{'lot':'L-C','quantity':'2'}]}]}",
        sold("SO-1", "LECHE", "2", at: "2.00", on: "2026-01-08")[0],
      ])
    #expect(try given.amount("1200/MAD", "LECHE") == "13")
    // Two of L-B were sold on the 8th: on the 10th they are found again.
    try given.when(sold("SO-1", "LECHE", "2", at: "2.00", on: "2026-01-08")[1]).then(
      "2 LECHE = 4.00: 9010/SO-1 > 9000/SO-1", "2 LECHE = 2.00: 1200/MAD > 5000/SO-1",
      "2 L-B = 0.00: 1200/MAD > 5000/SO-1", "2 LECHE = 2.00: 5200/CT-1 > 1200/MAD 2026-01-10",
      "2 L-B = 0.00: 5200/CT-1 > 1200/MAD 2026-01-10")
    try given.check()
  }

  @Test func `what is recorded late takes lots that lay there, and were not needed since`() throws {
    // L-D comes on the 15th. On the 20th 3 of the 4 l of L-A go, and all of L-C.
    func scrapped(_ code: String, _ on: String, _ quantity: String, _ lots: String) -> String {
      "{'event':'stock.scrapped','on':'2026-01-\(on)','scrap':'\(code)','warehouse':'MAD','lines':[{'product':'LECHE','quantity':'\(quantity)','lots':[\(lots)]}]}"
    }
    let given = try Given(
      stocked + [
        ordered("PO-2", "5"),
        received("PO-2", "5", "{'lot':'L-D','quantity':'5','expires':'2026-01-16'}")
          .replacing("'on':'2026-01-05'", with: "'on':'2026-01-15'"),
        scrapped("X-1", "20", "8", "{'lot':'L-A','quantity':'3'},{'lot':'L-C','quantity':'5'}"),
      ])
    // L-D is not there yet; of L-A, 3 l go on the 20th.
    try given.when(scrapped("X-2", "10", "1", "{'lot':'L-D','quantity':'1'}")).refused("lot.short")
    try given.when(scrapped("X-2", "10", "2", "{'lot':'L-A','quantity':'2'}")).refused("lot.short")
    try given.when(scrapped("X-2", "10", "1", "{'lot':'L-A','quantity':'1'}")).then(
      "1 LECHE = 1.00: 1200/MAD > 5300/X-2", "1 L-A = 0.00: 1200/MAD > 5300/X-2")
    try given.when(
      "{'event':'stock.scrapped','on':'2026-01-10','scrap':'X-3','warehouse':'MAD','lines':[{'product':'LECHE','quantity':'6'}]}"
    ).then("6 LECHE = 6.00: 1200/MAD > 5300/X-3", "6 L-B = 0.00: 1200/MAD > 5300/X-3")
    // 5 of L-D are here since the 15th, and nothing of what was here on the 10th is free any more.
    #expect(try given.amount("1200/MAD", "LECHE") == "5")
    try given.when(
      "{'event':'stock.scrapped','on':'2026-01-10','scrap':'X-4','warehouse':'MAD','lines':[{'product':'LECHE','quantity':'1'}]}"
    ).refused("lot.short")
    try given.check()
  }

  @Test func `lots that cannot be are refused`() throws {
    let given = try Given(stocked + [ordered("PO-2", "9"), ordered("PO-3", "9")])
    try given.when(received("PO-2", "9", "")).refused("lot.missing")
    try given.when(received("PO-2", "9", "{'lot':'L-D','quantity':'8'}")).refused("lot.quantity")
    try given.when(
      received("PO-2", "9", "{'lot':'L-D','quantity':'4'},{'lot':'L-D','quantity':'5'}")
    ).refused("lines.duplicate")
    try given.when(
      "{'event':'stock.scrapped','on':'2026-01-26','scrap':'X-1','warehouse':'MAD','lines':[{'product':'LECHE','quantity':'5','lots':[{'lot':'L-A','quantity':'5'}]}]}"
    ).refused("lot.short")
    try given.when(
      "{'event':'stock.scrapped','on':'2026-01-26','scrap':'X-1','warehouse':'MAD','lines':[{'product':'LECHE','quantity':'5','lots':[{'lot':'L-X','quantity':'5'}]}]}"
    ).refused("lot.unknown")
    try given.and([
      "{'event':'product.registered','on':'2026-01-01','product':'QUESO','name':'Queso','unit':'kg','decimals':0,'costing':'fifo','tracksLots':true}"
    ])
    try given.when(
      "{'event':'stock.adjusted','on':'2026-01-26','adjustment':'AD-1','warehouse':'MAD','lines':[{'product':'QUESO','quantity':'1','value':'2','lots':[{'lot':'L-A','quantity':'1'}]}]}"
    ).refused("lot.other")
    try given.and(bought("PO-9", "TORN", "5", at: "1.00", on: "2026-01-05"))
    try given.when(
      "{'event':'stock.scrapped','on':'2026-01-26','scrap':'X-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'5','lots':[{'lot':'L-A','quantity':'5'}]}]}"
    ).refused("lot.untracked")
  }

  @Test func `a lot expires on one day`() throws {
    // L-A expires on 1 February; what is said to expire later is of another lot.
    let given = try Given(stocked + [ordered("PO-2", "4")])
    try given.when(
      received("PO-2", "4", "{'lot':'L-A','quantity':'4','expires':'2026-03-01'}")
    ).refused("lot.expiry")
    for expires in [",'expires':'2026-02-01'", ""] {
      try given.and([
        received("PO-2", "2", "{'lot':'L-A','quantity':'2'\(expires)}", code: "GR-\(expires.count)")
      ])
    }
  }

  @Test func `what comes back of a shipment is of the lots that left with it`() throws {
    // SH-SO-1 takes the 6 of L-B, SH-2 then 2 of L-A, both of one order.
    let order = sold("SO-1", "LECHE", "8", at: "2.00", on: "2026-01-10")[0]
    func shipped(_ shipment: String, _ quantity: String) -> String {
      "{'event':'order.shipped','on':'2026-01-10','shipment':'\(shipment)','order':'SO-1','warehouse':'MAD','lines':[{'product':'LECHE','quantity':'\(quantity)'}]}"
    }
    func back(_ code: String, _ shipment: String, _ lots: String = "") -> String {
      "{'event':'order.returned','on':'2026-01-12','return':'\(code)','shipment':'\(shipment)','warehouse':'BCN','lines':[{'product':'LECHE','quantity':'1'\(lots)}]}"
    }
    let given = try Given(stocked + [order, shipped("SH-1", "6"), shipped("SH-2", "2")])
    try given.when(back("R-1", "SH-2", ",'lots':[{'lot':'L-B','quantity':'1'}]"))
      .refused("return.lot")
    try given.when(back("R-1", "SH-2")).then(
      "1 LECHE = 1.00: 5000/SO-1 > 1200/BCN", "1 L-A = 0.00: 5000/SO-1 > 1200/BCN")
    try given.when(back("R-2", "SH-1")).then(
      "1 LECHE = 1.00: 5000/SO-1 > 1200/BCN", "1 L-B = 0.00: 5000/SO-1 > 1200/BCN")
    try given.and([back("R-3", "SH-2", ",'lots':[{'lot':'L-A','quantity':'1'}]")])
    try given.check()
  }
}
