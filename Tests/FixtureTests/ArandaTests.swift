// Why: the fixture is the judge of the program, so it must itself be beyond doubt: its figures agree with hledger
// over a journal written by hand, and with each other; and it speaks of every event that there is.

internal import Events
internal import Ledger
internal import Support
internal import Testing
internal import Wire

@Suite struct `Ferretería Aranda` {
  @Test func `the events are of fifty kinds, and their moments rise`() throws {
    let proposals = try Aranda.proposals()
    #expect(proposals.count == 120)
    let kinds = Set(proposals.map { type(of: $0.event).kind.name })
    #expect(kinds.count == 50)
    let moments = proposals.compactMap(\.at)
    #expect(moments.count == proposals.count)
    #expect(zip(moments, moments.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func `hledger finds the same balances in the journal`() throws {
    guard Aranda.hledgerIsInstalled else {
      print("hledger is not installed: apt-get install hledger")
      return
    }
    let proposals = try Aranda.proposals()
    for (point, balances) in try Aranda.trialBalances() {
      let learned = try #require(proposals[point.line - 1].at).dayInUTC
      let found = try Aranda.hledger(asOf: point.asOf, learnedBy: learned)
      #expect(found == balances, "\(point)")
    }
  }

  @Test(arguments: [
    ("stock-valuation", "value", "1200", false), ("receivables", "open", "1100", false),
    ("payables", "open", "2000", true),
  ]) func `sub-ledgers add up to their accounts`(
    file: String, column: String, account: String, isCredit: Bool
  ) throws {
    let balances = try Aranda.expected("trial-balance")
    for (point, rows) in try Aranda.expected(file) {
      guard let row = balances[point]?.first(where: { $0["account"] == account }) else { continue }
      var sum = ExactDecimal.zero
      for row in rows { sum = try sum.adding(try ExactDecimal(row[column]!)) }
      let balance = try ExactDecimal(row["balance"]!)
      #expect(sum == (isCredit ? balance.negated : balance), "\(file) at \(point)")
    }
  }
}
