// Closing periods and years: what must be in the books first, and what never changes afterwards.

import Events
import Ledger
import Testing

@Suite struct `Closing` {
  func closed(_ day: String, on: String = "2026-12-31", _ more: String = "") -> String {
    "{'event':'period.closed','on':'\(on)','through':'\(day)'\(more)}"
  }

  func yearClosed(_ entry: String = "CLOSE", on: String = "2027-02-10") -> String {
    "{'event':'year.closed','on':'\(on)','entry':'\(entry)','through':'2026-12-31'}"
  }

  func entry(_ code: String, on: String, debit: String, credit: String, _ amount: String) -> String
  {
    "{'event':'journal.posted','on':'\(on)','entry':'\(code)','lines':[{'account':'\(debit)','debit':'\(amount)'},{'account':'\(credit)','credit':'\(amount)'}]}"
  }

  var year: [String] {
    shop + [
      entry("J-1", on: "2026-06-30", debit: "1000", credit: "4700", "1500.00"),
      entry("J-2", on: "2026-12-31", debit: "6200", credit: "1000", "900.00"),
    ]
  }

  @Test func `a period is not closed while depreciation is due in it`() throws {
    let given = try Given(
      shop + [
        "{'event':'asset.acquired','on':'2026-02-01','asset':'VAN','name':'van','against':'1000','cost':'700.00','months':7}"
      ])
    try given.when(closed("2026-01-31")).then()
    try given.when(closed("2026-02-28")).refused("period.depreciation")
    try given.and(["{'event':'asset.depreciated','on':'2026-02-28','entry':'DEP-1'}"])
    try given.when(closed("2026-02-28")).then()
    // What is disposed of owes nothing more.
    try given.and([
      "{'event':'asset.disposed','on':'2026-03-31','asset':'VAN','result':'6230'}"
    ])
    try given.when(closed("2026-11-30")).then()
  }

  @Test func `a period is not closed while a deferral is due in it`() throws {
    let given = try Given(
      shop + [
        "{'event':'expense.deferred','on':'2026-02-01','deferral':'DE-1','account':'6220','amount':'120.00','from':'2026-02-01','through':'2027-01-31'}"
      ])
    try given.when(closed("2026-02-28")).refused("period.deferral")
    try given.and(["{'event':'deferral.released','on':'2026-02-28','entry':'R-1'}"])
    try given.when(closed("2026-02-28")).then()
  }

  @Test func `a period is not closed while a recurring entry is due in it`() throws {
    let given = try Given(
      shop + [
        "{'event':'entry.scheduled','on':'2026-01-10','schedule':'RENT','lines':[{'account':'6200','debit':'9'},{'account':'1000','credit':'9'}],'from':'2026-01-31','months':1}"
      ])
    try given.when(closed("2026-01-30")).then()
    try given.when(closed("2026-01-31")).refused("period.recurring")
    try given.and([
      "{'event':'entry.repeated','on':'2026-02-02','entry':'RP-1','through':'2026-01-31'}"
    ])
    #expect(try given.value("6200", asOf: "2026-01-31") == "9.00")
    try given.when(closed("2026-01-31")).then()
  }

  @Test func `a period is not closed while goods are in transit, unless they are known to be`()
    throws
  {
    let given = try Given(
      shop + bought("PO-1", "TORN", "10", at: "1.00", on: "2026-01-05") + [
        "{'event':'stock.transferred','on':'2026-01-20','transfer':'T-1','from':'MAD','to':'BCN','lines':[{'product':'TORN','quantity':'4'}]}"
      ])
    try given.when(closed("2026-01-19")).then()
    try given.when(closed("2026-01-31")).refused("period.inTransit")
    try given.when(closed("2026-01-31", ",'leaving':['T-2']")).refused("transfer.unknown")
    try given.when(closed("2026-01-31", ",'leaving':['T-1']")).then()
    try given.when(closed("2026-02-28")).refused("period.inTransit")
    try given.and([
      "{'event':'stock.transferred','on':'2026-03-03','transfer':'T-1','arrived':true}"
    ])
    try given.when(closed("2026-02-28")).then()
  }

  @Test func `closing a year carries income and expenses over to retained earnings`() throws {
    let given = try Given(year)
    try given.when(yearClosed(on: "2026-12-30")).refused("year.future")
    try given.when(yearClosed()).then(
      "1500.00 EUR = 1500.00: 3200 > 4700 2026-12-31", "900.00 EUR = 900.00: 6200 > 3200 2026-12-31"
    )
    #expect(try given.value("3200", asOf: "2026-12-31") == "-600.00")
    #expect(try given.value("3200", asOf: "2026-12-30") == "0.00")
    try given.when(yearClosed("AGAIN")).refused("year.closed")
  }

  @Test func `a year is not closed while something is due in it`() throws {
    let given = try Given(
      year + [
        "{'event':'asset.acquired','on':'2026-12-01','asset':'VAN','name':'van','against':'1000','cost':'700.00','months':7}"
      ])
    try given.when(yearClosed()).refused("period.depreciation")
    try given.and([
      "{'event':'asset.depreciated','on':'2027-01-05','entry':'DEP-1','through':'2026-12-31'}"
    ])
    try given.when(yearClosed()).then(
      "1500.00 EUR = 1500.00: 3200 > 4700 2026-12-31",
      "900.00 EUR = 900.00: 6200 > 3200 2026-12-31",
      "100.00 EUR = 100.00: 6500 > 3200 2026-12-31")
  }

  @Test func `a late entry must not change a closed year`() throws {
    let given = try Given(
      year + bought("PO-1", "TORN", "100", at: "0.10", on: "2026-11-02")
        + sold("SO-1", "TORN", "40", at: "0.25", on: "2026-12-20"))
    try given.and([yearClosed()])
    let accounts = ["1000", "1200", "2000", "2050", "3200", "4700", "5000", "5100", "6200"]
    func balances() throws -> [String] {
      try accounts.map { try given.value($0, asOf: "2026-12-31") }
    }
    let before = try balances()
    try given.when(entry("J-3", on: "2026-12-31", debit: "6200", credit: "1000", "5.00")).refused(
      "period.closed")
    try given.when(
      "{'event':'period.reopened','on':'2027-02-11','from':'2026-12-15','reason':'late'}"
    )
    .refused("year.closed")
    // The entry, and a bill at twice the price for goods of which some were sold, on open days.
    try given.and([
      entry("J-3", on: "2027-01-01", debit: "6200", credit: "1000", "5.00"),
      "{'event':'bill.received','on':'2027-01-02','bill':'B-1','supplier':'S-3','purchase':'PO-1','currency':'EUR','lines':[{'product':'TORN','quantity':'100','price':'0.20'}]}",
      "{'event':'journal.reversed','on':'2027-01-03','entry':'J-4','reverses':'J-1'}",
    ])
    #expect(try balances() == before)
    try given.check()
  }
}

@Suite struct `Budgets` {
  func budget(_ account: String, _ amount: String, from: String = "2026-01-15", months: Int = 2)
    -> String
  {
    "{'event':'budget.set','on':'2026-01-10','budget':'2026','lines':[{'account':'\(account)','from':'\(from)','months':\(months),'amount':'\(amount)'}]}"
  }

  @Test func `a budget stands at each month's end, and a new one replaces the old`() throws {
    let given = try Given(shop)
    try given.when(budget("6200", "900.00")).then(
      "90000 2026 = 900.00: 9310 > 9300/6200 2026-01-31",
      "90000 2026 = 900.00: 9310 > 9300/6200 2026-02-28")
    try given.when(budget("6200", "850.00", from: "2026-02-01", months: 1)).then(
      "5000 2026 = 50.00: 9300/6200 > 9310 2026-02-28")
    try given.when(budget("4000", "10.00", months: 1)).then(
      "1000 2026 = 10.00: 9300/4000 > 9310 2026-01-31")
    try given.when(budget("1000", "1.00")).refused("account.kind")
    try given.when(budget("6200", "-1.00")).refused("budget.line")
    try given.when(budget("6200", "1.00", months: 0)).refused("budget.line")
    try given.and(["{'event':'period.closed','on':'2026-03-01','through':'2026-01-31'}"])
    try given.when(
      "{'event':'budget.set','on':'2026-03-01','budget':'2026','lines':[{'account':'6200','from':'2026-01-01','amount':'1'}]}"
    ).refused("period.closed")
  }
}
