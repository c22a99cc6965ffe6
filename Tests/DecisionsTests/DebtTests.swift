// What is never paid, worked by hand.

import Testing

@Suite struct `Lost debts` {
  /// F-1: 100.00 EUR. F-2: 100.00 USD, carried at 92.00.
  let billed =
    shop
    + [("F-1", "EUR"), ("F-2", "USD")].map { code, currency in
      "{'event':'invoice.issued','on':'2026-01-10','invoice':'\(code)','customer':'C-17','currency':'\(currency)','lines':[{'text':'a','quantity':'1','price':'100.00'}]}"
    }

  func lost(_ invoice: String, _ amount: String? = nil, on: String = "2026-03-01") -> String {
    let amount = amount.map { "'amount':'\($0)'," } ?? ""
    return
      "{'event':'debt.writtenOff','on':'\(on)','invoice':'\(invoice)',\(amount)'reason':'insolvent'}"
  }

  @Test func `a debt that is given up leaves the receivables and is a loss`() throws {
    let given = try Given(billed)
    try given.when(lost("F-1", "40.00")).then("40.00 EUR = 40.00: 1100/F-1 > 6400")
      .mentions("F-1", "C-17")
    try given.when(lost("F-1", "60.01")).refused("debt.exceeded")
    try given.when(lost("F-1")).then("60.00 EUR = 60.00: 1100/F-1 > 6400")
    try given.when(lost("F-1")).refused("debt.settled")
    try given.check()
  }

  @Test func `dollars are lost at what they are carried at, not at the day's rate`() throws {
    let given = try Given(
      billed + ["{'event':'rate.set','on':'2026-02-01','currency':'USD','rate':'0.50'}"])
    try given.when(lost("F-2", "25.00")).then("25.00 USD = 23.00: 1100/F-2 > 6400")
    try given.when(lost("F-2")).then("75.00 USD = 69.00: 1100/F-2 > 6400")
    try given.check()
  }

  @Test func `a debt cannot be lost before it was one`() throws {
    try Given(billed).when(lost("F-1", on: "2026-01-09")).refused("debt.early")
  }
}
