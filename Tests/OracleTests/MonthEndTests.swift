// Why: trial balance, balance sheet and income statement are judged by two programs of others, at every month's end, before
// and after years are closed: for the fixtures, and for three years of a generated company.

internal import Books
internal import CompanyGenerator
internal import Events
internal import Foundation
internal import Ledger
internal import Summaries
internal import Support
internal import Testing
internal import Wire

/// The books that are judged, each recorded once.
enum Exhibits {
  static let aranda = Result {
    try recorded(openedAt: "2026-01-01T07:00:00Z", try Aranda.proposals(), isImport: true) {
      [try Exhibit($0, knownAt: $1 + 120, MonthRange(first: "2026-01-01", count: 4))]
    }
  }

  /// Before and after the year is closed.
  static let cierre = Result {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../Fixtures/cierre/events.jsonl")
    let proposals = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      try Proposal(json: Array($0.utf8))
    }
    let months = MonthRange(first: "2026-01-01", count: 14)
    return try recorded(openedAt: "2026-01-01T00:00:00Z", proposals, isImport: false) {
      [
        try Exhibit($0, knownAt: $1 + 43, months), try Exhibit($0, knownAt: $1 + 44, months),
        try Exhibit($0, knownAt: $1 + 46, months),
      ]
    }
  }

  /// Costs that are restated late, below zero, at standards and for assemblies.
  static let almacenes = Result {
    try recorded(
      openedAt: "2026-01-01T07:00:00Z", try Story("almacenes").proposals(), isImport: true
    ) { books, first in
      let months = MonthRange(first: "2026-01-01", count: 2)
      return [
        try Exhibit(books, knownAt: first + 30, months),
        try Exhibit(books, knownAt: try books.size(), months),
      ]
    }
  }

  /// Each of three years before it is closed, and all of them afterwards.
  static let company = Result {
    var settings = CompanyGenerator.Settings()
    settings.start = "2023-01-02"
    settings.days = 1100
    settings.customers = 15
    settings.products = 12
    settings.suppliers = 3
    settings.warehouses = 2
    settings.employees = 2
    settings.ordersPerThousandDays = 150
    var proposals: [Proposal] = []
    var closings: [Int] = []
    var year = 2023
    var last = Instant()
    for proposal in CompanyGenerator(seed: 2023, events: 20_000, settings: settings) {
      guard let at = proposal.at, let end = Day(year: year, month: 12, day: 31) else { continue }
      // January is over: what is late has come.
      if at.dayInUTC > end + 31 {
        var closed = YearClosed()
        closed.entry = Code(stringLiteral: "CLOSE-\(year)")
        closed.through = end
        var proposed = Proposal(closed, on: at.dayInUTC)
        proposed.at = Instant(microseconds: last.microseconds + 1)
        closings.append(proposals.count)
        proposals.append(proposed)
        year += 1
        if year == 2026 { break }
      }
      last = at
      proposals.append(proposal)
    }
    return try recorded(openedAt: "2023-01-02T00:00:00Z", proposals, isImport: true) {
      books, first in
      var exhibits: [Exhibit] = []
      for (index, position) in closings.enumerated() {
        guard let start = Day(year: 2023 + index, month: 1, day: 1) else { continue }
        exhibits.append(
          try Exhibit(
            books, knownAt: first + Position(position), MonthRange(first: start, count: 12)))
      }
      let all = MonthRange(first: "2023-01-01", count: 36)
      return exhibits + [try Exhibit(books, knownAt: first + Position(proposals.count), all)]
    }
  }

  private static func recorded(
    openedAt: String, _ proposals: [Proposal], isImport: Bool,
    _ body: (Books, Position) throws -> [Exhibit]
  ) throws -> [Exhibit] {
    var exhibits: [Exhibit] = []
    try TemporaryBooks.with(chart: "generic", openedAt: openedAt) { books in
      let first = try books.size()
      let answers = try books.record(proposals, RecordOptions(isImport: isImport))
      for (line, answer) in answers.enumerated() {
        if case .refused(let refusal) = answer { Issue.record("line \(line + 1): \(refusal)") }
      }
      exhibits = try body(books, first)
    }
    return exhibits
  }
}

@Suite(.enabled(if: Hledger.isInstalled, "hledger is not installed: apt-get install hledger"))
struct `hledger at every month's end` {
  private func judge(_ exhibits: Result<[Exhibit], any Error>) throws {
    for exhibit in try exhibits.get() {
      let differences = exhibit.answers.differences(from: try Hledger.answers(exhibit))
      #expect(differences == [])
      #expect(exhibit.answers.trial.count > 7)
    }
  }

  @Test func `agrees on Ferretería Aranda`() throws { try judge(Exhibits.aranda) }
  @Test func `agrees on Almacenes Ribera`() throws { try judge(Exhibits.almacenes) }
  @Test func `agrees on Taller Cierre, before and after its year's close`() throws {
    try judge(Exhibits.cierre)
  }
  @Test func `agrees on three years of a generated company, before and after each close`() throws {
    try judge(Exhibits.company)
  }
}

@Suite(
  .enabled(if: Beancount.isInstalled, "beancount is not installed: pip install beancount beanquery")
)
struct `beancount at every month's end` {
  private func judge(_ exhibits: Result<[Exhibit], any Error>) throws {
    for exhibit in try exhibits.get() {
      let differences = exhibit.answers.differences(from: try Beancount.answers(exhibit))
      #expect(differences == [])
      #expect(exhibit.answers.results.count > 1)
    }
  }

  @Test func `agrees on Ferretería Aranda`() throws { try judge(Exhibits.aranda) }
  @Test func `agrees on Almacenes Ribera`() throws { try judge(Exhibits.almacenes) }
  @Test func `agrees on Taller Cierre, before and after its year's close`() throws {
    try judge(Exhibits.cierre)
  }
  @Test func `agrees on three years of a generated company, before and after each close`() throws {
    try judge(Exhibits.company)
  }
}
