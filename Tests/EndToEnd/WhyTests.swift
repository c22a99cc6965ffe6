// Why: "why is March not what we filed?" must be answered from the command line, with the events that did it.

import Foundation
import Testing

@Suite struct WhyTests {
  @Test func `diff shows what changed after it was reported, and the events that changed it`()
    throws
  {
    let books = try Copy(of: Template.aranda)
    let file = Program.repository.appending(path: "Fixtures/aranda/expected/diff.csv")
    for row in CSV.rows(try String(contentsOf: file, encoding: .utf8)) {
      let from = 59 + (row["fromLine"].flatMap(Int.init) ?? 0)
      let to = 59 + (row["toLine"].flatMap(Int.init) ?? 0)
      let outcome = try Program.run([
        "diff", row["report"] ?? "", "--as-of", row["asOf"] ?? "", "--between", "#\(from)",
        "#\(to)", "--format", "json", "--books", books.path,
      ])
      #expect(outcome.code == 0, "\(outcome.errors)")
      let answer = try #require(
        JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      let changes = rows(answer["changes"]).filter { row["account"] == $0["account"] as? String }
      let balance = changes.first { ($0["column"] as? String)?.lowercased() == "balance" }
      #expect(balance?["was"] as? String == row["before"], "\(row) in \(changes)")
      #expect(balance?["is"] as? String == row["after"], "\(row) in \(changes)")
      let events = rows(answer["events"]).filter { row["account"] == $0["row"] as? String }
      let lines = Set(events.compactMap { "\($0["position"] ?? "")" }.compactMap(Int.init)).map {
        String($0 - 59)
      }
      #expect(Set(lines) == Set((row["lines"] ?? "").split(separator: " ").map(String.init)))
    }
  }

  @Test func `nothing changed between a moment and itself`() throws {
    let books = try Copy(of: Template.aranda)
    let outcome = try Program.run([
      "diff", "trial-balance", "--between", "#176", "2026-04-02", "--format", "json", "--books",
      books.path,
    ])
    let answer = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    let found = try #require(answer)
    #expect(rows(found["changes"]).isEmpty)
    #expect(rows(found["events"]).isEmpty)
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  @Test func `explain adds up to the figure that it explains`() throws {
    let books = try Copy(of: Template.aranda)
    for (point, expected) in try Expected.rows("trial-balance") {
      for row in expected where ["1200", "5000"].contains(row["account"]) {
        let outcome = try Program.run(
          ["explain", "trial-balance", row["account"] ?? ""] + point.options
            + ["--format", "csv", "--books", books.path])
        #expect(outcome.code == 0, "\(outcome.errors)")
        let values = CSV.rows(outcome.output).filter { $0["position"] != "" }
          .compactMap { Decimal(string: $0["value"] ?? "") }
        #expect(values.reduce(0, +) == Decimal(string: row["balance"] ?? ""), "\(point) \(row)")
      }
    }
  }

  private func rows(_ table: Any?) -> [[String: Any]] {
    (table as? [String: Any])?["rows"] as? [[String: Any]] ?? []
  }
}
