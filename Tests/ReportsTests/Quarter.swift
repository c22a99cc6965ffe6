// Why: reports are judged by the fixture; it is recorded once, in memory, for all of them.

internal import Decisions
internal import Events
internal import Ledger
internal import Reports
internal import Support

/// The first quarter of Ferretería Aranda, recorded in memory.
struct Quarter {
  /// Every event.
  let records: [Recorded]
  /// How many events came before the fixture's first line.
  let first: Position

  /// Recorded once for all tests.
  static let recorded = Result { try Quarter() }

  private init() throws {
    let books = try MemoryBooks(chart: "generic", on: "2026-01-01")
    first = books.size()
    for proposal in try Aranda.proposals() { try books.record(proposal) }
    records = books.records
  }

  /// The books as of `day`, as known at a line of the fixture.
  func look(_ day: Day?, line: Int) -> MemoryLook {
    MemoryLook(records, asOf: day, knownAt: first + Position(line))
  }
}

extension Table {
  /// The plain rows as texts by column name.
  var texts: [[String: String]] {
    rows.filter { $0.style == .plain }.map { row in
      Dictionary(uniqueKeysWithValues: zip(columns.map(\.name), row.cells.map(\.plain)))
    }
  }
}
