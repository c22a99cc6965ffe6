// What is said with customers, and whom a campaign may reach.

import Events
import Testing
import Wire

@Suite struct `Customers` {
  let opened =
    shop + [
      "{'event':'ticket.opened','on':'2026-02-01','ticket':'T-1','customer':'C-17','text':'no case'}"
    ]

  func answer(_ on: String, _ rest: String = "'text':'sent'") -> String {
    "{'event':'ticket.answered','on':'\(on)','ticket':'T-1',\(rest)}"
  }

  @Test func `a ticket belongs to its customer through all that happens to it`() throws {
    let given = try Given(opened)
    let answered = try given.when(answer("2026-02-03", "'text':'tomorrow','employee':'E-7'"))
    try answered.then().mentions("T-1", "C-17", "E-7")
    #expect(try answered.stored(TicketAnswered.self).customer == "C-17")
    let closed = try given.when(
      "{'event':'ticket.closed','on':'2026-02-04','ticket':'T-1','satisfaction':4}")
    try closed.then().mentions("T-1", "C-17")
    #expect(try closed.stored(TicketClosed.self).customer == "C-17")
    try given.when(answer("2026-02-05")).refused("ticket.closed")
  }

  @Test func `a ticket that does not fit is refused`() throws {
    let given = try Given(opened)
    try given.when(answer("2026-01-31")).refused("ticket.notYet")
    try given.when(answer("2026-02-02", "'text':' '")).refused("text.empty")
    try given.when(answer("2026-02-02", "'text':'a','customer':'C-18'")).refused("ticket.customer")
    try given.when(answer("2026-02-02", "'text':'a','employee':'E-9'")).refused("employee.unknown")
    try given.and([answer("2026-02-10")])
    try given.when("{'event':'ticket.closed','on':'2026-02-09','ticket':'T-1'}")
      .refused("ticket.early")
    try given.when(
      "{'event':'ticket.closed','on':'2026-02-10','ticket':'T-1','satisfaction':6}"
    ).refused("ticket.satisfaction")
    try given.when("{'event':'ticket.closed','on':'2026-02-10','ticket':'T-2'}")
      .refused("ticket.unknown")
    try given.when(
      "{'event':'ticket.opened','on':'2026-02-01','ticket':'T-1','customer':'C-17','text':'again'}"
    ).refused("ticket.duplicate")
  }

  @Test func `a ticket about another customer's order is refused`() throws {
    try Given(opened + bought("PO-1", "TORN", "10", at: "0.10", on: "2026-01-02"))
      .and([sold("SO-1", "TORN", "1", at: "1.00", on: "2026-01-05")[0]])
      .when(
        "{'event':'ticket.opened','on':'2026-02-01','ticket':'T-2','customer':'C-18','text':'where?','order':'SO-1'}"
      ).refused("ticket.order")
  }

  @Test func `what was said is remembered with the customer`() throws {
    try Given(shop).when(
      "{'event':'interaction.logged','on':'2026-02-01','customer':'C-17','channel':'phone','text':'asked for prices','employee':'E-7'}"
    ).then().mentions("C-17", "E-7")
    try Given(shop).when(
      "{'event':'preference.recorded','on':'2026-02-01','customer':'C-17','preference':'language','value':'Catalan'}"
    ).then().mentions("C-17")
  }

  @Test func `a campaign reaches those who agree on its day, and nobody else`() throws {
    func consent(_ customer: String, _ given: Bool, on: String) -> String {
      "{'event':'consent.recorded','on':'\(on)','customer':'\(customer)','purpose':'newsletter','given':\(given)}"
    }
    func campaign(_ code: String, on: String, _ customers: String) -> String {
      "{'event':'campaign.sent','on':'\(on)','campaign':'\(code)','name':'Spring','channel':'email','purpose':'newsletter','customers':[\(customers)]}"
    }
    let given = try Given(shop + [consent("C-17", true, on: "2026-02-01")])
    try given.when(campaign("A", on: "2026-02-01", "'C-17'")).then().mentions("A", "C-17")
    try given.when(campaign("B", on: "2026-01-31", "'C-17'")).refused("consent.missing")
    try given.when(campaign("B", on: "2026-02-01", "'C-17','C-18'")).refused("consent.missing")
    try given.when(campaign("B", on: "2026-02-01", "'C-17','C-17'")).refused("lines.duplicate")
    try given.when(campaign("B", on: "2026-02-01", "")).refused("lines.empty")
    // Taken back on 10 March; an older consent that is recorded late changes nothing after that day.
    try given.and([
      consent("C-17", false, on: "2026-03-10"), consent("C-17", true, on: "2026-03-05"),
    ])
    try given.when(campaign("B", on: "2026-03-11", "'C-17'")).refused("consent.withdrawn")
    try given.and([campaign("B", on: "2026-03-09", "'C-17'")])
  }
}
