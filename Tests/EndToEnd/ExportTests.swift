// Why: hledger adds up our moves by itself, and must come to what was worked out by hand, at every point in time.

import Foundation
import Testing

@Suite(.enabled(if: Hledger.isInstalled, "hledger is not installed: apt-get install hledger"))
struct ExportTests {
  @Test func `the exported moves add up in hledger to the trial balances worked by hand`() throws {
    let books = try Copy(of: Template.aranda)
    for (point, rows) in try Expected.rows("trial-balance") {
      let journal = try Program.run(["export", "hledger", "--books", books.path] + point.options)
      #expect(journal.code == 0, "\(journal.errors)")
      #expect(try Hledger.run(["-f", "-", "check"], input: Data(journal.output.utf8)).code == 0)
      var expected: [String: String] = [:]
      for row in rows { expected[row["account"] ?? ""] = row["balance"] }
      expected = expected.filter { $0.value != "0.00" }
      #expect(try Hledger.balances(journal.output) == expected, "\(point)")
    }
  }

  @Test func `the exported moves and the journal written by hand have the same balances`() throws {
    let books = try Copy(of: Template.aranda)
    let journal = try Program.run(["export", "hledger", "--books", books.path])
    let byHand = try String(
      contentsOf: Program.repository.appending(path: "Fixtures/aranda/aranda.journal"),
      encoding: .utf8)
    for end in ["2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01"] {
      let query = ["-e", end]
      #expect(
        try Hledger.balances(journal.output, query) == Hledger.balances(byHand, query),
        "before \(end)")
    }
  }

  @Test(arguments: [("JPY", "1000"), ("BHD", "1000.125")])
  func `hledger reads currencies of no decimals, and of three`(currency: String, amount: String)
    throws
  {
    let folder = try Folder()
    let path = folder.url.appending(path: "books").path()
    let start = ["init", path, "--currency", currency, "--on", "2026-01-01"]
    #expect(try Program.run(start).code == 0)
    let line =
      #"{"event":"journal.posted","on":"2026-01-02","entry":"J-1","lines":[{"account":"1000","debit":"\#(amount)"},{"account":"3000","credit":"\#(amount)"}]}"#
    #expect(try Program.run(["record", "--books", path], input: Data(line.utf8)).code == 0)
    let journal = try Program.run(["export", "hledger", "--books", path]).output
    #expect(try Hledger.run(["-f", "-", "check"], input: Data(journal.utf8)).code == 0)
    #expect(
      try Hledger.balances(journal)
        == ["1000": "\(amount) \(currency)", "3000": "-\(amount) \(currency)"])
  }

  @Test func `memorandum accounts come as virtual postings that balance`() throws {
    let books = try Copy(of: Template.aranda)
    let plain = try Program.run(["export", "hledger", "--books", books.path])
    let memo = try Program.run(["export", "hledger", "--memo", "--books", books.path])
    #expect(memo.output.contains("[9000:SO-1]"))
    #expect(!plain.output.contains("9000"))
    #expect(try Hledger.run(["-f", "-", "check"], input: Data(memo.output.utf8)).code == 0)
    #expect(
      try Hledger.balances(memo.output, ["--real"]) == Hledger.balances(plain.output))
  }
}

@Suite struct BeancountExportTests {
  @Test func `the export for beancount leaves memoranda out and writes subjects as metadata`()
    throws
  {
    let books = try Copy(of: Template.aranda)
    let ledger = try Program.run(["export", "beancount", "--books", books.path])
    #expect(ledger.code == 0, "\(ledger.errors)")
    #expect(ledger.output.contains("open Assets:1000 EUR"))
    #expect(ledger.output.contains("    subject: \"F-1\""))
    #expect(!ledger.output.contains(":9000"))
  }

  @Test func `an export as of a day has nothing later`() throws {
    let books = try Copy(of: Template.aranda)
    let ledger = try Program.run([
      "export", "beancount", "--as-of", "2026-01-31", "--books", books.path,
    ])
    let days = ledger.output.split(separator: "\n").filter { $0.hasPrefix("2026-") }.map {
      $0.prefix(10)
    }
    #expect(days.contains("2026-01-31") && days.allSatisfy { $0 <= "2026-01-31" })
  }
}
