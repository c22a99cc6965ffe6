// What belongs to other months than that of its document, worked by hand.

import Ledger
import Testing

@Suite struct `Deferrals, accruals and recurring entries` {
  @Test func `a year's insurance becomes an expense month by month`() throws {
    let given = try Given(shop)
    try given.when(
      "{'event':'expense.deferred','on':'2026-02-01','deferral':'DE-1','account':'6220','amount':'1200.00','from':'2026-02-01','through':'2027-01-31'}"
    ).then("1200.00 EUR = 1200.00: 6220 > 1400/DE-1")
    try given.when("{'event':'deferral.released','on':'2026-03-31','entry':'R-1'}").then(
      "100.00 EUR = 100.00: 1400/DE-1 > 6220 2026-02-28", "100.00 EUR = 100.00: 1400/DE-1 > 6220"
    ).mentions("R-1", "DE-1")
    try given.when("{'event':'deferral.released','on':'2026-03-31','entry':'R-2'}").refused(
      "release.none")
    // The contract ends: what is left is an expense at once.
    try given.when(
      "{'event':'deferral.released','on':'2026-04-10','entry':'R-2','lines':[{'deferral':'DE-1','amount':'1000.01'}]}"
    ).refused("amount.exceeded")
    try given.when(
      "{'event':'deferral.released','on':'2026-04-10','entry':'R-2','lines':[{'deferral':'DE-1','amount':'1000.00'}]}"
    ).then("1000.00 EUR = 1000.00: 1400/DE-1 > 6220")
    #expect(try given.value("1400") == "0.00")
    #expect(try given.value("6220") == "0.00")
  }

  @Test func `a release that was wrong is reversed, and is due again`() throws {
    let given = try Given(
      shop + [
        "{'event':'expense.deferred','on':'2026-02-01','deferral':'DE-1','account':'6220','amount':'1200.00','from':'2026-02-01','through':'2027-01-31'}",
        "{'event':'deferral.released','on':'2026-02-28','entry':'R-1','lines':[{'deferral':'DE-1','amount':'1000.00'}]}",
      ])
    try given.when("{'event':'journal.reversed','on':'2026-03-03','entry':'J-1','reverses':'R-1'}")
      .then("1000.00 EUR = 1000.00: 6220 > 1400/DE-1")
    try given.when("{'event':'deferral.released','on':'2026-03-31','entry':'R-2'}").then(
      "100.00 EUR = 100.00: 1400/DE-1 > 6220 2026-03-03", "100.00 EUR = 100.00: 1400/DE-1 > 6220")
    #expect(try given.value("1400") == "1000.00")
  }

  @Test func `parts of months count by their days`() throws {
    // 16 of January's 31 days, February, March, 15 of April's 30: 16/31 + 2 + 1/2 months for 90.00.
    // Through January 15.40, February 45.24, March 75.08, April 90.00.
    let given = try Given(shop)
    try given.when(
      "{'event':'income.deferred','on':'2026-01-16','deferral':'DI-1','account':'4000','against':'1000','amount':'90.00','from':'2026-01-16','through':'2026-04-15'}"
    ).then("90.00 EUR = 90.00: 2600/DI-1 > 1000")
    try given.when("{'event':'deferral.released','on':'2026-12-31','entry':'R-1'}").then(
      "15.40 EUR = 15.40: \(released) 2026-01-31",
      "29.84 EUR = 29.84: \(released) 2026-02-28", "29.84 EUR = 29.84: \(released) 2026-03-31",
      "14.92 EUR = 14.92: \(released) 2026-04-30")
    #expect(try given.value("2600") == "0.00")
    #expect(try given.value("4000") == "-90.00")
  }

  private let released = "4000 > 2600/DI-1"

  @Test func `a reversal stands on its own day`() throws {
    let given = try Given(shop)
    try given.when(
      "{'event':'accrual.posted','on':'2026-03-31','entry':'AC-1','account':'6210','amount':'180.00','reverses':'2026-04-01','subject':'S-3'}"
    ).then(
      "180.00 EUR = 180.00: 2500 > 6210/S-3", "180.00 EUR = 180.00: 6210/S-3 > 2500 2026-04-01")
    #expect(try given.value("6210", asOf: "2026-03-31") == "180.00")
    #expect(try given.value("6210", asOf: "2026-04-01") == "0.00")
    try given.when("{'event':'journal.reversed','on':'2026-04-02','entry':'J-1','reverses':'AC-1'}")
      .refused("journal.notReversible")
    // Income that no invoice says yet; its end is not known, so an entry takes it back, on its own day too.
    try given.when(
      "{'event':'accrual.posted','on':'2026-03-31','entry':'AC-2','account':'4700','amount':'40.00'}"
    ).then("40.00 EUR = 40.00: 4700 > 2500")
    try given.when("{'event':'journal.reversed','on':'2026-05-20','entry':'J-1','reverses':'AC-2'}")
      .then("40.00 EUR = 40.00: 2500 > 4700")
    #expect(try given.value("4700", asOf: "2026-05-19") == "-40.00")
    #expect(try given.value("4700", asOf: "2026-05-20") == "0.00")
  }

  @Test func `a recurring entry is posted as often as it was due, on the day on which it was`()
    throws
  {
    let given = try Given(shop)
    func rent(_ amount: String, from: String) -> String {
      "{'event':'entry.scheduled','on':'2026-01-10','schedule':'RENT','lines':[{'account':'6200','debit':'\(amount)'},{'account':'1000','credit':'\(amount)'}],'from':'\(from)','months':1}"
    }
    try given.when(rent("900.00", from: "2026-01-31")).then()
    try given.when("{'event':'entry.repeated','on':'2026-01-30','entry':'RP-1'}").refused(
      "schedule.notDue")
    try given.when("{'event':'entry.repeated','on':'2026-04-15','entry':'RP-1'}").then(
      "900.00 EUR = 900.00: 1000 > 6200 2026-01-31", "900.00 EUR = 900.00: 1000 > 6200 2026-02-28",
      "900.00 EUR = 900.00: 1000 > 6200 2026-03-31"
    ).mentions("RP-1", "RENT", "6200", "1000")
    try given.when(rent("950.00", from: "2026-04-15")).refused("schedule.posted")
    try given.when(rent("950.00", from: "2026-04-30")).then()
    try given.when("{'event':'entry.repeated','on':'2026-05-01','entry':'RP-2','schedule':'RENT'}")
      .then("950.00 EUR = 950.00: 1000 > 6200 2026-04-30")
  }

  @Test(arguments: [
    (
      "{'account':'1100','debit':'1','subject':'F-1'},{'account':'1000','credit':'1'}", 1,
      "schedule.account"
    ),
    ("{'account':'6200','debit':'1'},{'account':'1000','credit':'2'}", 1, "journal.unbalanced"),
    ("{'account':'6200','debit':'1'},{'account':'1000','credit':'1'}", 0, "schedule.months"),
    ("", 1, "lines.empty"),
  ]) func `a plan that could not be posted is refused`(
    lines: String, months: Int, refusal: String
  ) throws {
    try Given(shop).when(
      "{'event':'entry.scheduled','on':'2026-01-10','schedule':'X','lines':[\(lines)],'from':'2026-01-31','months':\(months)}"
    ).refused(refusal)
  }

  @Test func `a deferral that could not be released is refused`() throws {
    let given = try Given(shop)
    func deferred(_ account: String, _ from: String) -> String {
      "{'event':'expense.deferred','on':'2026-02-01','deferral':'DE-1','account':'\(account)','amount':'1','from':'\(from)','through':'2026-02-28'}"
    }
    try given.when(deferred("4000", "2026-02-01")).refused("account.kind")
    try given.when(deferred("6220", "2026-03-01")).refused("deferral.days")
    try given.when(
      "{'event':'accrual.posted','on':'2026-03-31','entry':'AC-1','account':'6210','amount':'1','reverses':'2026-03-31'}"
    ).refused("accrual.reverses")
    try given.when(
      "{'event':'accrual.posted','on':'2026-03-31','entry':'AC-1','account':'1400','amount':'1'}"
    ).refused("account.kind")
  }
}
