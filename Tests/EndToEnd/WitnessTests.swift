// Why: what a witness remembers is all that it has. Whoever hands in a checkpoint, the log or somebody on the way, must not be able to
// spoil it.

import Foundation
import Proofs
import Testing

@Suite struct `A witness's memory` {
  private let signed: SignedBooks
  private let memory: String
  private let own: String

  init() throws {
    signed = try SignedBooks()
    memory = signed.books.folder.path("seen")
    own = signed.books.folder.path("auditor.key")
    let made = try signed.run(["key", "new", own, "--witness", "--name", "auditor.example"])
    guard made.code == 0 else { throw Template.Unusable(text: made.text) }
  }

  private func witness(_ text: String, _ options: [String] = []) throws -> Program.Outcome {
    try signed.run(
      [
        "witness", try signed.file("handed-in", text), "--public", signed.key + ".pub",
        "--memory", memory,
      ] + options)
  }

  @Test func `outlives a checkpoint with the signatures of a hundred strangers`() throws {
    let first = try signed.checkpoint().output
    #expect(try witness(first).code == 0)
    try signed.record("P-1")
    let proof = { [signed] in
      _ = try signed.checkpoint()
      return try signed.run([
        "prove", "consistency", "179", "--books", signed.books.path, "--key", signed.key,
      ]).output
    }
    let lines = (1...99).map { "\u{2014} fake\($0).example AAAAAAAA\n" }.joined()
    let hostile = try proof() + lines
    // A hundred are as many as a note may have: there is no room for the witness's own.
    #expect(try witness(hostile, ["--key", own]).code == 2)
    #expect(try witness(hostile).output.hasPrefix("consistent: 180 events"))
    #expect(
      try String(contentsOfFile: memory, encoding: .utf8) == (try signed.checkpoint().output))
    let few = try signed.checkpoint().output + "\u{2014} fake1.example AAAAAAAA\n"
    #expect(try witness(few, ["--key", own]).output.hasPrefix(few))
    let kept = try SignedNote(parsing: String(contentsOfFile: memory, encoding: .utf8))
    #expect(kept.signatures.map(\.name) == ["example.com/aranda", "auditor.example"])
  }

  @Test func `and its answer have one signature of its own, however often it is asked`() throws {
    var text = try signed.checkpoint().output
    for _ in 1...3 {
      let answer = try witness(text, ["--key", own])
      #expect(answer.code == 0, "\(answer.text)")
      text = answer.output
    }
    let note = try SignedNote(parsing: text)
    #expect(note.signatures.map(\.name) == ["example.com/aranda", "auditor.example"])
    let line = try String(contentsOfFile: own + ".pub", encoding: .utf8).split(separator: "\n")[0]
    try VerificationKey(parsing: String(line)).verify(note)
  }
}
