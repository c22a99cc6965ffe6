// What cannot have happened before what it is about, and amounts and days that contradict each other.

import Testing

@Suite struct `The order of days` {
  @Test(arguments: [
    (
      [
        "{'event':'journal.posted','on':'2026-02-10','entry':'J-1','lines':[{'account':'6200','debit':'5'},{'account':'1000','credit':'5'}]}"
      ], "'event':'journal.reversed','entry':'J-2','reverses':'J-1'", "journal.early"
    ),
    (
      bought("PO-1", "TORN", "10", at: "1.00", on: "2026-02-10"),
      "'event':'goods.rejected','rejection':'RJ-1','receipt':'GR-PO-1','lines':[{'product':'TORN','quantity':'1'}],'reason':'rust'",
      "rejection.early"
    ),
    (
      [
        "{'event':'invoice.issued','on':'2026-02-10','invoice':'F-1','customer':'C-18','lines':[{'text':'a','quantity':'1','price':'1.00'}]}"
      ], "'event':'residue.cleared','invoice':'F-1'", "residue.early"
    ),
    (
      [
        "{'event':'expense.deferred','on':'2026-02-10','deferral':'DE-1','account':'6220','amount':'12','from':'2026-01-01','through':'2026-12-31'}"
      ], "'event':'deferral.released','entry':'R-1','lines':[{'deferral':'DE-1','amount':'1'}]",
      "deferral.early"
    ),
    (
      bought("PO-1", "TORN", "10", at: "1.00", on: "2026-01-10") + [
        "{'event':'stock.transferred','on':'2026-02-10','transfer':'T-1','from':'MAD','to':'BCN','lines':[{'product':'TORN','quantity':'4'}]}"
      ], "'event':'stock.transferred','transfer':'T-1','arrived':true", "transfer.notYet"
    ),
    (
      [
        "{'event':'tax.defined','on':'2026-01-01','tax':'NEW','name':'new','rate':'5','kind':'collected','validFrom':'2026-02-10'}"
      ],
      "'event':'invoice.issued','invoice':'F-1','customer':'C-18','lines':[{'text':'a','quantity':'1','price':'1','tax':'NEW'}]",
      "tax.notYet"
    ),
    (
      bought("PO-1", "TORN", "10", at: "1.00", on: "2026-01-10")
        + sold("SO-1", "TORN", "4", at: "3.00", on: "2026-02-10").prefix(1),
      "'event':'order.shipped','shipment':'SH-1','order':'SO-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'1'}]",
      "order.early"
    ),
    (
      bought("PO-1", "TORN", "10", at: "1.00", on: "2026-01-10")
        + sold("SO-1", "TORN", "4", at: "3.00", on: "2026-02-10").prefix(1),
      "'event':'stock.reserved','order':'SO-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'1'}]",
      "order.early"
    ),
    (
      Array(bought("PO-1", "TORN", "10", at: "1.00", on: "2026-02-10").prefix(1)),
      "'event':'goods.received','receipt':'GR-1','purchase':'PO-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'10'}]",
      "purchase.early"
    ),
  ]) func `nothing happens before what it is about`(
    given: [String], line: String, refusal: String
  ) throws {
    let given = try Given(shop + given)
    try given.when("{'on':'2026-02-09',\(line)}").refused(refusal)
    try given.and(["{'on':'2026-02-10',\(line)}"])
  }

  @Test(arguments: [
    (
      "'event':'payroll.run','run':'R','from':'2026-02-01','through':'2026-01-31','payslips':[]",
      "payroll.period"
    ),
    (
      "'event':'payroll.run','run':'R','from':'2026-01-01','through':'2026-01-31','payslips':[{'employee':'E-7','items':[{'text':'base','amount':'1'}]}]",
      "payslip.gross"
    ),
    (
      "'event':'entry.scheduled','schedule':'S','lines':[{'account':'6200','debit':'1'},{'account':'1000','credit':'1'}],'from':'2026-01-31','through':'2026-01-30','months':1",
      "schedule.days"
    ),
    (
      "'event':'statement.imported','statement':'ST','account':'1000','from':'2026-02-09','through':'2026-02-08','opening':'0','closing':'0','entries':[]",
      "statement.days"
    ),
    (
      "'event':'statement.imported','statement':'ST','account':'1000','from':'2026-02-01','opening':'0','closing':'0','entries':[{'on':'2026-02-02','amount':'0'}]",
      "statement.zero"
    ),
    (
      "'event':'invoice.issued','invoice':'F-1','customer':'C-18','lines':[{'text':'a','quantity':'1','price':'1'}],'due':'2026-03-01','instalments':[{'due':'2026-02-20','percent':'100'}]",
      "due.conflict"
    ),
    (
      "'event':'proposal.submitted','by':'luis','proposal':'AP','content':'{\\\"event\\\":\\\"product.retired\\\",\\\"on\\\":\\\"2026-02-09\\\",\\\"product\\\":\\\"TORN\\\"}','digest':'00'",
      "proposal.digest"
    ),
  ]) func `what contradicts itself is refused`(line: String, refusal: String) throws {
    let line = "{'on':'2026-02-09',\(line)}".replacing("'", with: "\"")
    try Given(shop).when(line).refused(refusal)
  }

  @Test func `proceeds of an asset went somewhere`() throws {
    let given = try Given(
      shop + [
        "{'event':'asset.acquired','on':'2026-02-01','asset':'VAN','name':'van','against':'1000','cost':'1000.00'}"
      ])
    try given.when(
      "{'event':'asset.disposed','on':'2026-02-09','asset':'VAN','proceeds':'1000.00'}"
    ).refused("asset.proceeds")
  }

  @Test func `a transfer arrives once, and no more than left`() throws {
    let given = try Given(
      shop + bought("PO-1", "TORN", "10", at: "1.00", on: "2026-01-10") + [
        "{'event':'stock.transferred','on':'2026-02-10','transfer':'T-1','from':'MAD','to':'BCN','lines':[{'product':'TORN','quantity':'4'}]}"
      ])
    func arrived(_ lines: String) -> String {
      "{'event':'stock.transferred','on':'2026-02-11','transfer':'T-1','arrived':true,'lines':[\(lines)]}"
    }
    try given.when(arrived("{'product':'TORN','quantity':'5'}")).refused("transfer.exceeded")
    try given.when(arrived("").replacing("true", with: "false")).refused("transfer.duplicate")
    try given.and([arrived("")])
    try given.when(arrived("")).refused("transfer.arrived")
    try given.when(arrived("").replacing("T-1", with: "T-9")).refused("transfer.unknown")
  }

  @Test
  func `what nobody ordered is not cancelled, and goods worth nothing share no cost by value`()
    throws
  {
    let given = try Given(
      shop + bought("PO-1", "TORN", "10", at: "0", on: "2026-01-10")
        + sold("SO-1", "TORN", "4", at: "3.00", on: "2026-01-10"))
    try given.when("{'event':'order.cancelled','on':'2026-01-11','order':'SO-1'}")
      .refused("order.closed")
    try given.when(
      "{'event':'cost.landed','on':'2026-01-11','landing':'LC-1','receipts':['GR-PO-1'],'amount':'5','account':'6290','share':'value'}"
    ).refused("landing.base")
  }

  @Test func `nothing can be let off of what was billed in other books`() throws {
    try Given(
      shop + [
        "{'event':'opening.posted','on':'2026-01-02','entry':'OB-1','lines':[{'account':'1100','debit':'121','subject':'F-90','party':'C-17'},{'account':'3900','credit':'121'}]}"
      ]
    ).when(
      "{'event':'payment.received','on':'2026-01-03','payment':'P-1','customer':'C-17','account':'1000','currency':'EUR','amount':'119','allocations':[{'invoice':'F-90','amount':'119','discount':'2'}]}"
    ).refused("discount.document")
  }

  @Test func `an invoice of other books is credited there`() throws {
    try Given(
      shop + [
        "{'event':'opening.posted','on':'2026-01-02','entry':'OB-1','lines':[{'account':'1100','debit':'121','subject':'F-90','party':'C-17'},{'account':'3900','credit':'121'}]}"
      ]
    ).when("{'event':'invoice.voided','on':'2026-01-03','invoice':'F-90','reason':'x'}")
      .refused("void.opening")
  }
}
