// Why: what people see is what the program prints. Its reports are compared with the figures worked by hand at their
// points in time, and each prints a command that must give the same answer for ever.

import Foundation
import Testing

/// A report and the file that judges it.
struct JudgedReport: Sendable, CustomTestStringConvertible {
  var name: String
  /// The column of the file that is the report's subject.
  var subject: String?
  /// What tells its rows apart.
  var keys: [String]
  var testDescription: String { name }

  static let all = [
    JudgedReport(name: "trial-balance", keys: ["account"]),
    JudgedReport(name: "income-statement", keys: ["account"]),
    JudgedReport(name: "stock-levels", keys: ["product", "warehouse"]),
    JudgedReport(name: "stock-valuation", keys: ["product", "warehouse"]),
    JudgedReport(
      name: "stock-ledger", subject: "product", keys: ["warehouse", "on", "document"]),
    JudgedReport(name: "orders", keys: ["order", "product"]),
    JudgedReport(name: "receivables", keys: ["party", "document", "due"]),
    JudgedReport(name: "payables", keys: ["party", "document", "due"]),
    JudgedReport(name: "statement", subject: "party", keys: ["on", "document"]),
    JudgedReport(name: "customers", keys: ["customer"]),
    JudgedReport(name: "tax", keys: ["tax"]),
    JudgedReport(name: "payroll", keys: ["run", "employee"]),
  ]
}

@Suite struct ReportTests {
  @Test(arguments: ["a b", "a $(id) b", "-x", "--role", "it's"])
  func `the command below a report can be pasted, whatever a code is`(code: String) throws {
    let books = try Copy(of: Template.empty)
    let line =
      "{\"event\":\"customer.registered\",\"on\":\"2026-02-01\",\"customer\":\"\(code)\",\"name\":\"N\"}"
    #expect(try books.record(Data(line.utf8)).code == 0)
    let report = try Program.run([
      "report", "customer", "--books", books.path, "--format", "json", "--", code,
    ])
    let quoted = try #require(report.output.firstMatch(of: /"command":"([^"]*)"/)?.1)
    // As JSON it has each backslash twice.
    let command = quoted.replacing(#"\\"#, with: #"\"#)
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = ["-c", "diario() { '\(Program.url.path())' \"$@\"; }; \(command)"]
    shell.environment = ["DIARIO_BOOKS": books.path, "PATH": "/usr/bin:/bin"]
    let output = Pipe()
    shell.standardOutput = output
    try shell.run()
    let read = output.fileHandleForReading.readDataToEndOfFile()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 0 && String(decoding: read, as: UTF8.self).contains(code))
  }

  @Test(arguments: JudgedReport.all)
  func `a report prints the figures worked by hand`(judged: JudgedReport) throws {
    let books = try Copy(of: Template.aranda)
    for (point, rows) in try Expected.rows(judged.name) {
      let subjects = Dictionary(grouping: rows) { row in judged.subject.flatMap { row[$0] } }
      for (subject, rows) in subjects {
        let outcome = try Program.run(
          ["report", judged.name] + (subject.map { [$0] } ?? []) + point.options
            + ["--format", "csv", "--books", books.path])
        #expect(outcome.code == 0, "\(outcome.errors)")
        let printed = CSV.rows(outcome.output)
        for row in rows where row["account"] != "result" {
          let found = printed.filter { one in judged.keys.allSatisfy { one[$0] == row[$0] } }
          let matches = found.filter { one in
            row.allSatisfy { name, value in
              let isJudged = one[name] != nil && name != "from" && name != judged.subject
              return !isJudged || isSame(one[name] ?? "", value)
            }
          }
          #expect(!matches.isEmpty, "\(point): \(row) is not in \(found)")
        }
      }
    }
  }

  /// 145 m is 145.0 m.
  private func isSame(_ a: String, _ b: String) -> Bool {
    if a == b { return true }
    guard let a = Decimal(string: a), let b = Decimal(string: b) else { return false }
    return a == b
  }

  @Test func `checks hold, and say so by their exit code`() throws {
    let books = try Copy(of: Template.aranda)
    for line in stride(from: 0, through: 120, by: 8) {
      let outcome = try Program.run([
        "report", "checks", "--known-at", "#\(59 + line)", "--books", books.path,
      ])
      #expect(outcome.code == 0, "\(outcome.text)")
    }
  }

  @Test func `the printed command gives the same answer when more is known`() throws {
    let books = try Copy(of: Template.aranda)
    let options = ["--books", books.path, "--format", "json"]
    for name in ["trial-balance", "stock-valuation", "receivables", "checks"] {
      let first = try Program.run(["report", name, "--as-of", "2026-03-31"] + options)
      let object = try JSONSerialization.jsonObject(with: Data(first.output.utf8)) as? [String: Any]
      let provenance = try #require(object?["provenance"] as? [String: Any])
      let command = try #require(provenance["command"] as? String)
      let more = try books.record(
        Data(BadLine.journal("7.00", "7.00").replacing("J-99", with: "J-\(name)").utf8))
      #expect(more.code == 0, "\(more.text)")
      let words = command.replacing("'", with: "").split(separator: " ").map(String.init)
      #expect(words.first == "diario")
      let again = try Program.run(Array(words.dropFirst()) + options)
      #expect(again.output == first.output)
    }
  }

  @Test func `as known on a day is as known at the last position of that day`() throws {
    let books = try Copy(of: Template.aranda)
    func report(_ knownAt: String) throws -> String {
      try Program.run([
        "report", "trial-balance", "--as-of", "2026-03-31", "--known-at", knownAt, "--format",
        "json", "--books", books.path,
      ]).output
    }
    // Line 117 was learned on 31 March at 18:05, the next one on 5 April.
    #expect(try report("2026-04-02") == report("#176"))
    #expect(try report("2026-03-31T18:05:00+02:00") == report("#176"))
    #expect(try report("2026-04-02") != report("#177"))
  }

  @Test func `text has neither colours nor bars when it goes to a file`() throws {
    let books = try Copy(of: Template.aranda)
    for command in [["report", "trial-balance"], ["verify"], ["replay"], ["rebuild"]] {
      let outcome = try Program.run(command + ["--books", books.path])
      #expect(!outcome.text.contains("\u{1b}"))
      #expect(!outcome.text.contains("\r"))
    }
  }
}
