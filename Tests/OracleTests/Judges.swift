// Why: hledger and beancount are asked as anybody would ask them, on the exported text.

internal import Foundation
internal import Ledger
internal import Support
internal import Wire

/// Writes `text` to a file for the length of `body`.
private func withFile<R>(_ text: String, _ ending: String, _ body: (String) throws -> R) throws -> R
{
  let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).\(ending)")
  defer { try? FileManager.default.removeItem(at: file) }
  try text.write(to: file, atomically: true, encoding: .utf8)
  return try body(file.path())
}

/// The cells of each line of comma-separated values.
private func cells(_ text: String) -> [[String]] {
  text.split(whereSeparator: \.isNewline).map { line in
    line.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.replacing("\"", with: "").trimmingCharacters(in: .whitespaces)
    }
  }
}

/// Cents of "12.50 EUR", "12.50" or "0".
private func cents(_ text: String) throws -> Int64 {
  try ExactDecimal(text.replacing(" EUR", with: "")).units(decimals: 2)
}

enum Hledger {
  static let isInstalled = (try? Command.run("hledger", ["--version"])) != nil

  static func answers(_ exhibit: Exhibit) throws -> Answers {
    try withFile(exhibit.hledger, "journal") { path in
      _ = try Command.run("hledger", ["-f", path, "check"])
      let span = [
        "-M", "-E", "--flat", "--depth", "1", "-b", exhibit.months.first.description, "-e",
        exhibit.months.end.description, "-O", "csv",
      ]
      func ask(_ command: [String]) throws -> [String: [Int64]] {
        var found: [String: [Int64]] = [:]
        for row in cells(try Command.run("hledger", ["-f", path] + command + span)) {
          // Headings and sums are words; accounts are numbers.
          guard row.count == exhibit.months.count + 1, row[0].allSatisfy(\.isNumber) else {
            continue
          }
          found[row[0]] = try row.dropFirst().map(cents)
        }
        return found
      }
      var answers = Answers()
      answers.trial = try ask(["bal", "-H", "-N"])
      answers.sheet = try ask(["bse"])
      for (account, months) in try ask(["is", "not:desc:^year.closed"]) {
        // hledger shows income and expenses both above zero; the generic chart's income begins with 4.
        answers.results[account] = account.hasPrefix("4") ? months : months.map { -$0 }
      }
      return answers
    }
  }
}

enum Beancount {
  static let isInstalled =
    (try? Command.run("bean-check", ["--version"])) != nil
    && (try? Command.run("bean-query", ["--version"])) != nil

  static func answers(_ exhibit: Exhibit) throws -> Answers {
    try withFile(exhibit.beancount, "beancount") { path in
      _ = try Command.run("bean-check", [path])
      let query = """
        SELECT account, year, month, 'year-closed' IN tags AS closing, sum(number) AS total \
        GROUP BY account, year, month, closing
        """
      let months = exhibit.months
      let (firstYear, firstMonth, _) = months.first.civil
      var answers = Answers()
      for row in cells(try Command.run("bean-query", ["-f", "csv", path, query])).dropFirst() {
        let parts = row[0].split(separator: ":").map(String.init)
        guard row.count == 5, parts.count == 2, let year = Int(row[1]), let month = Int(row[2])
        else { continue }
        let total = try cents(row[4])
        let index = (year - firstYear) * 12 + month - firstMonth
        let none = [Int64](repeating: 0, count: months.count)
        // bean-query sums each month; a month's end is the sum of those until then.
        for i in max(0, index)..<max(months.count, index) where i < months.count {
          answers.trial[parts[1], default: none][i] += total
          if parts[0] == "Assets" { answers.sheet[parts[1], default: none][i] += total }
          if parts[0] == "Liabilities" || parts[0] == "Equity" {
            answers.sheet[parts[1], default: none][i] -= total
          }
        }
        let isResult = parts[0] == "Income" || parts[0] == "Expenses"
        if isResult, row[3] != "TRUE", (0..<months.count).contains(index) {
          answers.results[parts[1], default: none][index] -= total
        }
      }
      return answers
    }
  }
}
