// Why: any report at any point in time in about a millisecond, whatever the length of the log.

import ArgumentParser
import Books
import EventLog
import Events
import Glibc
import Ledger
import Projections
import Summaries

struct AsOf: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Trial balances at random (as-of, known-at), against a brute-force replay.")
  @Option var events = 1_000_000
  @Option var queries = 400
  @Option(help: "How many queries there are to one that is checked by a replay.") var checkEvery =
    100
  @Option var directory = "bench-books"
  @Flag(help: "Keep the books.") var keep = false
  @Flag(help: "Ask the books that an earlier run has kept.") var reuse = false

  func run() throws {
    if !reuse { try record() }
    let start = seconds()
    let books = try Books(
      at: directory, projections: [AccountBalances.self, Definitions.self, Histories.self],
      now: { Instant() })
    let built = seconds() - start
    if !reuse {
      print(
        "summaries: \(events) events built in \(short(built)) s "
          + "(\(Int(Double(events) / built)) events/s, AccountBalances, Definitions and Histories, all cores)"
      )
    }
    try ask(books)
    if !keep && !reuse { unsafe system("rm -rf '\(directory)'") }
  }

  private func record() throws {
    unsafe system("rm -rf '\(directory)'")
    try Books.create(at: directory, identity: [UInt8](repeating: 7, count: 16))
    var workload = Workload(events)
    let log = try LMDBLog(at: "\(directory)/log")
    var position: Position = 1
    while workload.made < events {
      var frame = Frame()
      for _ in 0..<min(8_192, events - workload.made) {
        workload.next(position, &frame)
        position += 1
      }
      try log.append(frame, expecting: position - 1 - Position(frame.count))
    }
  }

  private func ask(_ books: Books) throws {
    var random = Random(42)
    var warm: [Double] = []
    for query in 0..<queries + 20 {
      let day = Day(number: Workload.firstDay + Int32(random.below(Workload.days)))
      let known = Position(random.below(events) + 1)
      let look = try books.look(asOf: day, knownAt: .position(known))
      let start = seconds()
      let columns = try look.tally(AccountBalances.self)
      let spent = seconds() - start
      if query >= 20 { warm.append(spent * 1_000) }
      if query % checkEvery == 0 { try check(columns, day, known, books) }
    }
    print(
      "as-of: trial balance of \(Workload.accounts) accounts over \(events) events at random "
        + "(as-of, known-at): p50 \(short(median(warm))) ms, p99 "
        + "\(short(percentile(warm, 0.99))) ms (\(queries) queries, warm)")
  }

  /// The brute-force sum over every move must say the same.
  private func check(
    _ columns: TallyColumns, _ day: Day, _ known: Position, _ books: Books
  ) throws {
    var balances: [UInt32: Int64] = [:]
    try books.log.scan(1...known) { (record) throws(LogError) in
      for index in 0..<record.moveCount {
        let move = record.move(index)
        guard move.on <= day else { continue }
        balances[move.to.account.raw, default: 0] += move.value
        balances[move.from.account.raw, default: 0] -= move.value
      }
      return true
    }
    for row in columns {
      precondition(
        balances.removeValue(forKey: row.key.account.raw) == row.sums.value,
        "the tree and the replay disagree as of \(day) at #\(known)")
    }
    precondition(balances.values.allSatisfy { $0 == 0 }, "the tree misses an account")
  }
}
