// Why: summaries are derived. Whenever they are built, from whatever they go on, however often they are killed on
// the way, their bytes are the same; and while they are missing the answers are the same, only slower.

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

@Suite(.serialized) struct `Rebuild equals build` {
  private static let seed: UInt64 = 4_096
  private static let generated = Result {
    try GeneratedLog(seed: seed, decided: 6_000, size: 45_000)
  }
  private let tree = SummaryTree(leafSize: 256, fanout: 4)

  private func open(_ generated: GeneratedLog) throws(BooksError) -> Books {
    try Books(at: generated.path, tree: tree, now: { Instant() })
  }

  @Test func `piece by piece, all at once, again, and one projection alone`() throws {
    let generated = try Self.generated.get()
    var whole: [String: String] = [:]
    do {
      let books = try open(generated)
      whole = try books.digests()
      #expect(whole.count == AllProjections.list.count)
      // 175 leaves, 43 + 10 + 2 ranges above them; each is named and has 32 bytes.
      let count = tree.completed(from: 0, to: generated.size).count
      #expect(count == 175 + 43 + 10 + 2)
      #expect(try books.viewStatus().allSatisfy { $0.covered == 175 * 256 })
      try books.rebuild()
      #expect(try books.digests() == whole)
      try books.rebuild(["accounts", "histories"])
      #expect(try books.digests() == whole)
      try books.rebuild(fromScratch: false)
      #expect(try books.digests() == whole)
    }
    try generated.deleteViews()
    #expect(try open(generated).digests() == whole)
    // The same log, growing by pieces of any size, with summaries brought up after each.
    let growing = try TemporaryDirectory()
    let path = growing.path + "/books"
    try Books.create(at: path, identity: (0..<16).map { UInt8($0) })
    var numbers = SeededNumbers(seed: Self.seed)
    var size: Position = 0
    while size < generated.size {
      size = min(size + .random(in: 1...8_000, using: &numbers), generated.size)
      try generated.append(to: path, through: size)
      let books = try Books(at: path, tree: tree, now: { Instant() })
      if size == generated.size { #expect(try books.digests() == whole, "seed \(Self.seed)") }
    }
  }

  @Test func `answers are equal without any summaries`() throws {
    let generated = try Self.generated.get()
    var numbers = SeededNumbers(seed: Self.seed + 1)
    let points = (0..<6).map { _ in
      (
        ("2023-01-02" as Day) + Int.random(in: 0...300, using: &numbers),
        Position.random(in: 0...generated.size, using: &numbers)
      )
    }
    func answers(_ books: Books) throws -> [[TallyColumns]] {
      try points.map { day, position in
        let look = try books.look(asOf: day, knownAt: .position(position))
        return [
          try look.tally(AccountBalances.self), try look.tally(InventoryLevels.self),
          try look.tally(OpenItems.self),
        ]
      }
    }
    func histories(_ books: Books) throws -> [[Position]] {
      let look = try books.look(knownAt: .position(points[0].1))
      return try [NameID(.customer, 3), NameID(.product, 5), NameID(.account, 1)].map {
        try look.positions(Histories.self, of: $0, .all)
      }
    }
    let (expected, lists) = try {
      let books = try open(generated)
      return (try answers(books), try histories(books))
    }()
    try generated.deleteViews()
    let books = try Books(at: generated.path, tree: tree, readOnly: true, now: { Instant() })
    #expect(try books.viewStatus().allSatisfy { $0.covered == 0 })
    #expect(try answers(books) == expected, "seed \(Self.seed + 1)")
    #expect(try histories(books) == lists)
  }

  @Test func `a build that is killed again and again goes on where it stopped`() throws {
    let generated = try Self.generated.get()
    // The program uses the standard tree.
    try generated.deleteViews()
    let whole = try Books(at: generated.path, now: { Instant() }).digests()
    var numbers = SeededNumbers(seed: Self.seed + 2)
    try generated.deleteViews()
    let again = ["rebuild", "--books", generated.path]
    let start = ContinuousClock.now
    #expect(try BuiltCommand.run(again) == 0)
    let duration = start.duration(to: .now) / .seconds(1)
    #expect(try Books(at: generated.path, readOnly: true, now: { Instant() }).digests() == whole)
    for _ in 0..<3 {
      for command in [again, again + ["--continue"], again + ["--continue"]] {
        let process = try BuiltCommand.start(command)
        let share = Double.random(in: 0...0.6, using: &numbers)
        Thread.sleep(forTimeInterval: duration * share)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
      }
      #expect(try BuiltCommand.run(again + ["--continue"]) == 0)
      let books = try Books(at: generated.path, readOnly: true, now: { Instant() })
      #expect(try books.digests() == whole, "seed \(Self.seed + 2)")
    }
  }
}
