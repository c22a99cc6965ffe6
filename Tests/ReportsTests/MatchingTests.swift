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

  @Test func `opening balances of a statement's first day are on it`() throws {
    // 1000.00 opened on 1 January, 200.00 paid in on the same day: the bank's January opens with 1000.00 and has 200.00.
    let told = try Told([
      #"{"event":"opening.posted","on":"2026-01-01","entry":"OB","lines":[{"account":"1000","debit":"1000"},{"account":"3000","credit":"1000"}]}"#,
      #"{"event":"journal.posted","on":"2026-01-01","entry":"J1","lines":[{"account":"1000","debit":"200"},{"account":"4700","credit":"200"}]}"#,
      #"{"event":"statement.imported","on":"2026-01-31","statement":"ST1","account":"1000","from":"2026-01-01","opening":"1000","closing":"1200","entries":[{"on":"2026-01-01","amount":"200"}]}"#,
      #"{"event":"statement.matched","on":"2026-01-31","statement":"ST1","entry":1,"items":[{"document":"J1"}]}"#,
    ])
    let rows = try told.table(BankReconciliation.self, asOf: "2026-01-31").texts
    #expect(rows.map { $0["line"] } == ["books", "statements"])
    #expect(rows.map { $0["amount"] } == ["1200.00", "1200.00"])
    #expect(
      try told.table(BankMatches.self, asOf: "2026-01-31").texts.map { $0["state"] } == ["matched"])
  }
}
