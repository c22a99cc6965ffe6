// Two people, one content: what one submits another approves, exactly, once.

import Documents
import Events
import Testing
import Wire

@Suite struct `Four eyes` {
  let rule =
    shop + [
      "{'event':'approval.required','on':'2026-01-02','kind':'payment.sent','above':'1000.00'}"
    ]

  func pay(_ amount: String, _ code: String = "P-1", on: String = "2026-02-01") -> String {
    "{'event':'payment.sent','on':'\(on)','by':'luis','payment':'\(code)','supplier':'S-3','account':'1000','currency':'EUR','amount':'\(amount)'}"
  }

  func submit(_ line: String, _ code: String = "AP-1", by: String? = "luis") -> String {
    let by = by.map { "'by':'\($0)'," } ?? ""
    let content = line.replacing("'", with: "\\\"")
    return
      "{\"event\":\"proposal.submitted\",\"on\":\"2026-01-31\",\(by.replacing("'", with: "\""))\"proposal\":\"\(code)\",\"content\":\"\(content)\"}"
  }

  func approve(_ digest: Code, _ code: String = "AP-1", by: String = "ana") -> String {
    "{'event':'proposal.approved','on':'2026-01-31','by':'\(by)','proposal':'\(code)','digest':'\(digest)'}"
  }

  @Test func `what is approved by another is recorded, once`() throws {
    let given = try Given(rule)
    try given.when(pay("1000.00", "P-0")).then("1000.00 EUR = 1000.00: 1000 > 1150/P-0")
    try given.when(pay("1000.01")).refused("approval.missing")
    let submitted = try given.when(submit(pay("1000.01")))
    let digest = try #require(try submitted.stored(ProposalSubmitted.self).digest)
    #expect(digest.text.count == 64)
    try given.when(pay("1000.01")).refused("approval.waiting")
    try given.when(approve(digest, by: "luis")).refused("approval.same")
    try given.when(approve(digest, by: "Luis")).refused("approval.same")
    try given.when(approve("00")).refused("approval.digest")
    try given.when(submit(pay("1000.01"), "AP-2")).refused("proposal.duplicate")
    try given.and([approve(digest)])
    try given.when(approve(digest)).refused("proposal.decided")
    // One cent more, or another day, is not what was approved.
    try given.when(pay("1000.02")).refused("approval.missing")
    try given.when(pay("1000.01", on: "2026-02-02")).refused("approval.missing")
    try given.when(pay("1000.01")).then("1000.01 EUR = 1000.01: 1000 > 1150/P-1")
    try given.when(submit(pay("1000.01"))).refused("proposal.duplicate")
  }

  @Test func `what is personal waits in no proposal, where no erasure would reach it`() throws {
    let given = try Given(rule)
    for kind in ["customer.registered", "employee.hired", "ticket.opened"] {
      try given.when("{'event':'approval.required','on':'2026-01-02','kind':'\(kind)'}")
        .refused("approval.personal")
    }
    // What may be personal, and is not, can be proposed; what is cannot.
    let changes = try Given(
      shop + ["{'event':'approval.required','on':'2026-01-02','kind':'supplier.revised'}"])
    let terms = "{'event':'supplier.revised','on':'2026-02-01','supplier':'S-3','terms':60}"
    try changes.when(submit(terms)).then()
    let email =
      "{'event':'supplier.revised','on':'2026-02-01','supplier':'S-3','email':'ana@example.com'}"
    try changes.when(submit(email, "AP-2")).refused("proposal.personal")
  }

  @Test func `what is not approved, or by nobody, does not pass`() throws {
    let given = try Given(rule)
    try given.when(submit(pay("2000.00"), by: nil)).refused("approval.nobody")
    try given.and([submit(pay("2000.00"))])
    try given.when(
      "{'event':'proposal.rejected','on':'2026-01-31','by':'ana','proposal':'AP-1','reason':'too dear'}"
    ).then()
    try given.when(pay("2000.00")).refused("approval.rejected")
    // The same may be submitted anew.
    let again = try given.when(submit(pay("2000.00"), "AP-2"))
    let digest = try #require(try again.stored(ProposalSubmitted.self).digest)
    try given.and([approve(digest, "AP-2"), pay("2000.00")])
  }

  @Test func `what could not be recorded cannot be proposed`() throws {
    let given = try Given(rule)
    try given.when(submit(pay("0"))).refused("amount.notPositive")
    try given.when(
      submit("{'event':'proposal.rejected','on':'2026-01-31','proposal':'AP-0','reason':'no'}")
    ).refused("proposal.kind")
  }

  @Test func `a rule is lifted by two people too`() throws {
    let given = try Given(rule)
    let lift =
      "{'event':'approval.required','on':'2026-02-01','kind':'payment.sent','lifted':true}"
    try given.when(lift).refused("approval.missing")
    let submitted = try given.when(submit(lift))
    let digest = try #require(try submitted.stored(ProposalSubmitted.self).digest)
    try given.and([approve(digest), lift, pay("5000.00")])
    try given.when(lift).refused("approval.notRequired")
  }

  /// Two bills of 600.00.
  let billed =
    shop + [
      "{'event':'bill.received','on':'2026-01-10','bill':'B-1','supplier':'S-3','currency':'EUR','lines':[{'account':'6200','text':'a','quantity':'1','price':'600.00'}]}",
      "{'event':'bill.received','on':'2026-01-10','bill':'B-2','supplier':'S-4','currency':'EUR','lines':[{'account':'6200','text':'a','quantity':'1','price':'600.00'}]}",
    ]

  @Test(arguments: [
    // Payments of 400.00 and 600.00 in one run.
    (
      "payment.sent", "999.99",
      "{'event':'payments.sent','on':'2026-02-01','account':'1000','currency':'EUR','payments':[{'payment':'P-1','supplier':'S-3','bills':['B-1']},{'payment':'P-2','supplier':'S-4','bills':['B-2']}]}"
    ),
    (
      "payment.sent", "1000.00",
      "{'event':'charge.booked','on':'2026-02-01','charge':'CH-1','account':'1000','amount':'1000.01','currency':'EUR'}"
    ),
    (
      "payment.sent", "1000.00",
      "{'event':'asset.acquired','on':'2026-02-01','asset':'VAN','name':'van','against':'1000','cost':'1000.01'}"
    ),
    (
      "payment.sent", "1000.00",
      "{'event':'expense.deferred','on':'2026-02-01','deferral':'D-1','account':'6220','against':'1000','amount':'1000.01','from':'2026-02-01','through':'2026-12-31'}"
    ),
    // 600.00 of B-1 in two parts on one day, and an advance in two parts.
    (
      "payment.sent", "400.00",
      "{'event':'payment.sent','on':'2026-01-25','payment':'P-1','supplier':'S-3','account':'1000','currency':'EUR','amount':'200.01','allocations':[{'bill':'B-1','amount':'200.01'}]}"
    ),
    (
      "payment.sent", "400.00",
      "{'event':'payment.sent','on':'2026-01-25','payment':'P-1','supplier':'S-4','account':'1000','currency':'EUR','amount':'200.01'}"
    ),
    (
      "payment.sent", "50.00",
      "{'event':'payment.refunded','on':'2026-02-01','payment':'P-1','customer':'C-17','account':'1000','currency':'EUR','amount':'50.01','of':'P-9'}"
    ),
    (
      "period.closed", "0",
      "{'event':'year.closed','on':'2026-02-01','entry':'YC','through':'2026-01-31'}"
    ),
    (
      "journal.posted", "99.99",
      "{'event':'accrual.posted','on':'2026-02-01','entry':'AC-1','account':'6210','amount':'100.00'}"
    ),
    (
      "journal.posted", "0",
      "{'event':'journal.reversed','on':'2026-02-01','entry':'J-2','reverses':'J-1'}"
    ),
    (
      "order.placed", "500.00",
      "{'event':'order.revised','on':'2026-02-01','order':'SO-1','lines':[{'product':'TORN','quantity':'2001','price':'0.25'}]}"
    ),
    (
      "order.placed", "500.00",
      "{'event':'order.placed','on':'2026-02-01','order':'SO-2','customer':'C-17','currency':'EUR','lines':[{'product':'TORN','quantity':'2001','price':'0.25'}]}"
    ),
    (
      "purchase.ordered", "500.00",
      "{'event':'purchase.ordered','on':'2026-02-01','purchase':'PO-2','supplier':'S-3','currency':'EUR','lines':[{'product':'TORN','quantity':'5001','price':'0.10'}]}"
    ),
    (
      "stock.scrapped", "0",
      "{'event':'stock.adjusted','on':'2026-02-01','adjustment':'AD-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'-1'}]}"
    ),
    (
      "supplier.revised", "0",
      "{'event':'supplier.registered','on':'2026-02-01','supplier':'S-9','name':'Aceros, again'}"
    ),
  ]) func `a rule is not evaded by another event that does the same`(
    rule: String, above: String, line: String
  ) throws {
    let books =
      billed + bought("PO-1", "TORN", "10", at: "1.00", on: "2026-01-10") + [
        "{'event':'journal.posted','on':'2026-01-10','entry':'J-1','lines':[{'account':'6200','debit':'5'},{'account':'1000','credit':'5'}]}",
        "{'event':'order.placed','on':'2026-01-10','order':'SO-1','customer':'C-17','currency':'EUR','lines':[{'product':'TORN','quantity':'1','price':'0.25'}]}",
        "{'event':'payment.received','on':'2026-01-10','payment':'P-9','customer':'C-17','account':'1000','currency':'EUR','amount':'99.00'}",
        "{'event':'payment.sent','on':'2026-01-25','payment':'P-7','supplier':'S-3','account':'1000','currency':'EUR','amount':'200.00','allocations':[{'bill':'B-1','amount':'200.00'}]}",
        "{'event':'payment.sent','on':'2026-01-25','payment':'P-8','supplier':'S-4','account':'1000','currency':'EUR','amount':'200.00'}",
      ]
    // The negative control: without the rule nothing is in the way.
    try Given(books).and([line])
    try Given(
      books + [
        "{'event':'approval.required','on':'2026-01-20','kind':'\(rule)','above':'\(above)'}"
      ]
    ).when(line).refused("approval.missing")
  }

  @Test func `what stays below a rule's limit passes, however it is recorded`() throws {
    // 500.00 is not above 500.00; a revision takes back what was ordered and does not count twice.
    try Given(shop).and([
      "{'event':'approval.required','on':'2026-01-20','kind':'order.placed','above':'500.00'}",
      "{'event':'order.placed','on':'2026-02-01','order':'SO-1','customer':'C-17','currency':'EUR','lines':[{'product':'TORN','quantity':'2000','price':'0.25'}]}",
      "{'event':'order.revised','on':'2026-02-01','order':'SO-1','lines':[{'product':'TORN','quantity':'1999','price':'0.25'}]}",
    ])
    try Given(billed).and([
      "{'event':'approval.required','on':'2026-01-20','kind':'payment.sent','above':'1200.00'}",
      "{'event':'payments.sent','on':'2026-02-01','account':'1000','currency':'EUR','payments':[{'payment':'P-1','supplier':'S-3','bills':['B-1']},{'payment':'P-2','supplier':'S-4','bills':['B-2']}]}",
    ])
    // Two bills on one day, one bill on two days, and an asset that is still owed: none is above 600.00.
    func paid(_ code: String, _ bill: String, _ supplier: String, _ amount: String, _ on: String)
      -> String
    {
      "{'event':'payment.sent','on':'\(on)','payment':'\(code)','supplier':'\(supplier)','account':'1000','currency':'EUR','amount':'\(amount)','allocations':[{'bill':'\(bill)','amount':'\(amount)'}]}"
    }
    try Given(billed).and([
      "{'event':'approval.required','on':'2026-01-20','kind':'payment.sent','above':'600.00'}",
      paid("P-1", "B-1", "S-3", "300.00", "2026-02-01"),
      paid("P-2", "B-2", "S-4", "600.00", "2026-02-01"),
      paid("P-3", "B-1", "S-3", "300.00", "2026-02-02"),
      "{'event':'asset.acquired','on':'2026-02-01','asset':'VAN','name':'van','against':'2700','cost':'9000.00'}",
    ])
  }

  @Test func `an approval is used once, also by what could be recorded again`() throws {
    let given = try Given(
      shop + ["{'event':'approval.required','on':'2026-01-02','kind':'customer.revised'}"])
    let revised = "{'event':'customer.revised','on':'2026-02-01','customer':'C-17','terms':45}"
    let submitted = try given.when(submit(revised))
    let digest = try #require(try submitted.stored(ProposalSubmitted.self).digest)
    try given.and([approve(digest), revised])
    try given.when(revised).refused("approval.used")
  }

  @Test func `a rule that makes no sense is refused`() throws {
    let given = try Given(shop)
    func rule(_ rest: String) -> String {
      "{'event':'approval.required','on':'2026-01-02',\(rest)}"
    }
    try given.when(rule("'kind':'proposal.approved'")).refused("approval.kind")
    try given.when(rule("'kind':'payment.sent','above':'-1'")).refused("approval.negative")
    try given.when(rule("'kind':'payment.sent','lifted':true")).refused("approval.notRequired")
  }

  @Test func `nothing is approved before it was asked`() throws {
    let given = try Given(rule)
    let submitted = try given.when(submit(pay("2000.00")))
    let digest = try #require(try submitted.stored(ProposalSubmitted.self).digest)
    try given.when(approve(digest).replacing("2026-01-31", with: "2026-01-30"))
      .refused("proposal.early")
    try given.and([approve(digest)])
  }

  @Test func `an entry by hand that takes money out of a bank is a payment`() throws {
    func entry(_ code: String, _ debit: String, _ amount: String) -> String {
      "{'event':'journal.posted','on':'2026-02-01','by':'luis','entry':'\(code)','lines':[{'account':'\(debit)','debit':'\(amount)'},{'account':'1000','credit':'\(amount)'}]}"
    }
    let given = try Given(rule)
    try given.when(entry("J-1", "6200", "1000.01")).refused("approval.missing")
    try given.and([
      entry("J-1", "6200", "1000.00"),
      // From a bank to the cash nothing leaves; what goes in does not either, but taking it back does.
      entry("J-2", "1050", "5000.00"),
      "{'event':'journal.posted','on':'2026-02-01','entry':'J-3','lines':[{'account':'1000','debit':'3000.00'},{'account':'4700','credit':'3000.00'}]}",
      "{'event':'entry.scheduled','on':'2026-02-01','schedule':'RENT','lines':[{'account':'6200','debit':'1500.00'},{'account':'1000','credit':'1500.00'}],'from':'2026-02-28','months':1}",
    ])
    try given.when(
      "{'event':'journal.reversed','on':'2026-02-01','entry':'J-4','reverses':'J-3'}"
    ).refused("approval.missing")
    try given.when(
      "{'event':'entry.repeated','on':'2026-02-28','entry':'R-1','through':'2026-02-28'}"
    ).refused("approval.missing")
  }

  @Test func `what a schedule says after the approval is not approved`() throws {
    func scheduled(_ amount: String, for employee: String = "E-7") -> String {
      "{'event':'entry.scheduled','on':'2026-02-01','schedule':'RENT','lines':[{'account':'6200','debit':'\(amount)','subject':'\(employee)'},{'account':'1000','credit':'\(amount)'}],'from':'2026-02-28','months':1}"
    }
    let repeated =
      "{'event':'entry.repeated','on':'2026-02-28','by':'luis','entry':'R-1','schedule':'RENT','through':'2026-02-28'}"
    let given = try Given(rule + [scheduled("1500.00")])
    let digest = try #require(
      try given.when(submit(repeated)).stored(ProposalSubmitted.self).digest)
    try given.and([approve(digest), scheduled("9000.00")])
    try given.when(repeated).refused("approval.missing")
    try given.and([scheduled("1500.00", for: "S-3")])
    try given.when(repeated).refused("approval.missing")
    try given.and([scheduled("1500.00")])
    try given.when(repeated).then("1500.00 EUR = 1500.00: 1000 > 6200/E-7")
  }

  @Test func `opening balances that take money out of the bank are a payment too`() throws {
    try Given(rule).when(
      "{'event':'opening.posted','on':'2026-02-01','by':'luis','entry':'OB-1','lines':[{'account':'6600','debit':'5000'},{'account':'1000','credit':'5000'}]}"
    ).refused("approval.missing")
  }
}
