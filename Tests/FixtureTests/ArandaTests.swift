// Why: the fixture is the judge of the program, so it must itself be beyond doubt: its figures agree with hledger
// over a journal written by hand, and with each other; and it speaks of every event that there is.

internal import Events
internal import Foundation
internal import Ledger
internal import Testing
internal import Wire

@Suite struct `Ferretería Aranda` {
  @Test func `the events are of every kind but the first, and their moments rise`() throws {
    let proposals = try Aranda.proposals()
    #expect(proposals.count == 120)
    let kinds = Set(proposals.map { type(of: $0.event).kind.name })
    let all = Set(Catalogue.all.map { $0.kind.name })
    #expect(all.subtracting(kinds) == ["books.opened"])
    let moments = proposals.compactMap(\.at)
    #expect(moments.count == proposals.count)
    #expect(zip(moments, moments.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func `hledger finds the same balances in the journal`() throws {
    guard Aranda.hledgerIsInstalled else {
      print("hledger is not installed: apt-get install hledger")
      return
    }
    let proposals = try Aranda.proposals()
    for (point, rows) in try Aranda.expected("trial-balance") {
      let learned = try #require(proposals[point.line - 1].at).dayInUTC
      let balances = try Aranda.hledger(asOf: point.asOf, learnedBy: learned)
      var expected: [String: ExactDecimal] = [:]
      for row in rows { expected[row["account"]!] = try ExactDecimal(row["balance"]!) }
      #expect(expected.filter { !$0.value.isZero } == balances, "\(point)")
    }
  }

  @Test(arguments: [
    ("stock-valuation", "value", "1200", false), ("receivables", "open", "1100", false),
    ("payables", "open", "2000", true),
  ]) func `sub-ledgers add up to their accounts`(
    file: String, column: String, account: String, isCredit: Bool
  ) throws {
    let balances = try Aranda.expected("trial-balance")
    for (point, rows) in try Aranda.expected(file) {
      guard let row = balances[point]?.first(where: { $0["account"] == account }) else { continue }
      var sum = ExactDecimal.zero
      for row in rows { sum = try sum.adding(try ExactDecimal(row[column]!)) }
      let balance = try ExactDecimal(row["balance"]!)
      #expect(sum == (isCredit ? balance.negated : balance), "\(file) at \(point)")
    }
  }
}

/// The fixture's files.
enum Aranda {
  /// A point in time of the expectations.
  struct Point: Hashable {
    var asOf: String
    var line: Int
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures/aranda")

  static func proposals() throws -> [Proposal] {
    let text = try String(contentsOf: folder.appending(path: "events.jsonl"), encoding: .utf8)
    return try text.split(separator: "\n").map { try Proposal(json: Array($0.utf8)) }
  }

  /// The rows of one file of expectations, by point in time; each row by column name.
  static func expected(_ name: String) throws -> [Point: [[String: String]]] {
    let file = folder.appending(path: "expected/\(name).csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let columns = lines[0].split(separator: ",").map(String.init)
    let rows = lines.dropFirst().map { line in
      Dictionary(
        uniqueKeysWithValues: zip(
          columns, line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)))
    }
    return Dictionary(grouping: rows) {
      Point(asOf: $0["asOf"] ?? "", line: $0["knownAtLine"].flatMap { Int($0) } ?? 0)
    }
  }

  static let hledgerIsInstalled = (try? run(["--version"])) != nil

  /// The balances that are not zero, in euros, as hledger reads the journal.
  static func hledger(asOf: String, learnedBy: Day) throws -> [String: ExactDecimal] {
    var arguments = ["-f", folder.appending(path: "aranda.journal").path(), "bal", "-B", "-N"]
    arguments += ["--flat", "-O", "csv", "-e", (try Day(asOf) + 1).description]
    for late in ["2026-02-12", "2026-02-23", "2026-04-05", "2026-04-06"] as [Day]
    where late > learnedBy {
      arguments.append("not:tag:late=\(late)")
    }
    var balances: [String: ExactDecimal] = [:]
    for line in try run(arguments).split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",").map { String($0).replacing("\"", with: "") }
      balances[cells[0]] = try ExactDecimal(cells[1].replacing(" EUR", with: ""))
    }
    return balances
  }

  private static func run(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["hledger"] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.fileReadUnknown) }
    return String(decoding: data, as: UTF8.self)
  }
}
