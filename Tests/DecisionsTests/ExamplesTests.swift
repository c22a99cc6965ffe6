// The examples of the manual, recorded in their order, with the trial balance that they come to.

import Foundation
import Ledger
import Testing

@Suite struct `The manual's examples` {
  @Test func `they record, and come to this`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../Fixtures/examples.jsonl")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(
      String.init)
    let given = try Given([
      "{'event':'warehouse.opened','on':'2026-01-01','warehouse':'BCN','name':'Barcelona'}",
      "{'event':'project.opened','on':'2026-01-01','project':'PR-1','name':'Window'}",
    ])
    try given.and(lines)
    let balances = [
      // 10000.00 + 60.00 received − 121.00 for the bill − 1630.40 of wages (2000.00 − 129.60 − 240.00); the rent of
      // 900.00 is taken back.
      "1000": "8308.60",
      // F-1: 400 × 0.25 × 0.9 = 90.00 + 18.90 − 50.00 paid − 9.00 and 1.89 credited = 48.01. F-2: 36.30 − 10.00.
      "1100": "74.31",
      // 1000 at 0.10; 400 shipped, 40 back, 2 missing at the count: 638 left.
      "1200": "63.80", "1200/BCN": "10.00", "5000": "36.00", "5200": "0.20",
      "1300": "21.00", "2000": "0.00", "2050": "0.00", "2100": "0.00",
      // 18.90 + 6.30 − 1.89.
      "2200": "-23.31", "2300": "-240.00", "2350": "-740.60", "2400": "0.00",
      "3900": "-10000.00", "4000": "-120.00", "4100": "9.00", "6000": "2000.00",
      "6050": "611.00", "6200": "0.00",
    ]
    for (account, balance) in balances {
      #expect(try given.value(account) == balance, "\(account)")
    }
    try given.check()
  }
}
