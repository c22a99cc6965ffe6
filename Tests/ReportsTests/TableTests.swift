// Why: people, spreadsheets and programs read the same table; each form is compared with one written by hand.

internal import Foundation
internal import Ledger
internal import Reports
internal import Testing
internal import Wire

@Suite struct `Tables` {
  private var table: Table {
    var table = Table(
      "trial-balance", title: "Trial balance",
      columns: [
        Column("account", "Account", .code), Column("name", "Name", .text),
        Column("balance", "Balance", .money, unit: "EUR"),
      ],
      provenance: Table.Provenance(
        origin: "b1", books: "Aranda", from: "2026-01-01", asOf: "2026-03-31", size: 812,
        at: Instant(microseconds: 0), root: "0123456789abcdef0123", projections: ["accounts/1"],
        currency: "EUR", command: "diario report trial-balance"))
    table.add([.text("Assets"), .empty, .empty], style: .heading)
    table.add([.text("1000"), .text("Caña, \"uno\""), .amount(123_456_789, decimals: 2)], depth: 1)
    table.add([.text("1010"), .empty, .amount(-5, decimals: 2)], depth: 1)
    table.totals = [.text("Total"), .empty, .amount(123_456_784, decimals: 2)]
    table.notes = ["A remark."]
    return table
  }

  @Test func `text lines up, with sums under a line and the source below`() {
    let expected = """
      Aranda: Trial balance
      from 2026-01-01 as of 2026-03-31, as known at #812, recorded 1970-01-01T00:00:00.000000Z

      Account  Name         Balance (EUR)
      ───────  ───────────  ─────────────
      Assets
        1000   Caña, "uno"   1,234,567.89
        1010                        -0.05
      ───────  ───────────  ─────────────
      Total                  1,234,567.84

      A remark.

      root 0123456789abcdef… of 812 events · diario report trial-balance

      """
    #expect(table.text() == expected)
  }

  @Test func `an empty table says so`() {
    var empty = table
    empty.rows = []
    empty.totals = []
    #expect(empty.text().contains("\n(nothing)\n"))
  }

  @Test func `colours stand around words and change none of them`() {
    var plain = table.text(isColoured: true)
    #expect(plain != table.text())
    for code in ["0", "1", "2"] { plain = plain.replacing("\u{1b}[\(code)m", with: "") }
    #expect(plain == table.text())
  }

  @Test func `CSV quotes what must be quoted, and leaves headings and sums out`() {
    #expect(
      table.csv
        == "account,name,balance\r\n1000,\"Caña, \"\"uno\"\"\",1234567.89\r\n1010,,-0.05\r\n")
  }

  @Test func `JSON carries amounts as texts, and where they come from`() throws {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(table.json.utf8)) as? [String: Any])
    #expect(object["report"] as? String == "trial-balance")
    #expect(object["from"] as? String == "2026-01-01")
    #expect(object["asOf"] as? String == "2026-03-31")
    let knownAt = try #require(object["knownAt"] as? [String: Any])
    #expect(knownAt["position"] as? Int == 812)
    #expect(knownAt["at"] as? String == "1970-01-01T00:00:00.000000Z")
    let provenance = try #require(object["provenance"] as? [String: Any])
    #expect(provenance["root"] as? String == "0123456789abcdef0123")
    #expect(provenance["projection"] as? String == "accounts/1")
    #expect(
      object["rows"] as? [[String: String]] == [
        ["account": "1000", "name": "Caña, \"uno\"", "balance": "1234567.89"],
        ["account": "1010", "balance": "-0.05"],
      ])
    #expect(
      object["totals"] as? [String: String] == ["account": "Total", "balance": "1234567.84"])
  }

  @Test(
    arguments: [
      (0, 2, "0.00"), (-1, 2, "-0.01"), (100_000, 2, "1,000.00"), (-123_456, 0, "-123,456"),
      (1_234_567, 3, "1,234.567"), (999, 0, "999"),
    ] as [(Int64, Int, String)]) func `amounts are grouped by thousands`(
      units: Int64, decimals: Int, text: String
    )
  {
    #expect(Cell.amount(units, decimals: decimals).readable == text)
  }
}
