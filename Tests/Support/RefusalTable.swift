// Why: every refusal that tests meet stands in a page of the manual: which situation, which proposal, and what is said.
// The page is printed by the tests themselves, so it is as true as they are.

public import Decisions
internal import Events
internal import Foundation
internal import Synchronization
internal import Wire

/// docs/REFUSALS.md.
public final class RefusalTable: Sendable {
  /// The one of this process.
  public static let shared = RefusalTable()
  /// Whether the page is written anew; then all tests must run that note refusals.
  public static let regenerates = ProcessInfo.processInfo.environment["DIARIO_REGENERATE"] != nil

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
  /// The page as it stands.
  public let page: String
  private static let file = Repository.folder.appending(path: "docs/REFUSALS.md")

  private init() {
    page = (try? String(contentsOf: Self.file, encoding: .utf8)) ?? ""
    // Only when all tests have run is the page complete.
    if Self.regenerates { atexit { RefusalTable.shared.write() } }
  }

  /// The names of the refusals that the page has.
  public var names: Set<String> {
    var names: Set<String> = []
    for line in page.split(separator: "\n") where line.hasPrefix("| ") {
      let cells = line.split(separator: "` | `")
      if cells.count > 1 { names.insert(String(cells[1].prefix { $0 != "`" })) }
    }
    return names
  }

  /// Notes that proposing `line` was refused in the test called `test`.
  /// - Returns: what is wrong with the page, if it does not say so.
  public func note(_ line: String, _ refusal: Refusal, in test: String) -> String? {
    let event = (try? Self.event(of: line)) ?? "(a line that cannot be read)"
    let situation = test.filter { $0 != "`" }.prefix { $0 != "(" }
    let proposal = line.count > 400 ? String(line.prefix(400)) + "…" : line
    let row = Row(
      event: event, name: refusal.name, situation: String(situation),
      proposal: proposal.replacing("`", with: "'").replacing("\n", with: " "),
      message: refusal.message.replacing("\n", with: " "), remedy: refusal.remedy)
    rows.withLock { rows in
      if let known = rows[row.key], known < row { return }
      rows[row.key] = row
    }
    if Self.regenerates || page.contains("\n\(row.markdown)\n") || isLater(row) { return nil }
    return
      "docs/REFUSALS.md does not have \(row.key) as it is said here: \(Self.command)"
  }

  private static let command =
    "DIARIO_REGENERATE=1 swift test --filter 'DecisionsTests|RefusalsOfRecording'"

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

  private func write() {
    let rows = rows.withLock { $0.values.sorted() }
    var text = """
      # Refusals

      What is refused, and what would help: printed by the tests (`\(Self.command)`); do not edit. *Situation* is the test that
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
    try? text.write(to: Self.file, atomically: true, encoding: .utf8)
  }
}
