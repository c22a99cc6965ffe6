// Why: several suites are judged by the fixture; where its files lie and how they are read is said once.

public import Events
internal import Foundation
public import Ledger
public import Wire

/// Ferretería Aranda: the events and the figures worked by hand, see Fixtures/aranda/figures.md.
public enum Aranda {
  /// A point in time of the expectations.
  public struct Point: Hashable, Sendable {
    /// The last day that counts.
    public var asOf: Day
    /// The last line of events.jsonl that is known.
    public var line: Int
  }
  /// A row of expectations, by column name.
  public typealias Row = [String: String]

  private static let folder = Repository.folder.appending(path: "Fixtures/aranda")

  /// The 120 events, in order.
  public static func proposals() throws -> [Proposal] {
    let text = try String(contentsOf: folder.appending(path: "events.jsonl"), encoding: .utf8)
    return try text.split(separator: "\n").map { try Proposal(json: Array($0.utf8)) }
  }

  /// The rows of one file of expectations, by point in time.
  public static func expected(_ name: String) throws -> [Point: [Row]] {
    let rows = try CSV.rows(of: folder.appending(path: "expected/\(name).csv"))
    var byPoint: [Point: [Row]] = [:]
    for row in rows {
      let point = Point(
        asOf: try Day(row["asOf"] ?? ""), line: row["knownAtLine"].flatMap { Int($0) } ?? 0)
      byPoint[point, default: []].append(row)
    }
    return byPoint
  }

  /// The trial balances worked by hand, in cents by account, without zeros.
  public static func trialBalances() throws -> [Point: [Code: Int64]] {
    try expected("trial-balance").mapValues { rows in
      var balances: [Code: Int64] = [:]
      for row in rows {
        let balance = try ExactDecimal(row["balance"] ?? "").units(decimals: 2)
        if balance != 0 { balances[try Code(row["account"] ?? "")] = balance }
      }
      return balances
    }
  }

  /// The lines that belong to customer C-17.
  public static func history() throws -> [Int] {
    try CSV.rows(of: folder.appending(path: "expected/history.csv")).compactMap {
      $0["line"].flatMap { Int($0) }
    }
  }

  /// Whether hledger can be asked.
  public static let hledgerIsInstalled = (try? Command.run("hledger", ["--version"])) != nil

  /// The balances of the journal as hledger reads it, in cents by account, without zeros.
  public static func hledger(asOf: Day, learnedBy: Day) throws -> [Code: Int64] {
    var arguments = ["-f", folder.appending(path: "aranda.journal").path(), "bal", "-B", "-N"]
    arguments += ["--flat", "-O", "csv", "-e", (asOf + 1).description]
    for late in ["2026-02-12", "2026-02-23", "2026-04-05", "2026-04-06"] as [Day]
    where late > learnedBy {
      arguments.append("not:tag:late=\(late)")
    }
    var balances: [Code: Int64] = [:]
    for line in try Command.run("hledger", arguments).split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",").map { String($0).replacing("\"", with: "") }
      let balance = try ExactDecimal(String(cells[1].replacing(" EUR", with: "")))
      balances[try Code(cells[0])] = try balance.units(decimals: 2)
    }
    return balances
  }
}
