// What serves for years, worked by hand: 1000.00 with a residual of 100.00 over 7 months from 1 February. By the end of
// each month 900.00 × n ÷ 7 is gone: 128.57, 257.14, 385.71, 514.29, 642.86, 771.43, 900.00.

import Decisions
import Events
import Ledger
import Testing
import Wire

@Suite struct `Assets` {
  func acquired(_ asset: String = "VAN", on: String = "2026-02-01", _ more: String = "") -> String {
    "{'event':'asset.acquired','on':'\(on)','asset':'\(asset)','name':'van','against':'1000','cost':'1000.00','residual':'100.00','months':7\(more)}"
  }

  func depreciated(_ entry: String, _ on: String, _ more: String = "") -> String {
    "{'event':'asset.depreciated','on':'\(on)','entry':'\(entry)'\(more)}"
  }

  func disposed(_ on: String, _ more: String) -> String {
    "{'event':'asset.disposed','on':'\(on)','asset':'VAN'\(more)}"
  }

  @Test func `what was forgotten is posted on the end of each month`() throws {
    let given = try Given(shop)
    try given.when(acquired()).then("1000.00 EUR = 1000.00: 1000 > 1500/VAN")
    try given.when(depreciated("DEP-1", "2026-04-30")).then(
      "128.57 EUR = 128.57: 1590/VAN > 6500 2026-02-28",
      "128.57 EUR = 128.57: 1590/VAN > 6500 2026-03-31", "128.57 EUR = 128.57: 1590/VAN > 6500"
    ).mentions("DEP-1", "VAN")
    try given.when(depreciated("DEP-2", "2026-05-31")).then(
      "128.58 EUR = 128.58: 1590/VAN > 6500")
    try given.when(depreciated("DEP-3", "2026-05-31")).refused("depreciation.none")
    try given.when(depreciated("DEP-3", "2026-05-31", ",'through':'2026-06-30'")).refused(
      "through.future")
  }

  @Test func `what was recorded by the plan is decided alike when it is given again`() throws {
    let given = try Given(shop + [acquired()])
    let stored = try given.when(depreciated("DEP-1", "2026-04-30")).stored(AssetDepreciated.self)
    #expect(stored.lines.map(\.amount) == ["385.71"])
    #expect(stored.lines.map(\.unplanned) == [false])
    let again = try Given(shop + [acquired()])
    _ = try again.books.record(Proposal(stored, on: "2026-04-30"))
    #expect(again.books.moves.suffix(3) == given.books.moves.suffix(3))
    #expect(try again.value("1590", asOf: "2026-02-28") == "-128.57")
  }

  @Test func `what equals the plan and is said to be beside it goes beside it`() throws {
    let given = try Given(shop + [acquired()])
    let stored = try given.when(
      depreciated(
        "DEP-1", "2026-04-30", ",'lines':[{'asset':'VAN','amount':'385.71','unplanned':true}]")
    ).then("385.71 EUR = 385.71: 1590/VAN > 6500").stored(AssetDepreciated.self)
    #expect(stored.lines.map(\.unplanned) == [true])
    // What the plan says is due all the same: 900.00 − 385.71 is left, of which 385.71.
    try given.when(depreciated("DEP-2", "2026-04-30")).then(
      "128.57 EUR = 128.57: 1590/VAN > 6500 2026-02-28",
      "128.57 EUR = 128.57: 1590/VAN > 6500 2026-03-31", "128.57 EUR = 128.57: 1590/VAN > 6500")
  }

  @Test func `depreciation stops exactly at the residual`() throws {
    let given = try Given(shop + [acquired()])
    try given.when(depreciated("DEP-1", "2027-12-31")).then(
      "128.57 EUR = 128.57: 1590/VAN > 6500 2026-02-28",
      "128.57 EUR = 128.57: 1590/VAN > 6500 2026-03-31",
      "128.57 EUR = 128.57: 1590/VAN > 6500 2026-04-30",
      "128.58 EUR = 128.58: 1590/VAN > 6500 2026-05-31",
      "128.57 EUR = 128.57: 1590/VAN > 6500 2026-06-30",
      "128.57 EUR = 128.57: 1590/VAN > 6500 2026-07-31",
      "128.57 EUR = 128.57: 1590/VAN > 6500 2026-08-31")
    #expect(try given.value("1500/VAN") == "1000.00")
    #expect(try given.value("1590/VAN") == "-900.00")
    try given.when(depreciated("DEP-2", "2027-12-31")).refused("depreciation.none")
    try given.when(
      depreciated("DEP-2", "2027-12-31", ",'lines':[{'asset':'VAN','amount':'0.01'}]")
    ).refused("amount.exceeded")
  }

  @Test func `a loss beside the plan ends it sooner, at the same residual`() throws {
    let given = try Given(shop + [acquired()])
    // 900.00 − 700.00 = 200.00 is left: 128.57 in February and 71.43 in March.
    try given.when(
      depreciated("DEP-1", "2026-02-10", ",'lines':[{'asset':'VAN','amount':'700.00'}]")
    ).then("700.00 EUR = 700.00: 1590/VAN > 6500")
    try given.when(depreciated("DEP-2", "2026-12-31")).then(
      "128.57 EUR = 128.57: 1590/VAN > 6500 2026-02-28",
      "71.43 EUR = 71.43: 1590/VAN > 6500 2026-03-31")
  }

  @Test func `depreciation that was wrong is reversed, and is due again by the plan`() throws {
    let given = try Given(shop + [acquired(), depreciated("DEP-1", "2026-03-31")])
    // Somebody took 300.00 off beside the plan.
    try given.and([
      depreciated("DEP-2", "2026-04-10", ",'lines':[{'asset':'VAN','amount':'300.00'}]")
    ])
    func reversed(_ entry: String, _ wrong: String, _ on: String) -> String {
      "{'event':'journal.reversed','on':'\(on)','entry':'\(entry)','reverses':'\(wrong)'}"
    }
    try given.when(reversed("J-1", "DEP-2", "2026-04-12")).then(
      "300.00 EUR = 300.00: 6500 > 1590/VAN"
    ).mentions("J-1", "DEP-2", "VAN")
    // And February and March were of another asset: they are due again, from the day of the reversal on.
    try given.when(reversed("J-2", "DEP-1", "2026-04-20")).then(
      "128.57 EUR = 128.57: 6500 > 1590/VAN", "128.57 EUR = 128.57: 6500 > 1590/VAN")
    #expect(try given.value("1590/VAN") == "0.00")
    try given.when(reversed("J-3", "DEP-1", "2026-04-21")).refused("journal.reversed")
    try given.when(disposed("2026-04-19", ",'result':'6230'")).refused("asset.early")
    try given.when(depreciated("DEP-3", "2026-04-30")).then(
      "128.57 EUR = 128.57: 1590/VAN > 6500 2026-04-20",
      "128.57 EUR = 128.57: 1590/VAN > 6500 2026-04-20", "128.57 EUR = 128.57: 1590/VAN > 6500")
    // 900.00 − 385.71 by the end, to the residual.
    try given.and([depreciated("DEP-4", "2026-12-31")])
    #expect(try given.value("1590/VAN") == "-900.00")
    try given.and([disposed("2027-01-05", ",'result':'6230'")])
    #expect(try given.value("1500") == "0.00")
    #expect(try given.value("1590") == "0.00")
    try given.when(reversed("J-4", "DEP-4", "2027-01-06")).refused("asset.gone")
  }

  @Test func `nothing is depreciated before the asset is in the books`() throws {
    let given = try Given(shop + [acquired(on: "2026-03-05", ",'from':'2026-02-01'")])
    try given.when(depreciated("DEP-1", "2026-03-31")).then(
      "128.57 EUR = 128.57: 1590/VAN > 6500 2026-03-05", "128.57 EUR = 128.57: 1590/VAN > 6500")
  }

  @Test func `an asset that is taken over brings what was depreciated of it`() throws {
    let given = try Given(shop)
    // From 1 November: 4 of 7 months are gone by the end of February, 514.29; 300.00 of it were posted elsewhere.
    try given.when(
      "{'event':'asset.acquired','on':'2026-02-01','asset':'VAN','name':'van','against':'3900','cost':'1000.00','residual':'100.00','months':7,'from':'2025-11-01','depreciated':'300.00'}"
    ).then(
      "700.00 EUR = 700.00: 3900 > 1500/VAN", "300.00 EUR = 300.00: 1590/VAN > 1500/VAN")
    try given.when(depreciated("DEP-1", "2026-02-28")).then(
      // By the end of November 128.57, December 257.14, January 385.71: 85.71 more than posted.
      "85.71 EUR = 85.71: 1590/VAN > 6500 2026-02-01", "128.58 EUR = 128.58: 1590/VAN > 6500")
  }

  @Test func `an asset that brings more than its book value makes a gain`() throws {
    let given = try Given(shop + [acquired()])
    // Through 15 April 2.5 months are gone: 900.00 × 2.5 ÷ 7 = 321.43. 1000.00 − 321.43 = 678.57; 800.00 − 678.57 = 121.43.
    try given.when(disposed("2026-04-15", ",'proceeds':'800.00','account':'1000'")).refused(
      "asset.result")
    try given.when(
      disposed("2026-04-15", ",'proceeds':'800.00','account':'1000','result':'4700'")
    ).then(
      "128.57 EUR = 128.57: 1590/VAN > 6500 2026-02-28",
      "128.57 EUR = 128.57: 1590/VAN > 6500 2026-03-31", "64.29 EUR = 64.29: 1590/VAN > 6500",
      "321.43 EUR = 321.43: 1500/VAN > 1590/VAN", "121.43 EUR = 121.43: 4700 > 1500/VAN",
      "800.00 EUR = 800.00: 1500/VAN > 1000")
    #expect(try given.value("1500/VAN") == "0.00")
    #expect(try given.value("1590/VAN") == "0.00")
    try given.when(disposed("2026-04-16", "")).refused("asset.gone")
    try given.when(depreciated("DEP-1", "2026-12-31")).refused("depreciation.none")
  }

  @Test func `an asset that is thrown away is a loss of its book value`() throws {
    let given = try Given(shop + [acquired(), depreciated("DEP-1", "2026-02-28")])
    try given.when(disposed("2026-02-27", "")).refused("asset.early")
    // 1000.00 − 128.57.
    try given.when(disposed("2026-02-28", ",'result':'6230'")).then(
      "128.57 EUR = 128.57: 1500/VAN > 1590/VAN", "871.43 EUR = 871.43: 1500/VAN > 6230")
  }

  @Test(arguments: [
    ("'against':'1100','cost':'1'", "account.control"),
    ("'against':'1300','cost':'1'", "account.control"),
    ("'against':'1010','cost':'1'", "account.currency"),
    ("'against':'1000','cost':'0'", "amount.notPositive"),
    ("'against':'1000','cost':'1','residual':'1.01'", "asset.residual"),
    ("'against':'1000','cost':'1','residual':'0.50','depreciated':'0.51'", "asset.exceeded"),
    ("'against':'1000','cost':'1','months':0", "asset.months"),
    ("'against':'1000','cost':'1','account':'1400'", "asset.account"),
    ("'against':'1000','cost':'1','account':'6200'", "account.kind"),
  ]) func `what makes no asset is refused`(fields: String, refusal: String) throws {
    try Given(shop).when(
      "{'event':'asset.acquired','on':'2026-02-01','asset':'A','name':'a',\(fields)}"
    ).refused(refusal)
  }
}
