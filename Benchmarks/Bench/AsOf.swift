// Why: any report at any point in time in about a millisecond, whatever the length of the log. Sizes are asked in turn, round by
// round, so that what else the machine does falls on all of them; the growth is the median of the rounds'.

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
  @Option(parsing: .upToNextOption, help: "The sizes of the books, rising.")
  var events = [1_000_000, 10_000_000]
  @Option(help: "How many queries there are in a round.") var queries = 200
  @Option var rounds = 5
  @Option(help: "How many answers of each size are checked by a replay.") var checks = 4
  @Option(help: "Books of a size that are here already are asked again.")
  var directory = "bench-books"
  @Flag(help: "Keep the books.") var keep = false

  static let projections: [any Projection.Type] = [
    AccountBalances.self, Definitions.self, Histories.self,
  ]

  func run() throws {
    let sizes = events
    let all = try sizes.map { size in try open(size) }
    for (size, books) in zip(sizes, all) { try check(books, size) }
    var times = [[Double]](repeating: [], count: sizes.count)
    var medians = times
    for round in 0..<rounds {
      for (index, size) in sizes.enumerated() {
        var random = Random(UInt64(round) + 42)
        let spent = try ask(all[index], queries + 20) { look in
          // The first few are not counted: they read what the other size has pushed out.
          try look(Self.anyDay(&random), .position(Position(random.below(size) + 1)))
        }.dropFirst(20)
        times[index] += spent
        medians[index].append(median(Array(spent)))
      }
    }
    for (index, size) in sizes.enumerated() {
      let p50 = median(medians[index])
      report(
        "as-of: trial balance of \(Workload.accounts) accounts over \(size) events at random "
          + "(as-of, known-at): p50 \(short(p50)) ms (median of \(rounds) rounds; "
          + "\(short(medians[index].min() ?? 0))–\(short(medians[index].max() ?? 0))), p99 "
          + "\(short(percentile(times[index], 0.99))) ms, warm",
        target: "≤ 1 ms", isMet: p50 <= 1)
      try others(all[index], size)
    }
    if sizes.count > 1, let first = medians.first, let last = medians.last {
      let growth = median(zip(first, last).map { $1 / $0 })
      report(
        "as-of: from \(sizes[0]) to \(sizes[sizes.count - 1]) events × \(short(growth)) "
          + "(median of \(rounds) pairs)", target: "≤ 1.5 ×", isMet: growth <= 1.5)
    }
    if !keep { unsafe system("rm -rf '\(directory)'") }
  }

  /// The times in ms of `count` trial balances whose points `body` chooses.
  private func ask(
    _ books: Books, _ count: Int, _ body: ((Day?, KnownAt) throws -> BooksLook) throws -> BooksLook
  ) throws -> [Double] {
    try (0..<count).map { _ in
      let look = try body { day, known in try books.look(asOf: day, knownAt: known) }
      let start = seconds()
      _ = try look.tally(AccountBalances.self)
      return (seconds() - start) * 1_000
    }
  }

  static func anyDay(_ random: inout Random) -> Day {
    Day(number: Workload.firstDay + Int32(random.below(Workload.days)))
  }

  /// The cases that the random ones contain, each by itself.
  private func others(_ books: Books, _ size: Int) throws {
    var random = Random(7)
    let head = try ask(books, queries) { look in try look(nil, .now) }
    let past = try ask(books, queries) { look in
      try look(nil, .position(Position(random.below(size) + 1)))
    }
    let days = try ask(books, queries) { look in try look(Self.anyDay(&random), .now) }
    let look = try books.look()
    let histories = try (0..<queries).map { _ in
      let customer = NameID(.customer, UInt32(random.skewed(50_000) + 1))
      let start = seconds()
      _ = try look.positions(Histories.self, of: customer, .last(20))
      return (seconds() - start) * 1_000
    }
    print(
      "  p50 at head \(short(median(head))) ms, known at any position \(short(median(past))) ms, as of "
        + "any day \(short(median(days))) ms, a customer's last 20 events "
        + "\(short(median(histories))) ms")
  }

  /// Books of `size` events with their summaries, made unless they are there.
  private func open(_ size: Int) throws -> Books {
    let path = "\(directory)/\(size)"
    if let books = try? Books(at: path, projections: Self.projections, now: { Instant() }),
      try books.size() == Position(size)
    {
      return books
    }
    unsafe system("rm -rf '\(path)'; mkdir -p '\(directory)'")
    try Books.create(at: path, identity: [UInt8](repeating: 7, count: 16))
    try append(size, to: "\(path)/log")
    let start = seconds()
    let books = try Books(at: path, projections: Self.projections, now: { Instant() })
    let built = seconds() - start
    print(
      "summaries: \(size) events built in \(short(built)) s (\(Int(Double(size) / built)) events/s, "
        + "AccountBalances, Definitions and Histories, all cores)")
    return books
  }

  private func append(_ size: Int, to path: String) throws {
    var workload = Workload(size)
    let log = try LMDBLog(at: path)
    var position: Position = 1
    while workload.made < size {
      var frame = Frame()
      for _ in 0..<min(8_192, size - workload.made) {
        workload.next(position, &frame)
        position += 1
      }
      try log.append(frame, expecting: position - 1 - Position(frame.count))
    }
  }

  /// The brute-force sum over every move must say the same.
  private func check(_ books: Books, _ size: Int) throws {
    var random = Random(99)
    for _ in 0..<checks {
      let (day, known) = (Self.anyDay(&random), Position(random.below(size) + 1))
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
      let look = try books.look(asOf: day, knownAt: .position(known))
      for row in try look.tally(AccountBalances.self) {
        precondition(
          balances.removeValue(forKey: row.key.account.raw) == row.sums.value,
          "the tree and the replay disagree as of \(day) at #\(known)")
      }
      precondition(balances.values.allSatisfy { $0 == 0 }, "the tree misses an account")
    }
  }
}
