// Why: the quarter is recorded as written, and the decisions move exactly what the hand-worked figures say.

internal import Decisions
internal import Events
internal import Ledger
internal import Support
internal import Testing
internal import Wire

@Suite struct `Ferretería Aranda, decided` {
  @Test func `nothing is refused, and every trial balance is the one worked by hand`() throws {
    let (books, first) = try books()
    for (point, balances) in try Aranda.trialBalances() {
      let found = try books.trialBalance(asOf: point.asOf, knownAt: first + Position(point.line))
      #expect(found == balances, "\(point)")
    }
  }

  @Test func `stock is what was worked by hand, in every warehouse`() throws {
    let (books, first) = try books()
    let decimals = ["CABLE": 1, "CLAVO": 3]
    for (point, rows) in try Aranda.expected("stock-valuation") {
      let found = try books.stock(
        asOf: point.asOf, knownAt: first + Position(point.line))
      #expect(found.count == rows.count, "\(point)")
      for row in rows {
        let place = try #require(found["\(row["product"]!) \(row["warehouse"]!)"])
        let quantity = try ExactDecimal(row["quantity"]!).units(
          decimals: decimals[row["product"]!] ?? 0)
        #expect(place.quantity == quantity, "\(row)")
        #expect(place.value == (try ExactDecimal(row["value"]!).units(decimals: 2)), "\(row)")
      }
    }
  }

  /// The whole quarter in memory, and how many events came before its first line.
  private func books() throws -> (MemoryBooks, Position) {
    let books = try MemoryBooks(chart: "generic", on: "2026-01-01")
    let first = books.size()
    for (line, proposal) in try Aranda.proposals().enumerated() {
      do throws(Obstacle) { try books.record(proposal) } catch {
        Issue.record("line \(line + 1): \(error)")
      }
    }
    return (books, first)
  }
}
