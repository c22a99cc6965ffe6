// Why: events with personal data are most of what a company cannot write again from memory. What is saved of them is either a line that
// can be recorded, or named.

import EventLog
import Events
import Foundation
import Ledger
import Testing

@Suite struct `Salvage of personal data` {
  /// Books of 579 events, then two customers (580, 581) and one event of a kind that no program knows (582); event 199 is damaged.
  private func damaged() throws -> DamagedBooks {
    let damaged = try DamagedBooks(entries: 400)
    let lines = ["C-90", "C-91"].map {
      #"{"event":"customer.registered","on":"2026-04-20","key":"\#($0)","customer":"\#($0)","name":"Núñez \#($0)"}"#
    }
    let outcome = try damaged.books.record(Data(lines.joined(separator: "\n").utf8), ["--quiet"])
    #expect(outcome.errors == "2 recorded, 0 refused\n", "\(outcome.text)")
    let log = try LMDBLog(at: damaged.books.path + "/log")
    var event = Recorded()
    event.position = 582
    event.at = Instant(microseconds: try log.head().at.microseconds + 1)
    event.on = "2026-04-20"
    event.kind = 60_000
    var frame = Frame()
    frame.append(event)
    try log.append(frame, expecting: 581)
    try damaged.flip(["E-20"])
    return damaged
  }

  @Test func `is written in the clear with the keys of the books, and recorded again`() throws {
    let damaged = try damaged()
    let outcome = try damaged.salvage()
    for text in [
      "later     383 intact events behind a gap, 383 of them proven by the tree; 382 of them are lines in later.jsonl\n",
      "  later.jsonl has not 1 event: 582\n    this program does not know their kind, number 60000\n",
      "Lines have personal data in the clear",
    ] { #expect(outcome.output.contains(text), "\(outcome.text)") }
    #expect(outcome.code == 3, "an event of which there is no line is told")
    let attributes = try FileManager.default.attributesOfItem(
      atPath: damaged.target + "/later.jsonl")
    #expect(attributes[.posixPermissions] as? Int == 0o600)

    let books = damaged.target + "/books"
    try FileManager.default.copyItem(
      atPath: damaged.books.path + "/keys", toPath: books + "/keys")
    let later: [String] = try damaged.lines("later.jsonl").map {
      String($0.replacing(/"at":"[^"]*",/, with: ""))
    }
    let again = [BackedUpBooks.line("E-20")] + later
    let recorded = try Program.run(
      ["record", "--quiet", "--books", books], input: Data(again.joined(separator: "\n").utf8))
    #expect(recorded.errors == "383 recorded, 0 refused\n", "\(recorded.text)")
    let shown = try Program.run(["show", "581", "--books", books])
    #expect(shown.output.contains(#""name":"Núñez C-91""#), "\(shown.text)")
  }

  @Test func `that no key opens is named, and the exit code says so`() throws {
    let damaged = try damaged()
    let keys = damaged.books.path + "/keys"
    let master = damaged.books.folder.path("master.key")
    try FileManager.default.moveItem(atPath: keys + "/master.key", toPath: master)
    let without = try damaged.salvage()
    #expect(without.code == 3, "\(without.text)")
    #expect(without.output.contains("  later.jsonl has not 2 events: 580 to 581\n"))
    #expect(without.output.contains("their personal fields cannot be opened: "))
    #expect(try damaged.lines("later.jsonl").count == 380)
    try FileManager.default.removeItem(atPath: damaged.target)
    let named = try damaged.salvage(["--master-key", master])
    #expect(named.output.contains("382 of them are lines"), "\(named.text)")
    try FileManager.default.removeItem(atPath: damaged.target)
    try FileManager.default.removeItem(atPath: keys)
    let lost = try damaged.salvage()
    #expect(lost.code == 3 && lost.output.contains("These books have no keys in"), "\(lost.text)")
  }
}
