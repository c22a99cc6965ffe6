// Why: the main promise: any report, as of any day, as known at any moment. The tree of summaries, a naive replay of the
// log, and a program that we did not write agree to the cent.

internal import Books
internal import EventLog
internal import Events
internal import Foundation
internal import Ledger
internal import Projections
internal import Summaries
internal import Support
internal import Testing
internal import Wire

@Suite(.serialized) struct `The same answer three ways` {
  private static let seed: UInt64 = 20_260_405
  private static let generated = Result {
    try GeneratedLog(seed: seed, decided: 10_000, size: 200_000)
  }

  /// Days from before the first event to after the last.
  private func days(_ numbers: inout SeededNumbers) -> [Day] {
    let first: Day = "2022-12-31"
    var days: Set<Day> = [first, first + 2, first + 400]
    while days.count < 24 { days.insert(first + Int.random(in: 0...330, using: &numbers)) }
    return days.sorted()
  }

  @Test func `a thousand points in time over 200,000 events`() throws {
    let generated = try Self.generated.get()
    var numbers = SeededNumbers(seed: Self.seed)
    let days = days(&numbers)
    let books = try Books(
      at: generated.path, tree: SummaryTree(leafSize: 512, fanout: 6), now: { Instant() })
    var points = (0..<1_000).map { _ in Position.random(in: 0...generated.size, using: &numbers) }
    // On and beside the edges of leaves and of ranges above them, and everything.
    points += [0, 1, 511, 512, 513, 3_071, 3_072, 3_073, 18_432, 110_592, 110_593, generated.size]
    points.sort()
    var accounts = NaiveFold.accounts(days)
    var inventory = NaiveFold.inventory(days)
    var items = NaiveFold.openItems(days)
    var next: Position = 1
    for (number, point) in points.enumerated() {
      while next <= point {
        let event = generated.record(next)
        accounts.take(event)
        inventory.take(event)
        items.take(event)
        next += 1
      }
      let index = Int.random(in: days.indices, using: &numbers)
      let look = try books.look(asOf: days[index], knownAt: .position(point))
      let balances = try look.tally(AccountBalances.self)
      var fault = accounts.difference(balances, asOf: index)
      let levels = try look.tally(InventoryLevels.self)
      fault = fault ?? inventory.difference(levels, asOf: index)
      if number % 8 == 0 || point == generated.size {
        let open = try look.tally(OpenItems.self)
        fault = fault ?? items.difference(open, asOf: index)
      }
      // The first difference says enough.
      try #require(
        fault == nil, "seed \(Self.seed): as of \(days[index]), known at \(point)")
    }
  }

  @Test(
    .enabled(if: Aranda.hledgerIsInstalled, "hledger is not installed: apt-get install hledger"))
  func `hledger reads the same balances from a journal of the same moves`() throws {
    let generated = try Self.generated.get()
    var numbers = SeededNumbers(seed: Self.seed + 1)
    let books = try Books(
      at: generated.path, tree: SummaryTree(leafSize: 512, fanout: 6), now: { Instant() })
    for _ in 0..<3 {
      let point = Position.random(in: 2_000...12_000, using: &numbers)
      let day = ("2023-01-02" as Day) + Int.random(in: 20...300, using: &numbers)
      let look = try books.look(asOf: day, knownAt: .position(point))
      var expected: [String: Int64] = [:]
      for row in try look.tally(AccountBalances.self) {
        let code = try #require(try look.code(row.key.account)).text
        expected[code, default: 0] += row.sums.value
      }
      var journal = ""
      for position in 1...point {
        for move in generated.record(position).moves {
          let value = ExactDecimal(digits: move.value, scale: 2).formatted(decimals: 2)
          let to = try #require(try look.code(move.to.account))
          let from = try #require(try look.code(move.from.account))
          journal += "\(move.on) \(position)\n    \(to)  \(value) EUR\n    \(from)\n\n"
        }
      }
      let found = try Self.hledger(journal, through: day)
      #expect(
        found == expected.filter { $0.value != 0 },
        "seed \(Self.seed + 1): as of \(day), known at \(point)")
    }
  }

  /// Balances in cents, without zeros.
  private static func hledger(_ journal: String, through day: Day) throws -> [String: Int64] {
    let directory = try TemporaryDirectory()
    let file = directory.path + "/journal"
    try journal.write(toFile: file, atomically: false, encoding: .utf8)
    let text = try Command.run(
      "hledger",
      ["-f", file, "bal", "-N", "--flat", "-O", "csv", "-e", (day + 1).description])
    var balances: [String: Int64] = [:]
    for line in text.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",").map { String($0).replacing("\"", with: "") }
      let amount = cells[1].replacing(" EUR", with: "")
      balances[cells[0]] = try ExactDecimal(amount).units(decimals: 2)
    }
    return balances.filter { $0.value != 0 }
  }
}
