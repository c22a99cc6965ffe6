// Credit limits and reminders, worked by hand.

import Events
import Testing

@Suite struct `Credit and reminders` {
  func customer(_ more: String) -> String {
    "{'event':'customer.registered','on':'2026-01-01','customer':'C-30','name':'Limit','creditLimit':'200.00'\(more)}"
  }
  func ordered(_ code: String, _ quantity: Int, _ more: String = "") -> String {
    "{'event':'order.placed','on':'2026-01-12','order':'\(code)','customer':'C-30','currency':'EUR','lines':[{'product':'TORN','quantity':'\(quantity)','price':'0.25'}]\(more)}"
  }
  /// 60.50 owed.
  let owed =
    "{'event':'invoice.issued','on':'2026-01-10','invoice':'F-1','customer':'C-30','due':'2026-01-31','lines':[{'text':'a','quantity':'1','price':'50.00','tax':'IVA21'}]}"

  @Test func `an order beyond the credit limit waits for a payment or for somebody to allow it`()
    throws
  {
    // 200.00 − 60.50 owed − 100.00 on order leave 39.50: 158 screws.
    let given = try Given(shop + [customer(""), owed, ordered("SO-1", 400)])
    try given.when(ordered("SO-2", 159)).refused("credit.exceeded")
    try given.and([ordered("SO-2", 158)])
    try given.when(
      "{'event':'order.revised','on':'2026-01-13','order':'SO-2','lines':[{'product':'TORN','quantity':'159','price':'0.25'}]}"
    ).refused("credit.exceeded")
    try given.and([
      "{'event':'order.revised','on':'2026-01-13','order':'SO-2','lines':[{'product':'TORN','quantity':'100','price':'0.25'}]}",
      ordered("SO-3", 59, ",'allowedBy':'Ana'"),
      "{'event':'payment.received','on':'2026-01-14','payment':'P-1','customer':'C-30','account':'1000','currency':'EUR','amount':'60.50','allocations':[{'invoice':'F-1','amount':'60.50'}]}",
      ordered("SO-4", 200),
    ])
  }

  @Test func `where a warning is enough, the order is recorded`() throws {
    try Given(shop + [customer(",'beyondLimit':'warn'"), owed]).and([ordered("SO-1", 4000)])
  }

  @Test func `debts that were taken over count, and only the customer's own`() throws {
    let given = try Given(
      shop + [
        customer(""),
        "{'event':'opening.posted','on':'2026-01-01','entry':'OB','lines':[{'account':'1100','subject':'F-0','party':'C-30','debit':'150.00'},{'account':'1100','subject':'F-9','party':'C-17','debit':'500.00'},{'account':'3200','credit':'650.00'}]}",
      ])
    try given.when(ordered("SO-1", 201)).refused("credit.exceeded")
    try given.and([ordered("SO-1", 200)])
  }

  func reminded(_ invoices: String, on: String = "2026-02-01", _ more: String = "") -> String {
    "{'event':'reminder.sent','on':'\(on)','reminder':'M-\(on)\(more.count)','customer':'C-30','invoices':[\(invoices)]\(more)}"
  }

  @Test func `a reminder is of what is open and overdue, and each is firmer than the last`() throws
  {
    let given = try Given(shop + [customer(""), owed])
    try given.when(reminded("'F-1'", on: "2026-01-31")).refused("reminder.early")
    let first = try given.when(reminded("'F-1'"))
    try first.then().mentions("M-2026-02-010", "C-30", "F-1")
    #expect(try first.stored(ReminderSent.self).level == 1)
    try given.when(reminded("'F-1'", on: "2026-02-15", ",'level':1")).refused("reminder.level")
    let second = try given.when(reminded("'F-1'", on: "2026-02-15"))
    #expect(try second.stored(ReminderSent.self).level == 2)
    try given.when(reminded("", on: "2026-02-16")).refused("lines.empty")
    try given.and([
      "{'event':'payment.received','on':'2026-02-14','payment':'P-1','customer':'C-30','account':'1000','currency':'EUR','amount':'60.50','allocations':[{'invoice':'F-1','amount':'60.50'}]}"
    ])
    try given.when(reminded("'F-1'", on: "2026-03-01")).refused("reminder.settled")
  }
}
