// Every refusal that these tests meet, in a page of the manual: which situation, which proposal, and what is said. The
// page is printed by the tests themselves, so it is as true as they are.

import Events
import Foundation
import Synchronization
import Testing
import Wire

import struct Decisions.Refusal

/// docs/REFUSALS.md.
final class RefusalTable: Sendable {
  static let shared = RefusalTable()
  /// Whether the page is written anew; then all of DecisionsTests must run.
  static let regenerates = ProcessInfo.processInfo.environment["DIARIO_REGENERATE"] != nil

  struct Row: Equatable, Comparable {
    var event: String
    var name: String
    var situation: String
    var proposal: String
    var message: String
    var remedy: String
    /// One row for each event and refusal: the first by these.
    static func < (a: Row, b: Row) -> Bool {
      (a.event, a.name, a.situation, a.proposal) < (b.event, b.name, b.situation, b.proposal)
    }
    var key: String { "\(event) \(name)" }
    var markdown: String {
      let cells = [situation, "`\(proposal)`", "`\(name)`", message, remedy]
      return "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }
  }

  private let rows = Mutex<[String: Row]>([:])
  private let page: String
  private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let file = repository.appending(path: "docs/REFUSALS.md")

  private init() { page = (try? String(contentsOf: Self.file, encoding: .utf8)) ?? "" }

  /// Notes that proposing `line` was refused, in the test that is running.
  func note(_ line: String, _ refusal: Refusal) {
    guard let test = Test.current else { return }
    let event = (try? Self.event(of: line)) ?? "(a line that cannot be read)"
    let situation = test.name.filter { $0 != "`" }.prefix { $0 != "(" }
    let proposal = line.count > 400 ? String(line.prefix(400)) + "…" : line
    let row = Row(
      event: event, name: refusal.name, situation: String(situation),
      proposal: proposal.replacing("`", with: "'").replacing("\n", with: " "),
      message: refusal.message.replacing("\n", with: " "), remedy: refusal.remedy)
    rows.withLock { rows in
      if let known = rows[row.key], known < row { return }
      rows[row.key] = row
      if Self.regenerates { Self.write(rows.values.sorted()) }
    }
    if !Self.regenerates, !page.contains("\n\(row.markdown)\n"), !isLater(row) {
      Issue.record(
        "docs/REFUSALS.md does not have \(row.key) as it is said here. DIARIO_REGENERATE=1 swift test --filter DecisionsTests"
      )
    }
  }

  /// Whether the page shows the same refusal by a proposal that comes before.
  private func isLater(_ row: Row) -> Bool {
    guard let start = page.range(of: "\n## \(row.event)\n") else { return false }
    let section = String(page[start.upperBound...].components(separatedBy: "\n## ")[0])
    for line in section.split(separator: "\n") where line.contains("| `\(row.name)` |") {
      let cells = line.dropFirst(2).components(separatedBy: " | ")
        .map { $0.replacing("\\|", with: "|") }
      guard cells.count > 2 else { continue }
      return (cells[0], String(cells[1].dropFirst().dropLast())) < (row.situation, row.proposal)
    }
    return false
  }

  private static func event(of line: String) throws -> String? {
    let json = line.hasPrefix("{'") ? line.replacing("'", with: "\"") : line
    return try JSONDocument(Array(json.utf8)).root.members().first { $0.name == "event" }?.value
      .text()
  }

  private static func write(_ rows: [Row]) {
    var text = """
      # Refusals

      What is refused, and what would help: printed by the tests of the decisions (`DIARIO_REGENERATE=1 swift test --filter DecisionsTests`); do not edit. *Situation* is the test that
      shows it; the proposal is a line of JSON with ' for ". A refusal records nothing.

      """
    var event = ""
    for row in rows {
      if row.event != event {
        event = row.event
        text +=
          "\n## \(event)\n\n| situation | proposal | refusal | message | remedy |\n|---|---|---|---|---|\n"
      }
      text += row.markdown + "\n"
    }
    try? text.write(to: file, atomically: true, encoding: .utf8)
  }
}

@Suite struct `The page of refusals` {
  @Test func `every refusal of the page is one that decisions still make`() throws {
    if RefusalTable.regenerates { return }
    let repository = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(
      contentsOf: repository.appending(path: "docs/REFUSALS.md"), encoding: .utf8)
    var sources = ""
    for room in ["Decisions", "Wire", "Events", "Documents"] {
      let folder = repository.appending(path: "Sources/\(room)")
      let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      for case let file as URL in files! where file.pathExtension == "swift" {
        sources += try String(contentsOf: file, encoding: .utf8)
      }
    }
    var names: Set<String> = []
    for line in page.split(separator: "\n") where line.hasPrefix("| ") {
      let cells = line.split(separator: "` | `")
      if cells.count > 1 { names.insert(String(cells[1].prefix { $0 != "`" })) }
    }
    #expect(names.count > 100)
    for name in names {
      let isOfKind = name.hasSuffix(".unknown") || name.hasSuffix(".duplicate")
      #expect(sources.contains("\"\(name)\"") || isOfKind, "\(name)")
    }
  }
}
