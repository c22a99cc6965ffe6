// Why: a program that has been running for a month keeps documents in memory; one that has just started reads them
// from the log and the summaries. The same proposals must get the same answers.

internal import Books
internal import CompanyGenerator
internal import Decisions
internal import EventLog
internal import Events
internal import Ledger
internal import Summaries
internal import Support
internal import Testing
internal import Wire

@Suite struct `A long-lived process and a fresh one` {
  private static let importing = RecordOptions(isImport: true)

  @Test func `decide Ferretería Aranda alike, event by event`() throws {
    let proposals = try Aranda.proposals()
    // Each event is proposed twice: the second time most are refused, and both must say the same.
    try compare(
      proposals.flatMap { proposal in
        var again = proposal
        again.at = proposal.at.map { Instant(microseconds: $0.microseconds + 1) }
        again.key = ""
        return [[proposal], [again]]
      }, on: "2026-01-01", refusals: 60...110)
  }

  @Test func `decide a generated company alike, in batches of any size`() throws {
    let seed: UInt64 = 2_026
    var numbers = SeededNumbers(seed: seed)
    var batches: [[Proposal]] = [[]]
    for proposal in CompanyGenerator(seed: seed, events: 2_500) {
      if batches[batches.count - 1].count >= Int.random(in: 1...80, using: &numbers) {
        batches.append([])
      }
      batches[batches.count - 1].append(proposal)
    }
    try compare(batches, on: "2023-01-02", refusals: 0...0)
  }

  private func compare(_ batches: [[Proposal]], on day: Day, refusals: ClosedRange<Int>) throws {
    // With small leaves most of what is decided on is in stored histories.
    let tree = SummaryTree(leafSize: 8, fanout: 3)
    let (one, other, tall) = (
      try NewBooks(on: day), try NewBooks(on: day), try NewBooks(on: day)
    )
    let books = try one.open()
    let talls = try tall.open(tree: tree)
    var refused = 0
    for (number, batch) in batches.enumerated() {
      let answers = try books.record(batch, Self.importing)
      refused += answers.count { $0.refusal != nil }
      let fresh = try other.open(tree: tree).record(batch, Self.importing)
      #expect(fresh == answers, "batch \(number): \(batch)")
      #expect(try talls.record(batch, Self.importing) == answers, "batch \(number): \(batch)")
      if fresh != answers { return }
    }
    let records = try opened(books)
    #expect(try opened(other.open()) == records)
    #expect(try opened(talls) == records)
    #expect(refusals.contains(refused), "\(refused) refusals")
  }

  /// Every record without what differs by chance: personal fields in the clear, and no digests of what was proposed.
  private func opened(_ books: Books) throws -> [Recorded] {
    let look = try books.look()
    return try (1...books.size()).map { position in
      var record = try #require(try look.record(at: position))
      record.digest = ContentDigest()
      return record
    }
  }
}
