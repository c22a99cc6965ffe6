// Why: a function works when a story that uses it comes to the figures worked by hand. A story is a folder of fixtures:
// events.jsonl, figures.md, and expected/*.csv, each of which begins with the report that it judges.

public import Books
public import Events
internal import Foundation
internal import Ledger
public import Wire

/// A story of use, in Fixtures/<name>.
public struct Story: Sendable {
  /// The rows that a report must have, and how it is asked for.
  public struct Expectation: Sendable {
    /// The file, without its ending.
    public var file: String
    /// The report's words, as on the command line: `sales --by month --as-of 2026-03-31`.
    public var words: [String]
    /// The columns that are judged.
    public var columns: [String]
    /// The rows in their order, sums in the last where its first cell says `Total`.
    public var rows: [[String]]
    /// The value of an option.
    public func option(_ name: String) -> String? {
      words.firstIndex(of: name).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
    }
    /// What the report is about.
    public var code: Code? {
      guard words.count > 1, !words[1].hasPrefix("--") else { return nil }
      return try? Code(words[1])
    }
  }

  private let folder: URL

  /// The story `name`.
  public init(_ name: String) {
    folder = Repository.folder.appending(path: "Fixtures/\(name)")
  }

  /// The events, in order.
  public func proposals() throws -> [Proposal] {
    let text = try String(contentsOf: folder.appending(path: "events.jsonl"), encoding: .utf8)
    return try text.split(separator: "\n").map { try Proposal(json: Array($0.utf8)) }
  }

  /// What each file of expected/ says.
  public func expectations() throws -> [Expectation] {
    let files = try FileManager.default.contentsOfDirectory(
      at: folder.appending(path: "expected"), includingPropertiesForKeys: nil)
    return try files.filter { $0.pathExtension == "csv" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map { file in
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
          $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let words = lines[0].joined(separator: ",").dropFirst(2).split(separator: " ")
        return Expectation(
          file: file.deletingPathExtension().lastPathComponent, words: words.map(String.init),
          columns: lines[1], rows: Array(lines.dropFirst(2)))
      }
  }

  /// Records the story in new books on disk, in several batches, and shows them to `body`.
  /// - Throws: what `body` throws; a refusal stops the story.
  public func record(
    chart: String = "generic", openedAt: String, _ body: (Books) throws -> Void
  ) throws {
    let proposals = try proposals()
    try TemporaryBooks.with(chart: chart, openedAt: openedAt) { books in
      for start in stride(from: 0, to: proposals.count, by: 7) {
        let batch = Array(proposals[start..<min(start + 7, proposals.count)])
        let answers = try books.record(batch, RecordOptions(isImport: true))
        for (i, answer) in answers.enumerated() {
          if case .refused(let refusal) = answer {
            throw Refused(line: start + i + 1, refusal: "\(refusal)")
          }
        }
      }
      try body(books)
    }
  }

  /// A line of the story that was refused.
  public struct Refused: Error {
    /// The line, from 1.
    public var line: Int
    /// Why.
    public var refusal: String
  }
}
