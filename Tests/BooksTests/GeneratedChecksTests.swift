// Why: what the books say twice they must say alike, at any moment of a company's life and as of any day of it.

internal import Books
internal import CompanyGenerator
internal import Events
internal import Ledger
internal import Projections
internal import Reports
internal import Summaries
internal import Support
internal import Testing
internal import Wire

@Suite struct `Checks of a generated company` {
  @Test func `are all zeros at a hundred points in time`() throws {
    let seed: UInt64 = 100
    var settings = CompanyGenerator.Settings()
    settings.days = 300
    let new = try NewBooks(on: settings.start)
    let books = try new.open(tree: SummaryTree(leafSize: 128, fanout: 4))
    let proposals = Array(CompanyGenerator(seed: seed, events: 5_000, settings: settings))
    for answer in try books.record(proposals, RecordOptions(isImport: true)) {
      #expect(answer.refusal == nil)
    }
    let size = try books.size()
    var numbers = SeededNumbers(seed: seed)
    for number in 0..<100 {
      let point = number == 0 ? size : Position.random(in: 0...size, using: &numbers)
      // Half of them as of any day, half without a limit.
      let day = settings.start + Int.random(in: 0...320, using: &numbers)
      let look = try books.look(asOf: number % 2 == 0 ? nil : day, knownAt: .position(point))
      let table = try Checks.table(look)
      #expect(
        table.totals.first == .text("All hold"), "seed \(seed), \(look.point)\n\(table.text())")
    }
  }
}
