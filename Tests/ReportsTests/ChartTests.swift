// Why: a chart is read for lengths, so lengths are checked: forty columns for the longest bar, eighths by hand.

internal import Ledger
internal import Reports
internal import Support
internal import Testing

@Suite struct `Charts below tables` {
  private func table(_ sales: [(String, Int64)]) throws -> Table {
    let look = MemoryLook([])
    var table = Table(
      "sales", title: "Sales",
      columns: [Column("group", "Of", .code), Column("sales", "Sales", .money)],
      provenance: try Segments.table(look).provenance)
    table.chart = Table.Chart("group", "sales")
    for (name, units) in sales { table.add([.text(name), .amount(units, decimals: 2)]) }
    return table
  }

  @Test func `the longest bar has forty columns, the others their share in eighths`() throws {
    let text = try table([("LAMP", 124_000), ("DESK", 56_000), ("X", -3_100)]).text(isCharted: true)
    // 56,000 ÷ 124,000 × 320 eighths = 144.5 → 145 = 18 columns and 1 eighth; −3,100: 8 eighths, one light column.
    let full = String(repeating: "█", count: 40)
    #expect(text.contains("LAMP  \(full) 1,240.00\n"))
    #expect(text.contains("DESK  \(full.prefix(18))▏ 560.00\n"))
    #expect(text.contains("X     ░ -31.00\n"))
    // From −3,100 to 124,000 in 7 steps: 59,100 × 7 ÷ 127,100 = 3.25.
    #expect(text.contains("Sales  █▄▁\n"))
  }

  @Test func `there is none where nobody asked, or where there is nothing to draw`() throws {
    #expect(try !table([("LAMP", 100)]).text().contains("█"))
    #expect(try !table([("LAMP", 0)]).text(isCharted: true).contains("█"))
    #expect(try !table([]).text(isCharted: true).contains("█"))
  }
}
