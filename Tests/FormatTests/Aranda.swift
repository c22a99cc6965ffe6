// Why: the figures of the fixture were worked by hand, so they judge any reader.

internal import Books
internal import Charts
internal import Events
internal import Foundation
internal import Ledger
internal import Testing
internal import Wire

enum Project {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}

/// The small company whose quarter was written by hand.
enum Aranda {
  /// A point in time of the expectations.
  struct Point: Hashable {
    var asOf: String
    /// The line of the events that was recorded last.
    var line: Int
  }

  private static let folder = Project.root.appending(path: "Fixtures/aranda")

  /// Its books, recorded.
  static func books(at path: String) throws -> Books {
    try Books.create(at: path, identity: Array(0..<16))
    let books = try Books(at: path, now: { Instant(microseconds: .max) })
    var opened = BooksOpened()
    opened.name = "Ferretería Aranda"
    opened.currency = "EUR"
    opened.timeZone = "Europe/Madrid"
    opened.chart = "generic"
    var proposals = [Proposal(opened, on: "2026-01-01")]
    proposals += (Charts.named("generic") ?? []).map { Proposal($0, on: "2026-01-01") }
    let first = try Instant("2025-12-31T08:00:00Z")
    for i in proposals.indices {
      proposals[i].at = Instant(microseconds: first.microseconds + Int64(i))
    }
    let text = try String(contentsOf: folder.appending(path: "events.jsonl"), encoding: .utf8)
    proposals += try text.split(separator: "\n").map { try Proposal(json: Array($0.utf8)) }
    for answer in try books.record(proposals, RecordOptions(isImport: true)) {
      guard case .recorded = answer else {
        Issue.record("\(answer)")
        continue
      }
    }
    return books
  }

  /// The balances worked by hand, by point in time and account.
  static func trialBalances() throws -> [Point: [String: ExactDecimal]] {
    let file = folder.appending(path: "expected/trial-balance.csv")
    var points: [Point: [String: ExactDecimal]] = [:]
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst() {
      let columns = line.split(separator: ",").map(String.init)
      let point = Point(asOf: columns[0], line: try #require(Int(columns[1])))
      points[point, default: [:]][columns[2]] = try ExactDecimal(columns[3])
    }
    return points
  }
}
