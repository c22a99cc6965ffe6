// Why: an import that was cut off is run again as it was. Its lines need no keys of their own for that, since a file does not change.

import Foundation
import Testing

@Suite struct ImportAgainTests {
  private static let events = Program.repository.appending(path: "Fixtures/aranda/events.jsonl")

  private func lines() throws -> [Substring] {
    try String(contentsOf: Self.events, encoding: .utf8).split(separator: "\n")
  }

  @Test func `a file that is imported again adds nothing, under whatever name`() throws {
    let books = try Copy(of: Template.aranda)
    let other = books.folder.path("copy.jsonl")
    try FileManager.default.copyItem(atPath: Self.events.path(), toPath: other)
    for file in [Self.events.path(), other] {
      let again = try Program.run(["record", "--imported", "--books", books.path, file])
      #expect(again.code == 0)
      #expect(again.errors == "0 recorded, 120 recorded before, 0 refused\n")
      #expect(again.output.split(separator: "\n").allSatisfy { $0.contains("\"repeated\":true") })
    }
  }

  @Test func `what an import had recorded before it was cut off is not recorded again`() throws {
    let books = try Copy(of: Template.empty)
    let before = try books.keys().count
    // Lines so long that not all of the file is read, and so committed, at once.
    let file = books.folder.path("long.jsonl")
    let text = String(repeating: "t", count: 20_000)
    let long = (1...60).map { number in
      #"{"event":"journal.posted","on":"2026-04-15","entry":"L-\#(number)","text":"\#(text)","#
        + #""lines":[{"account":"6200","debit":"\#(number).00"},{"account":"1000","credit":"\#(number).00"}]}"#
    }
    try Data(long.joined(separator: "\n").utf8).write(to: URL(filePath: file))
    // No file of the books may become greater than 2,000 blocks of 512 bytes: as if the disk were full.
    let limited = try Program.run(
      URL(filePath: "/bin/sh"),
      [
        "-c", "ulimit -f 2000; exec \"$0\" record --imported --books \"$1\" \"$2\"",
        Program.url.path(), books.path, file,
      ])
    let kept = try books.keys().count - before
    #expect(limited.code != 0)
    #expect(kept > 0 && kept < 60, "\(kept) of 60 were recorded when the disk was full")
    let again = try Program.run(["record", "--imported", "--quiet", "--books", books.path, file])
    #expect(again.errors == "\(60 - kept) recorded, \(kept) recorded before, 0 refused\n")
    #expect(try books.keys().count == before + 60)
  }

  @Test func `a changed file is another file, and a line keeps a key of its own`() throws {
    let books = try Copy(of: Template.empty)
    let file = books.folder.path("events.jsonl")
    let first = try lines().prefix(2)
    let own =
      #"{"event":"warehouse.opened","on":"2026-01-02","key":"mine","warehouse":"W","name":"W"}"#
    try Data((first + [own[...]]).joined(separator: "\n").utf8).write(to: URL(filePath: file))
    let before = try Program.run(["record", "--imported", "--books", books.path, file])
    #expect(before.errors == "3 recorded, 0 refused\n", "\(before.text)")
    try Data(([own[...]] + first).joined(separator: "\n").utf8).write(to: URL(filePath: file))
    let after = try Program.run(["record", "--imported", "--books", books.path, file])
    #expect(after.errors == "0 recorded, 1 recorded before, 2 refused\n", "\(after.text)")
  }

  // Of the fixture's 120 lines, 7 have keys of their own.
  @Test func `lines from a pipe get no keys`() throws {
    let books = try Copy(of: Template.aranda)
    let again = try Program.run(
      ["record", "--imported", "--books", books.path], input: Data(contentsOf: Self.events))
    #expect(again.errors == "0 recorded, 7 recorded before, 113 refused\n")
    #expect(again.output.contains("at.backwards"))
  }
}
