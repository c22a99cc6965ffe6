// Why: the fixture's figures were worked by hand, each at a point in time; tests of the program compare with them.

import Foundation

/// A point in time of the fixture's expectations: a day, and the last line of events.jsonl that is known.
struct ExpectedPoint: Hashable, CustomStringConvertible {
  var from: String?
  var asOf: String
  var line: Int

  /// The options of the command line that ask at this point; `init` records 59 events before the first line.
  var options: [String] {
    ["--as-of", asOf, "--known-at", "#\(59 + line)"] + (from.map { ["--from", $0] } ?? [])
  }

  var description: String { "as of \(asOf), known at line \(line)" }
}

/// Comma-separated values (RFC 4180): rows of cells by column name.
enum CSV {
  static func rows(_ text: String) -> [[String: String]] {
    let lines = text.split(whereSeparator: \.isNewline).map(cells)
    guard let columns = lines.first else { return [] }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(columns, $0)) }
  }

  private static func cells(_ line: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }
}

/// The files of Fixtures/aranda/expected.
enum Expected {
  /// The rows of a file by point in time.
  static func rows(_ name: String) throws -> [ExpectedPoint: [[String: String]]] {
    let file = Program.repository.appending(path: "Fixtures/aranda/expected/\(name).csv")
    let rows = CSV.rows(try String(contentsOf: file, encoding: .utf8))
    return Dictionary(grouping: rows) { row in
      ExpectedPoint(
        from: row["from"], asOf: row["asOf"] ?? "", line: row["knownAtLine"].flatMap(Int.init) ?? 0)
    }
  }
}

/// hledger, where it is installed.
enum Hledger {
  static let isInstalled = (try? run(["--version"]))?.code == 0

  static func run(_ arguments: [String], input: Data = Data()) throws -> Program.Outcome {
    try Program.run(URL(filePath: "/usr/bin/env"), ["hledger"] + arguments, input: input)
  }

  /// The balances of the accounts of a journal that are not zero, without their subjects.
  static func balances(_ journal: String, _ query: [String] = []) throws -> [String: String] {
    let outcome = try run(
      ["-f", "-", "bal", "-B", "-N", "--flat", "--depth", "1", "-O", "csv"] + query,
      input: Data(journal.utf8))
    guard outcome.code == 0 else { throw Template.Unusable(text: outcome.text) }
    var balances: [String: String] = [:]
    for row in CSV.rows(outcome.output) {
      guard let account = row["account"], let balance = row["balance"] else { continue }
      balances[account] = balance.replacing(" EUR", with: "")
    }
    return balances
  }
}
