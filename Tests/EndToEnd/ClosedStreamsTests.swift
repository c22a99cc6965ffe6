// Why: a stream that is closed gives its number to the next file that is opened, which is one of the books'. What is printed then would
// be written into it.

import Foundation
import Testing

@Suite struct `Streams that are closed` {
  private static let line =
    #"{"event":"journal.posted","on":"2026-04-20","entry":"CLOSED","text":"t","lines":["#
    + #"{"account":"6200","debit":"1.00"},{"account":"1000","credit":"1.00"}]}"#

  /// Runs `diario` by a shell that closes streams; `shell` has the words behind the arguments.
  private func run(
    _ arguments: String, closing shell: String, _ books: Copy
  ) throws -> Program.Outcome {
    let file = books.folder.path("lines.jsonl")
    try Data((Self.line + "\n").utf8).write(to: URL(filePath: file))
    return try Program.run(
      URL(filePath: "/bin/bash"),
      [
        "-c", "exec \"$0\" \(arguments) \(shell)", Program.url.path(), books.path, file,
      ])
  }

  /// The first file of the books that has `text` in it.
  private func holder(of text: String, in books: Copy) throws -> String? {
    try FileManager.default.subpathsOfDirectory(atPath: books.path).first {
      (try? Data(contentsOf: URL(filePath: books.path + "/" + $0)))?.range(of: Data(text.utf8))
        != nil
    }
  }

  @Test(arguments: [">&-", "<&- >&-", "<&- >&- 2>&-", ">&- 2>&-"])
  func `what is printed never gets into a file of the books`(streams: String) throws {
    let books = try Copy(of: Template.aranda)
    let outcome = try run("record --books \"$1\" \"$2\"", closing: streams, books)
    #expect(outcome.code == 3, "the receipt could not be written: \(outcome.text)")
    #expect(try holder(of: "\"position\":180", in: books) == nil)
    #expect(try holder(of: "recorded, ", in: books) == nil)
    #expect(try Program.run(["verify", "--books", books.path]).code == 0)
    #expect(try books.head().hasPrefix("180 "))
  }

  @Test func `messages that nobody can hear change nothing`() throws {
    let books = try Copy(of: Template.aranda)
    let outcome = try run("record --books \"$1\" \"$2\"", closing: "2>&-", books)
    #expect(outcome.code == 0 && outcome.output.hasPrefix("{\"position\":180"), "\(outcome.text)")
    #expect(try holder(of: "recorded, ", in: books) == nil)
  }

  @Test func `what came of a command is its exit code, also when nobody reads`() throws {
    let books = try Copy(of: Template.aranda)
    // The pipes' readers are gone before the command begins; the signal that would end it is ignored, as under systemd.
    func run(_ arguments: String, to stream: Int) throws -> Int32 {
      let gone = "exec 9> >(:); wait $!; trap '' PIPE"
      return try Program.run(
        URL(filePath: "/bin/bash"),
        ["-c", "\(gone); \"$0\" \(arguments) \(stream)>&9", Program.url.path(), books.path]
      ).code
    }
    #expect(try run("log --books \"$1\"", to: 1) == 1, "an answer that nobody got")
    #expect(try run("log --books \"$1\"", to: 2) == 0)
    #expect(try run("log --books \"$1/none\"", to: 2) == 3)
    let full = try Program.run(
      URL(filePath: "/bin/bash"),
      ["-c", "\"$0\" init \"$1/new\" 2>/dev/full", Program.url.path(), books.folder.url.path()])
    #expect(full.code == 0, "a message that was not written")
    #expect(try run("backup --check \"$1/none\"", to: 2) == 3)
  }

  @Test func `an answer that is lost says what stands, and what to do`() throws {
    let books = try Copy(of: Template.aranda)
    let again = "Run the command again: lines with a key are not recorded twice."
    let done = "What the command did is done; only its answer was lost."
    for (arguments, says) in [
      ("record --books \"$1\" \"$2\"", again), ("rebuild --books \"$1\"", done),
      ("key new \"$1-key\" --books \"$1\"", done), ("backup \"$1-backup\" --books \"$1\"", done),
      ("salvage \"$1\" \"$1-saved\"", done),
    ] {
      let outcome = try run(arguments, closing: ">/dev/full", books)
      #expect(outcome.code == 3, "\(arguments): \(outcome.text)")
      #expect(outcome.errors.contains("No space left on device. \(says)\n"), "\(outcome.text)")
    }
    #expect(try Program.run(["backup", "--check", books.path + "-backup"]).code == 0)
  }

  @Test func `closed input is at its end`() throws {
    let books = try Copy(of: Template.aranda)
    let outcome = try run("record --books \"$1\"", closing: "<&-", books)
    #expect(outcome.code == 2 && outcome.errors.contains("holds no events"), "\(outcome.text)")
    let verified = try run("verify --books \"$1\"", closing: "<&-", books)
    #expect(verified.code == 0, "\(verified.text)")
  }
}
