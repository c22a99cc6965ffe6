// Why: proposals are a pure function of two lists, so each rule is a line of a table here.

internal import Ledger
internal import Testing

@testable internal import Reports

@Suite struct `Matching proposals` {
  private func entry(_ number: Int, _ on: Day, _ amount: Int64, _ words: String) -> Matching.Entry {
    Matching.Entry(number: number, on: on, amount: amount, words: words)
  }

  private func item(
    _ number: Int, _ on: Day, _ amount: Int64, _ codes: [String] = [], _ names: [String] = []
  ) -> Matching.Item {
    Matching.Item(number: number, on: on, amount: amount, codes: codes, names: names)
  }

  @Test(
    arguments: [
      ("invoice F-12, thank you", "2026-02-10", 100), ("RE F 12", "2026-02-09", 97),
      ("f12", "2026-02-03", 93), ("F-123", "2026-02-10", 65), ("Duero S.L.", "2026-02-10", 85),
      ("", "2026-01-26", 54), ("", "2026-01-20", 50), ("F-12", "2025-06-01", 85),
    ] as [(String, Day, Int)])
  func `the score says how sure it is`(words: String, on: Day, score: Int) {
    let found = Matching.proposals(
      [entry(0, "2026-02-10", 12100, words)], [item(0, on, 12100, ["F-12"], ["Duero S.L."])])
    #expect(found.map(\.score) == [score])
  }

  @Test func `what differs in amount, or is only equal in amount and far away, is not proposed`() {
    let entries = [entry(0, "2026-02-10", 12100, "F-12")]
    #expect(Matching.proposals(entries, [item(0, "2026-02-10", 12099, ["F-12"])]).isEmpty)
    #expect(Matching.proposals(entries, [item(0, "2026-02-10", -12100, ["F-12"])]).isEmpty)
    #expect(Matching.proposals(entries, [item(0, "2026-01-10", 12100, ["F-13"])]).isEmpty)
  }

  @Test func `each item is proposed once, the surest first`() {
    let entries = [
      entry(0, "2026-02-10", 5000, ""), entry(1, "2026-02-11", 5000, "F-2"),
      entry(2, "2026-02-12", 5000, ""),
    ]
    let items = [item(0, "2026-02-10", 5000, ["F-2"]), item(1, "2026-02-12", 5000, ["F-3"])]
    let found = Matching.proposals(entries, items).map { [$0.entry, $0.item, $0.score] }
    // F-2 is named by the second entry; the third stands nearest to F-3; the first is left.
    #expect(found == [[1, 0, 97], [2, 1, 65]])
  }
}
