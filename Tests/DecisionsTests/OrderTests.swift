// Orders from receipt to delivery: backlog, reservations, shipments, and what is refused on the way.

import Ledger
import Testing

@Suite struct `Orders` {
  let placed =
    "{'event':'order.placed','on':'2026-01-12','order':'SO-1','customer':'C-17','currency':'EUR','lines':[{'product':'TORN','quantity':'3','price':'0.333333'},{'product':'CABLE','quantity':'2','price':'5','discount':'10'}]}"

  @Test func `an order opens the backlog, and each shipment takes its part of it`() throws {
    // 3 × 0.333333 = 1.00; 2 × 5.00 less 10 % = 9.00. Ship 1 of 3: 0.33; then 2: 0.67.
    let given = try Given(shop + bought("PO-1", "TORN", "10", at: "0.10", on: "2026-01-08"))
    try given.when(placed).then(
      "3 TORN = 1.00: 9000/SO-1 > 9010/SO-1", "2.00 CABLE = 9.00: 9000/SO-1 > 9010/SO-1"
    ).mentions("SO-1", "C-17", "TORN", "CABLE")
    try given.and([
      "{'event':'stock.reserved','on':'2026-01-12','order':'SO-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'2'}]}"
    ])
    func ship(_ code: String, _ quantity: Int) -> String {
      "{'event':'order.shipped','on':'2026-01-13','shipment':'\(code)','order':'SO-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'\(quantity)'}]}"
    }
    try given.when(ship("SH-1", 1)).then(
      "1 TORN = 0.33: 9010/SO-1 > 9000/SO-1", "1 TORN = 0.10: 1200/MAD > 5000/SO-1",
      "1 TORN = 0.00: 9020/MAD > 9020/SO-1"
    ).mentions("SH-1", "SO-1", "C-17", "MAD", "TORN")
    try given.when(ship("SH-2", 3)).refused("order.exceeded")
    try given.when(ship("SH-2", 2)).then(
      "2 TORN = 0.67: 9010/SO-1 > 9000/SO-1", "2 TORN = 0.20: 1200/MAD > 5000/SO-1",
      "1 TORN = 0.00: 9020/MAD > 9020/SO-1")
    #expect(try given.amount("9020/MAD", "TORN") == "0")
    #expect(try given.value("9010/SO-1") == "9.00")
    try given.when("{'event':'order.cancelled','on':'2026-01-14','order':'SO-1','lines':[]}").then(
      "2.00 CABLE = 9.00: 9010/SO-1 > 9000/SO-1")
    #expect(try given.value("9010") == "0.00")
    try given.check()
  }

  @Test func `a revision changes what is open, and leaves what is shipped`() throws {
    // 10 at 1.00, 4 shipped. Revised to 6 at 2.00: 12.00, of which 2/6 are open: 4.00.
    let given = try Given(
      shop + bought("PO-1", "TORN", "10", at: "0.10", on: "2026-01-08") + [
        sold("SO-1", "TORN", "10", at: "1.00", on: "2026-01-12")[0],
        "{'event':'order.shipped','on':'2026-01-13','shipment':'SH-1','order':'SO-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'4'}]}",
      ])
    func revise(_ quantity: Int) -> String {
      "{'event':'order.revised','on':'2026-01-14','order':'SO-1','lines':[{'product':'TORN','quantity':'\(quantity)','price':'2.00'}]}"
    }
    try given.when(revise(3)).refused("order.shipped")
    try given.when(revise(6)).then(
      "6 TORN = 6.00: 9010/SO-1 > 9000/SO-1", "2 TORN = 4.00: 9000/SO-1 > 9010/SO-1")
    // Ordered 6 now: all of it may be billed ahead.
    try given.when(
      "{'event':'invoice.issued','on':'2026-01-15','invoice':'F-1','order':'SO-1','lines':[{'product':'TORN','quantity':'7'}]}"
    ).refused("invoice.exceeded")
    try given.and([
      "{'event':'invoice.issued','on':'2026-01-15','invoice':'F-1','order':'SO-1','lines':[{'product':'TORN','quantity':'6'}]}"
    ])
    #expect(try given.value("4000/TORN") == "-12.00")
  }

  @Test func `a reservation of an order that shrinks is given back`() throws {
    let given = try Given(
      shop + bought("PO-1", "TORN", "10", at: "0.10", on: "2026-01-08") + [
        sold("SO-1", "TORN", "10", at: "1.00", on: "2026-01-12")[0],
        "{'event':'stock.reserved','on':'2026-01-12','order':'SO-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'10'}]}",
        "{'event':'order.revised','on':'2026-01-13','order':'SO-1','lines':[{'product':'TORN','quantity':'4','price':'1.00'}]}",
      ])
    #expect(try given.amount("9020/MAD", "TORN") == "4")
    try given.and(["{'event':'order.cancelled','on':'2026-01-14','order':'SO-1','lines':[]}"])
    #expect(try given.amount("9020/MAD", "TORN") == "0")
  }

  @Test func `what is reserved for one is not sold to another`() throws {
    let given = try Given(
      shop + bought("PO-1", "TORN", "10", at: "0.10", on: "2026-01-08") + [
        sold("SO-1", "TORN", "8", at: "1.00", on: "2026-01-12")[0],
        sold("SO-2", "TORN", "8", at: "1.00", on: "2026-01-12")[0],
        "{'event':'stock.reserved','on':'2026-01-12','order':'SO-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'8'}]}",
      ])
    try given.when(sold("SO-2", "TORN", "3", at: "1.00", on: "2026-01-12")[1]).refused(
      "stock.reserved")
    try given.when(
      "{'event':'stock.reserved','on':'2026-01-12','order':'SO-2','warehouse':'MAD','lines':[{'product':'TORN','quantity':'3'}]}"
    ).refused("stock.short")
    try given.and([sold("SO-2", "TORN", "2", at: "1.00", on: "2026-01-12")[1]])
    try given.when(
      "{'event':'stock.released','on':'2026-01-13','order':'SO-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'9'}]}"
    ).refused("reservation.exceeded")
  }

  @Test func `goods needed on a later day cannot leave on an earlier one`() throws {
    // 10 on the 8th, 6 leave on the 20th: on the 15th only 4 are free.
    let given = try Given(
      shop + bought("PO-1", "TORN", "10", at: "0.10", on: "2026-01-08")
        + sold("SO-1", "TORN", "6", at: "1.00", on: "2026-01-20"))
    let late = sold("SO-2", "TORN", "5", at: "1.00", on: "2026-01-15")
    try given.and([late[0]])
    try given.when(late[1]).refused("stock.short")
    let early = sold("SO-3", "TORN", "4", at: "1.00", on: "2026-01-07")
    try given.and([early[0]])
    try given.when(early[1]).refused("stock.short")
    try given.and([sold("SO-2", "TORN", "4", at: "1.00", on: "2026-01-15")[1]])
    try given.check()
  }

  @Test(arguments: [
    (
      "{'event':'order.placed','on':'2026-01-12','order':'SO-0','customer':'C-17','currency':'EUR','lines':[{'product':'TORN','quantity':'1','price':'1'}]}",
      "order.duplicate"
    ),
    (
      "{'event':'order.placed','on':'2026-01-12','order':'SO-1','customer':'C-99','currency':'EUR','lines':[{'product':'TORN','quantity':'1','price':'1'}]}",
      "customer.unknown"
    ),
    (
      "{'event':'order.placed','on':'2026-01-12','order':'SO-1','customer':'C-17','currency':'EUR','lines':[{'product':'XXX','quantity':'1','price':'1'}]}",
      "product.unknown"
    ),
    (
      "{'event':'order.placed','on':'2026-01-12','order':'SO-1','customer':'C-17','currency':'EUR','lines':[]}",
      "lines.empty"
    ),
    (
      "{'event':'order.placed','on':'2026-01-12','order':'SO-1','customer':'C-17','currency':'XXX','lines':[{'product':'TORN','quantity':'1','price':'1'}]}",
      "currency.unknown"
    ),
    (
      "{'event':'order.placed','on':'2026-01-12','order':'SO-1','customer':'C-17','currency':'EUR','lines':[{'product':'TORN','quantity':'0','price':'1'}]}",
      "quantity.notPositive"
    ),
    (
      "{'event':'order.placed','on':'2026-01-12','order':'SO-1','customer':'C-17','currency':'EUR','lines':[{'product':'TORN','quantity':'0.5','price':'1'}]}",
      "decimal.tooPrecise"
    ),
    (
      "{'event':'order.placed','on':'2026-01-12','order':'SO-1','customer':'C-17','currency':'EUR','lines':[{'product':'TORN','quantity':'1','price':'0.1234567'}]}",
      "price.tooPrecise"
    ),
    (
      "{'event':'order.placed','on':'2026-01-12','order':'SO-1','customer':'C-17','currency':'EUR','lines':[{'product':'TORN','quantity':'1','price':'-1'}]}",
      "price.negative"
    ),
    (
      "{'event':'order.placed','on':'2026-01-12','order':'SO-1','customer':'C-17','currency':'EUR','lines':[{'product':'TORN','quantity':'1','price':'1','discount':'101'}]}",
      "discount.invalid"
    ),
    (
      "{'event':'order.placed','on':'2026-01-12','order':'SO-1','customer':'C-17','currency':'EUR','lines':[{'product':'TORN','quantity':'1','price':'1','tax':'NO'}]}",
      "tax.unknown"
    ),
    (
      "{'event':'order.placed','on':'2026-01-12','order':'SO-1','customer':'C-17','currency':'EUR','lines':[{'product':'TORN','quantity':'9999999999','price':'9999999999'}]}",
      "decimal.overflow"
    ),
    (
      "{'event':'order.placed','on':'2026-01-12','order':'SO-1','customer':'C-17','currency':'EUR','lines':[{'product':'TORN','quantity':'1','price':'1'},{'product':'TORN','quantity':'1','price':'1'}]}",
      "lines.duplicate"
    ),
    ("{'event':'order.cancelled','on':'2026-01-12','order':'SO-9','lines':[]}", "order.unknown"),
    (
      "{'event':'order.cancelled','on':'2026-01-12','order':'SO-0','lines':[{'product':'TORN','quantity':'99'}]}",
      "order.exceeded"
    ),
    ("{'event':'shipment.delivered','on':'2026-01-12','shipment':'SH-9'}", "shipment.unknown"),
    (
      "{'event':'order.shipped','on':'2026-01-12','shipment':'SH-1','order':'SO-0','warehouse':'MAD','lines':[{'product':'TORN','quantity':'5'}]}",
      "stock.short"
    ),
    (
      "{'event':'stock.transferred','on':'2026-01-12','transfer':'T-1','from':'MAD','to':'MAD','lines':[{'product':'TORN','quantity':'1'}]}",
      "transfer.places"
    ),
    (
      "{'event':'stock.transferred','on':'2026-01-12','transfer':'T-1','from':'MAD','to':'BCN','lines':[{'product':'TORN','quantity':'1'}]}",
      "stock.short"
    ),
    (
      "{'event':'stock.counted','on':'2026-01-12','count':'CT-1','warehouse':'MAD','lines':[{'product':'TORN','counted':'-1'}]}",
      "quantity.negative"
    ),
    (
      "{'event':'stock.adjusted','on':'2026-01-12','adjustment':'A-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'-1','value':'1'}]}",
      "adjustment.invalid"
    ),
    (
      "{'event':'stock.counted','on':'2026-01-12','count':'CT-1','warehouse':'MAD','lines':[{'product':'TORN','counted':'2000000000000000'}]}",
      "decimal.overflow"
    ),
  ])
  func `an event about an order or goods that cannot be is refused`(line: String, refusal: String)
    throws
  {
    try Given(
      shop + [
        "{'event':'order.placed','on':'2026-01-10','order':'SO-0','customer':'C-17','currency':'EUR','lines':[{'product':'TORN','quantity':'9','price':'1'}]}"
      ]
    ).when(line).refused(refusal)
  }

  @Test func `a shipment is delivered once, and comes back at most once`() throws {
    let given = try Given(
      shop + bought("PO-1", "TORN", "10", at: "0.10", on: "2026-01-08")
        + sold("SO-1", "TORN", "6", at: "1.00", on: "2026-01-12"))
    let delivered = "{'event':'shipment.delivered','on':'2026-01-14','shipment':'SH-SO-1'}"
    try given.when("{'event':'shipment.delivered','on':'2026-01-11','shipment':'SH-SO-1'}").refused(
      "shipment.notYet")
    try given.when(delivered).then().mentions("SH-SO-1", "SO-1", "C-17")
    try given.when(delivered).refused("shipment.delivered")
    func back(_ code: String, _ quantity: Int, on: String = "2026-01-15") -> String {
      "{'event':'order.returned','on':'\(on)','return':'\(code)','shipment':'SH-SO-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'\(quantity)'}]}"
    }
    try given.when(back("R-1", 7)).refused("return.exceeded")
    try given.when(back("R-1", 1, on: "2026-01-11")).refused("return.early")
    try given.and([back("R-1", 4)])
    try given.when(back("R-2", 3)).refused("return.exceeded")
    try given.and([back("R-2", 2)])
    #expect(try given.value("5000") == "0.00")
  }

  @Test func `what a revision does not name is no longer ordered`() throws {
    // 3 of 5 TORN are shipped: those stay; CABLE goes.
    let given = try Given(
      shop + bought("PO-1", "TORN", "5", at: "0.10", on: "2026-01-08") + [
        "{'event':'order.placed','on':'2026-01-12','order':'SO-1','customer':'C-17','currency':'EUR','lines':[{'product':'TORN','quantity':'5','price':'1.00'},{'product':'CABLE','quantity':'2','price':'5.00'}]}",
        "{'event':'order.shipped','on':'2026-01-13','shipment':'SH-1','order':'SO-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'3'}]}",
      ])
    func revised(_ product: String, _ quantity: String) -> String {
      "{'event':'order.revised','on':'2026-01-14','order':'SO-1','lines':[{'product':'\(product)','quantity':'\(quantity)','price':'1.00'}]}"
    }
    try given.when(revised("TORN", "5")).then(
      "2 TORN = 2.00: 9010/SO-1 > 9000/SO-1", "2.00 CABLE = 10.00: 9010/SO-1 > 9000/SO-1",
      "2 TORN = 2.00: 9000/SO-1 > 9010/SO-1")
    // What has been retired since may stay as it was, and not grow.
    try given.and(["{'event':'product.retired','on':'2026-01-14','product':'CABLE'}"])
    let retired = try Given(
      shop + [
        "{'event':'order.placed','on':'2026-01-12','order':'SO-1','customer':'C-17','currency':'EUR','lines':[{'product':'CABLE','quantity':'2','price':'5.00'}]}",
        "{'event':'product.retired','on':'2026-01-13','product':'CABLE'}",
      ])
    try retired.when(revised("CABLE", "3")).refused("product.retired")
    try retired.and([revised("CABLE", "2")])
    try given.when(revised("CABLE", "1")).refused("product.retired")
    try given.and([revised("TORN", "3")])
    #expect(try given.amount("9010/SO-1", "TORN") == "0")
    #expect(try given.amount("9010/SO-1", "CABLE") == "0.00")
    try given.when(
      "{'event':'order.shipped','on':'2026-01-15','shipment':'SH-2','order':'SO-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'1'}]}"
    ).refused("order.exceeded")
  }
}
