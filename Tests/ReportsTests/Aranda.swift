// Why: the fixture's figures were worked by hand and by hledger; reports must give the same, cell by cell.

internal import Decisions
internal import Events
internal import Foundation
internal import Ledger
internal import Reports
internal import Support
internal import Wire

/// A company's first quarter, recorded in memory.
struct Aranda {
  /// Every event.
  let records: [Recorded]
  /// How many events came before the fixture's first line.
  let first: Position

  /// Recorded once for all tests.
  static let quarter = Result { try Aranda() }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures/aranda")

  private init() throws {
    let books = try MemoryBooks(chart: "generic", on: "2026-01-01")
    first = books.size()
    let text = try String(contentsOf: Self.folder.appending(path: "events.jsonl"), encoding: .utf8)
    for line in text.split(separator: "\n") {
      try books.record(try Proposal(json: Array(line.utf8)))
    }
    records = books.records
  }

  /// The books as of `day`, as known at a line of the fixture.
  func look(_ day: Day?, line: Int) -> MemoryLook {
    MemoryLook(records, asOf: day, knownAt: first + Position(line))
  }

  /// The rows of one file of expectations, by column name.
  static func expected(_ name: String) throws -> [[String: String]] {
    let file = folder.appending(path: "expected/\(name).csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let columns = lines[0].split(separator: ",").map(String.init)
    return lines.dropFirst().map { line in
      Dictionary(
        uniqueKeysWithValues: zip(
          columns, line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)))
    }
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
