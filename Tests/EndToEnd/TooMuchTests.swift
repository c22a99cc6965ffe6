// Why: amounts that cannot be added up must not get into the books: afterwards no report could be had, for good. What was
// accepted is reported, with the sums that come of it.

import Foundation
import Testing

@Suite struct `Amounts that are too much to add up` {
  /// What each report answers of the books at `books`, as CSV.
  private func report(_ name: String, _ books: String) throws -> Program.Outcome {
    try Program.run(["report", name, "--format", "csv", "--books", books])
  }

  // 93 × 10^17 cents are beyond 2^63. 23 × 10^17 are within 2^61, the room for large events; the 24th is not.
  @Test func `of 93 entries of 10^15 euros the reports can add up those that were recorded`() throws
  {
    let folder = try Folder()
    let books = folder.url.appending(path: "books").path
    #expect(try Program.run(["init", books, "--on", "2026-01-01"]).code == 0)
    let amount = "1000000000000000"
    let entries = (1...93).map { number in
      #"{"event":"journal.posted","on":"2026-02-01","entry":"J-\#(number)","text":"t","lines":["#
        + #"{"account":"6200","debit":"\#(amount)"},{"account":"1000","credit":"\#(amount)"}]}"#
    }
    let recorded = try Program.run(
      ["record", "--books", books], input: Data(entries.joined(separator: "\n").utf8))
    #expect(recorded.errors.contains("23 recorded, 70 refused"), "\(recorded.text)")
    #expect(recorded.output.contains("turnover.exceeded"))
    #expect(try report("journal", books).code == 0)
    for name in ["trial-balance", "general-ledger", "balance-sheet", "cash-flow"] {
      let outcome = try report(name, books)
      #expect(outcome.code == 0, "\(name): \(outcome.text)")
      #expect(outcome.output.contains("23000000000000000.00"), "\(name): \(outcome.output)")
    }
    #expect(try Program.run(["report", "checks", "--books", books]).code == 0)
  }
}
