// A bank's statements, and what they are in the books, worked by hand.

import Decisions
import Events
import Ledger
import Testing
import Wire

@Suite struct `Bank statements` {
  /// 1000.00 in the bank on 1 February, then a customer's 121.00 and a fee of 3.00.
  var paid: [String] {
    shop + [
      "{'event':'opening.posted','on':'2026-02-01','entry':'OB-1','lines':[{'account':'1000','debit':'1000'},{'account':'3000','credit':'1000'}]}",
      "{'event':'payment.received','on':'2026-02-03','payment':'P-1','customer':'C-17','account':'1000','currency':'EUR','amount':'121.00'}",
      "{'event':'payment.received','on':'2026-02-04','payment':'P-2','customer':'C-17','account':'1000','currency':'EUR','amount':'121.00'}",
      "{'event':'charge.booked','on':'2026-02-05','charge':'CH-1','account':'1000','amount':'3.00','currency':'EUR'}",
    ]
  }

  func imported(
    _ code: String = "ST-1", from: String = "2026-02-02", on: String = "2026-02-28",
    opening: String = "1000.00", closing: String = "1118.00",
    _ entries: String =
      "{'on':'2026-02-04','amount':'121.00','balance':'1121.00'},{'on':'2026-02-05','amount':'-3.00'}"
  ) -> String {
    "{'event':'statement.imported','on':'\(on)','statement':'\(code)','account':'1000','from':'\(from)','opening':'\(opening)','closing':'\(closing)','entries':[\(entries)]}"
  }

  func matched(_ entry: Int, _ items: String...) -> String {
    "{'event':'statement.matched','on':'2026-03-01','statement':'ST-1','entry':\(entry),'items':[\(items.joined(separator: ","))]}"
  }

  @Test func `a statement that does not add up is refused where it first breaks`() throws {
    let given = try Given(paid)
    try given.when(imported(closing: "1117.99")).refused("statement.sum")
    let refusal = try given.when(
      imported(
        closing: "1119.00",
        "{'on':'2026-02-04','amount':'121.00','balance':'1121.00'},{'on':'2026-02-05','amount':'-3.00','balance':'1119.00'},{'on':'2026-02-06','amount':'1.00','balance':'1119.00'}"
      )
    ).refused("statement.break")
    #expect(
      refusal.message
        == "After entry 2 of 2026-02-05 the balance is 1118.00 EUR, not 1119.00 EUR.")
    try given.when(
      imported(opening: "999.00", closing: "1117.00", "{'on':'2026-02-04','amount':'118.00'}")
    )
    .refused("statement.opening")
    try given.when(imported("ST-1", closing: "1121.00", "{'on':'2026-02-01','amount':'121.00'}"))
      .refused("statement.day")
    try given.when(imported()).then().mentions("ST-1", "1000", "1000")
  }

  @Test func `statements follow one another without a gap`() throws {
    let given = try Given(paid + [imported()])
    try given.when(imported("ST-2", from: "2026-02-28", on: "2026-03-31", opening: "1118.00", ""))
      .refused("statement.order")
    try given.when(
      imported(
        "ST-2", from: "2026-03-01", on: "2026-03-31", opening: "1117.00", closing: "1117.00", "")
    ).refused("statement.gap")
    try given.when(
      imported(
        "ST-2", from: "2026-03-01", on: "2026-03-31", opening: "1118.00", closing: "1118.00", "")
    ).then()
  }

  @Test func `an entry is matched with what moved the same amount, once`() throws {
    let given = try Given(paid + [imported()])
    try given.when(matched(3, "{'document':'P-1'}")).refused("statement.entry")
    try given.when(matched(1)).refused("lines.empty")
    try given.when(matched(1, "{'document':'CH-1'}")).refused("match.amount")
    try given.when(matched(1, "{'document':'C-17'}")).refused("match.account")
    try given.when(matched(1, "{'event':9999}")).refused("match.event")
    let stored = try given.when(matched(1, "{'document':'P-1'}")).stored(StatementMatched.self)
    #expect(stored.items.first?.on == "2026-02-03")
    #expect(stored.items.first?.event == Int64(given.books.size()) - 4)
    try given.when(matched(1, "{'document':'P-2'}")).refused("match.done")
    try given.when(matched(2, "{'document':'P-1'}")).refused("match.taken")
    // It was the other payment.
    try given.when("{'event':'statement.unmatched','on':'2026-03-01','statement':'ST-1','entry':1}")
      .then()
    try given.when("{'event':'statement.unmatched','on':'2026-03-01','statement':'ST-1','entry':1}")
      .refused("match.none")
    try given.when(matched(1, "{'document':'P-2'}")).then()
    try given.when(matched(2, "{'document':'CH-1'}")).then()
  }

  @Test func `several events may be one entry`() throws {
    let given = try Given(
      paid + [imported(closing: "1242.00", "{'on':'2026-02-06','amount':'242.00'}")])
    try given.when(matched(1, "{'document':'P-1'}", "{'document':'P-1'}")).refused(
      "lines.duplicate")
    try given.when(matched(1, "{'document':'P-1'}", "{'document':'P-2'}")).then()
  }

  @Test func `the payments of a run may all be named for the one sum that left the bank`() throws {
    let bills = [("B-1", "50.00"), ("B-2", "10.50")].map { code, amount in
      "{'event':'bill.received','on':'2026-02-02','bill':'\(code)','supplier':'S-3','currency':'EUR','lines':[{'account':'6200','text':'rent','quantity':'1','price':'\(amount)'}]}"
    }
    let given = try Given(
      paid + bills + [
        "{'event':'payments.sent','on':'2026-02-06','account':'1000','currency':'EUR','payments':[{'payment':'RP-1','supplier':'S-3','bills':['B-1']},{'payment':'RP-2','supplier':'S-3','bills':['B-2']}]}",
        imported(
          closing: "1060.50",
          "{'on':'2026-02-04','amount':'121.00'},{'on':'2026-02-06','amount':'-60.50'}"),
      ])
    let refusal = try given.when(
      matched(2, "{'document':'RP-1'}", "{'document':'P-1'}")
    ).refused("match.amount")
    #expect(refusal.remedy.hasPrefix("A run left the account as one sum"))
    try given.when(matched(2, "{'document':'RP-1'}", "{'document':'RP-2'}")).then()
    try given.when(matched(1, "{'document':'RP-2'}")).refused("match.taken")
    try given.when(matched(1, "{'document':'P-1'}")).then()
  }

  @Test func `a statement of the day on which the books began finds the opening balances there`()
    throws
  {
    // 1000.00 are opened on 1 February; the bank's February begins with them.
    let given = try Given(paid)
    try given.and([imported(from: "2026-02-01")])
    // What else came on that day was not there before it, and a statement that has it begins later.
    let more = try Given(
      paid + [
        "{'event':'journal.posted','on':'2026-02-01','entry':'J-1','lines':[{'account':'1000','debit':'5'},{'account':'3000','credit':'5'}]}"
      ])
    let late = imported(
      from: "2026-02-01", opening: "1005.00", closing: "1005.00", "")
    #expect(
      try more.when(late).refused("statement.opening").remedy
        == "They have it at the end of 2026-02-01: begin with 2026-02-02.")
    try more.when(imported(from: "2026-02-01", opening: "999.00", closing: "999.00", ""))
      .refused("statement.opening")
  }

  @Test func `an entry that was due twice is told by its day`() throws {
    let given = try Given(
      paid + [
        "{'event':'entry.scheduled','on':'2026-02-01','schedule':'RENT','lines':[{'account':'6200','debit':'9'},{'account':'1000','credit':'9'}],'from':'2026-02-10','months':1}",
        "{'event':'entry.repeated','on':'2026-03-31','entry':'RP-1'}",
        imported(
          on: "2026-03-31", closing: "1103.00",
          "{'on':'2026-02-04','amount':'121.00'},{'on':'2026-03-10','amount':'-18.00'}"),
      ])
    try given.when(matched(2, "{'document':'RP-1'}")).refused("match.ambiguous")
    try given.when(
      matched(2, "{'document':'RP-1','on':'2026-02-10'}", "{'document':'RP-1','on':'2026-03-10'}")
    ).then()
  }

  @Test func `a plan has no days behind the last that there is`() throws {
    // Due on 29 November and 29 December; its third day would lie in the year 10000.
    let given = try Given([
      "{'event':'entry.scheduled','on':'2026-02-01','schedule':'RENT','lines':[{'account':'6200','debit':'9'},{'account':'1000','credit':'9'}],'from':'9999-11-29','months':1}",
      "{'event':'entry.repeated','on':'9999-12-31','entry':'RP-1'}",
    ])
    #expect(try given.value("6200") == "18.00")
  }

  @Test func `what the first opening balance has is no entry's`() throws {
    // 1000.00 and 121.00 were there when the first statement began.
    let given = try Given(
      paid + [
        "{'event':'payment.received','on':'2026-02-01','payment':'P-0','customer':'C-17','account':'1000','currency':'EUR','amount':'121.00'}",
        imported(
          opening: "1121.00", closing: "1239.00",
          "{'on':'2026-02-04','amount':'121.00'},{'on':'2026-02-05','amount':'-3.00'}"),
      ])
    try given.when(matched(1, "{'document':'P-0'}")).refused("match.before")
    try given.and([matched(1, "{'document':'P-1'}")])
  }
}
