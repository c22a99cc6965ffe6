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
}
