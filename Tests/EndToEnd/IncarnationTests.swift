// Why: a key that signs two histories under one name has proven nothing. Each way in which books are lost, replaced and begun again is
// gone through as its keeper would, and a second history gets another origin, at once and only when it must.

import Foundation
import Proofs
import Testing

@Suite struct `Books that go on from an older copy` {
  private func begun(_ signed: SignedBooks) throws -> Int {
    let log = try signed.run(["log", "--books", signed.books.path])
    return log.output.split(separator: "\n").count { $0.contains("incarnation.begun") }
  }

  private func expectSigned(
    _ outcome: Program.Outcome, _ origin: String, _ size: Int, _ comment: Comment? = nil
  ) {
    #expect(
      outcome.code == 0 && outcome.output.hasPrefix("\(origin)\n\(size)\n"),
      "\(comment ?? ""): \(outcome.text)")
  }

  @Test func `are signed also with a key whose name ends in a number`() throws {
    let signed = try SignedBooks(name: "example.com/aranda/2025")
    let restore = try signed.older()
    try signed.record("P-1")
    expectSigned(try signed.checkpoint(), "example.com/aranda/2025", 180)
    try restore()
    #expect(try signed.checkpoint().code == 1)
    expectSigned(try signed.begin(), "example.com/aranda/2025/2", 180)
    #expect(try begun(signed) == 1)
    expectSigned(try signed.checkpoint(), "example.com/aranda/2025/2", 180)
  }

  @Test func `from before a history that was signed begin the next one, asked for once`() throws {
    let signed = try SignedBooks()
    let restore = try signed.older()
    try signed.record("P-1")
    expectSigned(try signed.checkpoint(), "example.com/aranda", 180)
    try restore()
    expectSigned(try signed.begin(), "example.com/aranda/2", 180)
    try restore()
    let refused = try signed.checkpoint()
    #expect(
      refused.code == 1 && refused.output.isEmpty
        && refused.errors.contains("of example.com/aranda/2, 180 events; these books are")
        && refused.errors.contains("--new-incarnation REASON"), "\(refused.text)")
    // 179 events, and one for each of the histories 2 and 3.
    expectSigned(try signed.begin(), "example.com/aranda/3", 181)
    #expect(try begun(signed) == 2)
    expectSigned(try signed.checkpoint(), "example.com/aranda/3", 181)
  }

  @Test func `are proven to begin with what an earlier history had signed`() throws {
    let signed = try SignedBooks()
    let before = try signed.file("before", try signed.checkpoint().output)
    let restore = try signed.older()
    try signed.record("P-1")
    _ = try signed.checkpoint()
    try restore()
    expectSigned(try signed.begin(), "example.com/aranda/2", 180)
    let proof = try signed.run([
      "prove", "consistency", "179", "--books", signed.books.path, "--key", signed.key,
    ])
    let proven = try signed.run([
      "verify-proof", try signed.file("proof", proof.output), "--public", signed.key + ".pub",
      "--old", before,
    ])
    #expect(
      proven.output
        == "proven: the 180 events that example.com/aranda/2 signed begin with the 179 that example.com/aranda signed\n",
      "\(proven.text)")
    let event = try signed.run([
      "prove", "inclusion", "7", "--books", signed.books.path, "--key", signed.key,
    ])
    let ignored = try signed.run([
      "verify-proof", try signed.file("event", event.output), "--public", signed.key + ".pub",
      "--old", before,
    ])
    #expect(ignored.code == 2 && ignored.errors.contains("Leave --old out"), "\(ignored.text)")
  }

  @Test func `record no new history with the key of other books`() throws {
    let (signed, other) = (try SignedBooks(), try SignedBooks(name: "example.com/other"))
    _ = try other.checkpoint()
    try FileManager.default.removeItem(atPath: signed.key + ".signed")
    try FileManager.default.copyItem(
      atPath: other.key + ".signed", toPath: signed.key + ".signed")
    let refused = try signed.begin()
    #expect(
      refused.code == 1 && refused.errors.contains("is of example.com/other, these books are"),
      "\(refused.text)")
    #expect(try begun(signed) == 0)
  }

  @Test func `have a key that is made later, under the name of the present history`() throws {
    let signed = try SignedBooks()
    let restore = try signed.older()
    try signed.record("P-1")
    _ = try signed.checkpoint()
    try restore()
    let begun = try signed.begin()
    #expect(begun.errors.contains("aranda.key.pub has a new line"), "\(begun.text)")
    let other = signed.books.folder.path("other.key")
    let made = try signed.run([
      "key", "new", other, "--name", "o.example", "--books", signed.books.path,
    ])
    #expect(made.code == 0 && made.output.hasPrefix("o.example/2+"), "\(made.text)")
    let checkpoint = try signed.run(["checkpoint", "--books", signed.books.path, "--key", other])
    #expect(checkpoint.errors.isEmpty)
    let file = try signed.file("c", checkpoint.output)
    let key = made.output.trimmingCharacters(in: .newlines)
    let verified = try signed.run([
      "verify", "--books", signed.books.path, "--against", file, "--public", key,
    ])
    #expect(verified.code == 0, "\(verified.text)")
    let mistyped = try signed.run([
      "verify", "--books", signed.books.path, "--against", file, "--public", "none.pub",
    ])
    #expect(mistyped.code == 2 && mistyped.errors.contains("no file none.pub"), "\(mistyped.text)")
  }

  @Test func `are neither signed nor restored after a memory that was changed, which is named`()
    throws
  {
    let signed = try SignedBooks()
    _ = try signed.checkpoint()
    let backup = signed.books.folder.path("backup")
    #expect(try signed.run(["backup", backup, "--books", signed.books.path]).code == 0)
    let memory = try String(contentsOfFile: signed.key + ".signed", encoding: .utf8)
    _ = try signed.file("aranda.key.signed", memory.replacing("\n179\n", with: "\n178\n"))
    for command in [
      ["checkpoint", "--books", signed.books.path],
      ["restore", backup, signed.books.folder.path("restored")],
    ] {
      let refused = try signed.run(command + ["--key", signed.key])
      #expect(
        refused.code == 1 && refused.errors.contains("aranda.key.signed holds no checkpoint"),
        "\(refused.text)")
    }
  }

  @Test func `are not restored with the key of other books`() throws {
    let (backed, other) = (try BackedUpBooks(), try Copy(of: Template.aranda))
    _ = try backed.add()
    let made = other.folder.path("made")
    #expect(try Program.run(["init", made]).code == 0)
    let key = other.folder.path("other.key")
    #expect(try Program.run(["key", "new", key, "--books", made]).code == 0)
    let refused = try backed.restore("restored", ["--key", key])
    #expect(
      refused.code == 1 && refused.errors.contains("The key is that of the books"),
      "\(refused.text)")
  }

  @Test func `are not signed because of an event that names another checkpoint`() throws {
    let signed = try SignedBooks()
    let restore = try signed.older()
    try signed.record("P-1")
    let last = try Checkpoint(SignedNote(parsing: try signed.checkpoint().output))
    func record(_ size: UInt64?, _ root: MerkleHash) throws {
      let members =
        "\"reason\":\"r\",\"signedRoot\":\"\(root.base64)\""
        + (size.map { ",\"signedSize\":\($0)" } ?? "")
      let line = "{\"event\":\"incarnation.begun\",\"on\":\"2026-04-20\",\(members)}"
      let recorded = try signed.books.record(Data(line.utf8))
      #expect(recorded.code == 0, "\(recorded.text)")
    }
    try restore()
    let others: [(UInt64?, MerkleHash)] = [(nil, last.root), (180, .empty), (179, last.root)]
    for (size, root) in others {
      try record(size, root)
      let refused = try signed.checkpoint()
      #expect(
        refused.code == 1 && refused.output.isEmpty && refused.errors.contains("two histories"),
        "\(refused.text)")
    }
    // An imported event that names it is what the command would record.
    try record(180, last.root)
    expectSigned(try signed.checkpoint(), "example.com/aranda/5", 183)
  }

  @Test func `that continue what was signed are signed, whatever an event says`() throws {
    let signed = try SignedBooks()
    expectSigned(try signed.checkpoint(), "example.com/aranda", 179)
    let line =
      "{\"event\":\"incarnation.begun\",\"on\":\"2026-04-20\",\"reason\":\"by mistake\","
      + "\"signedRoot\":\"\(MerkleHash.empty.base64)\"}"
    #expect(try signed.books.record(Data(line.utf8)).code == 0)
    #expect(try signed.begin().code == 1)
    expectSigned(try signed.checkpoint(), "example.com/aranda/2", 180)
  }

  @Test func `are signed by no key that is named for other books`() throws {
    let (signed, other) = (try SignedBooks(), try SignedBooks(of: Template.empty))
    let key = signed.books.folder.path("own.key")
    #expect(try Program.run(["key", "new", key, "--books", signed.books.path]).code == 0)
    let refused = try Program.run(["checkpoint", "--books", other.books.path, "--key", key])
    #expect(
      refused.code == 1 && refused.output.isEmpty
        && refused.errors.contains("The key is that of the books "), "\(refused.text)")
    let own = try Program.run(["checkpoint", "--books", signed.books.path, "--key", key])
    #expect(own.code == 0 && own.output.hasPrefix("diario/"), "\(own.text)")
  }

  @Test func `and any others are signed beside what a killed process left`() throws {
    let signed = try SignedBooks()
    let secret = try signed.file("precious", "precious")
    // exec keeps the number of the process, so the leftovers have the name that the program wants.
    let script = """
      ln -s "$1" "$2.signed.partial-$$" && echo half >"$2.pub.partial-$$"
      exec "$3" checkpoint --books "$4" --key "$2"
      """
    let outcome = try Program.run(
      URL(filePath: "/bin/sh"),
      ["-c", script, "sh", secret, signed.key, Program.url.path(), signed.books.path])
    expectSigned(outcome, "example.com/aranda", 179)
    #expect(try String(contentsOfFile: secret, encoding: .utf8) == "precious")
    #expect(
      try String(contentsOfFile: signed.key + ".signed", encoding: .utf8) == outcome.output)
  }
}
