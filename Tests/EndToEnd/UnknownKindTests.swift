// Why: books outlive programs. An event of a kind that an older program does not know is kept, counted and shown by
// every command, and its moves are in every sum.

import EventLog
import Events
import Foundation
import Ledger
import Testing
import Wire

@Suite struct UnknownKindTests {
  /// Aranda's books with one more event, of a kind from a newer program: 12.34 from sales to the bank, with a customer's
  /// name, a new order, a key and five bytes of fields.
  private func books() throws -> (books: Copy, position: Position) {
    let books = try Copy(of: Template.aranda)
    let log = try LMDBLog(at: books.path + "/log")
    let head = try log.head()
    var event = Recorded()
    event.position = head.size + 1
    event.at = Instant(microseconds: head.at.microseconds + 1)
    event.on = "2026-03-30"
    event.kind = 60_000
    event.key = "newer-1"
    event.body = [0x0a, 0x03, 0x61, 0x62, 0x63]
    let order = NameID(.order, try log.count(of: .order) + 1)
    event.introduced = [Introduced(id: order, code: "NEWER-1")]
    event.mentions = [order, try #require(try log.name(.customer, "C-17")).id]
    event.moves = [
      Move(
        amount: 1_234, value: 1_234,
        commodity: try #require(try log.name(.currency, "EUR")).id,
        from: Place(try #require(try log.name(.account, "4000")).id),
        to: Place(try #require(try log.name(.account, "1000")).id), on: event.on)
    ]
    var frame = Frame()
    frame.append(event)
    try log.append(frame, expecting: head.size)
    return (books, event.position)
  }

  @Test func `is shown by every command that shows events`() throws {
    let (books, position) = try books()
    let shown = try run(["show", "\(position)"], books)
    for text in [
      #""event":"unknown.60000""#, #""body":"CgNhYmM=""#, #""key":"newer-1""#,
      #""amount":"12.34","of":"EUR","value":"12.34","from":"4000","to":"1000""#,
    ] { #expect(shown.output.contains(text), "\(shown.text)") }
    let line = "#\(position)  2026-03-30"
    for filter in [[], ["--kind", "unknown.60000"], ["--about", "NEWER-1"], ["--about", "C-17"]] {
      let last = try run(["log"] + filter, books).output.split(separator: "\n").last
      #expect(last?.hasPrefix(line) == true)
      #expect(last?.contains("  unknown.60000  NEWER-1 C-17") == true)
    }
    #expect(try run(["log", "--kind", "unknown.60001"], books).output == "")
    for report in [["audit-trail"], ["journal"], ["general-ledger", "1000"]] {
      let csv = try run(["report"] + report + ["--format", "csv"], books).output
      #expect(csv.contains("NEWER-1"), "\(report): \(csv)")
    }
  }

  @Test func `is counted, and its moves are in every sum`() throws {
    let (books, position) = try books()
    let before = ["--known-at", "#\(position - 1)"]
    let events = try run(["status"], books).output.split(separator: "\n").first {
      $0.hasPrefix("events ")
    }
    #expect(events?.hasSuffix(" \(position)") == true)
    let replay = try run(["replay"], books)
    #expect(
      replay.errors.hasPrefix(
        "\(position) events (1 of a kind that this program does not know), "), "\(replay.text)")
    #expect(!(try run(["replay", "--to", "\(position - 1)"], books).errors.contains("know")))
    #expect(
      try run(["replay", "--with-rules"], books).errors.hasPrefix(
        "\(position - 1) events decided again"))
    #expect(
      try run(["verify"], books).output.hasPrefix("sound: \(position) of \(position) records"))
    for account in ["1000", "4000"] {
      let difference = try balance(account, [], books) - balance(account, before, books)
      #expect(difference == (account == "1000" ? 1_234 : -1_234))
    }
    #expect(try run(["export", "hledger"], books).output.contains("12.34"))
  }

  @Test func `does not keep the books from going on`() throws {
    let (books, position) = try books()
    let line = Data(
      #"{"event":"journal.posted","on":"2026-04-01","entry":"J-99","text":"t","lines":[{"account":"6200","debit":"1.00"},{"account":"1000","credit":"1.00"}]}"#
        .utf8)
    let outcome = try books.record(line)
    #expect(outcome.output.hasPrefix(#"{"position":\#(position + 1),"#), "\(outcome.text)")
    // Its key and its names are taken, like those of every other event.
    let order = Data(
      #"{"event":"order.placed","on":"2026-04-01","order":"NEWER-1","customer":"C-17","currency":"EUR","lines":[]}"#
        .utf8)
    #expect(try books.record(order).output.contains("order.duplicate"))
    #expect(try run(["rebuild"], books).code == 0)
    #expect(try run(["show", "\(position)"], books).output.contains("unknown.60000"))
    #expect(try run(["verify"], books).code == 0)
  }

  private func run(_ arguments: [String], _ books: Copy) throws -> Program.Outcome {
    let outcome = try Program.run(arguments + ["--books", books.path])
    #expect(outcome.code == 0 || arguments[0] == "replay", "\(arguments): \(outcome.text)")
    return outcome
  }

  /// The balance of an account in cents, debit less credit, in the trial balance.
  private func balance(_ account: String, _ point: [String], _ books: Copy) throws -> Int {
    let csv = try run(["report", "trial-balance", "--format", "csv"] + point, books).output
    let rows = csv.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let header = try #require(rows.first { $0.first == "account" })
    let row = try #require(rows.first { $0.first == Substring(account) })
    let column = try #require(header.firstIndex(of: "balance"))
    return try #require(Int(row[column].replacing(".", with: "")))
  }
}
