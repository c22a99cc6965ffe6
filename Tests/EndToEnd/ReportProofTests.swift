// Why: a report that carries its proof goes to people who do not trust us. Each way in which such a file can be wrong is tried as they
// would meet it, and the answer must be one clear line.

import Foundation
import Proofs
import Reports
import Testing

@Suite struct `Reports with their proofs` {
  /// The signed quarter, a copy of its books as an auditor has them, and a proven report of it.
  private final class Audit {
    let signed: SignedBooks
    let copy: String
    let proof: String

    init(_ report: [String] = ["trial-balance", "--as-of", "2026-03-31"]) throws {
      signed = try SignedBooks()
      copy = signed.books.folder.path("copy")
      proof = signed.books.folder.path("report.proof")
      try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
      // The log alone: summaries are not evidence.
      try FileManager.default.copyItem(atPath: "\(signed.books.path)/log", toPath: "\(copy)/log")
      let given = try prove(report)
      guard given.code == 0 else { throw Template.Unusable(text: given.text) }
    }

    func prove(_ report: [String]) throws -> Program.Outcome {
      try Program.run(
        ["report"] + report + [
          "--books", signed.books.path, "--proof", proof, "--key", signed.key,
        ])
    }

    var text: String { get throws { try String(contentsOfFile: proof, encoding: .utf8) } }

    /// Checks `text`, or the proof as it is, with the copy or without.
    func check(
      _ text: String? = nil, key: String? = nil, copy: String?? = .none
    ) throws -> Program.Outcome {
      let file = try text.map { try signed.file("changed.proof", $0) } ?? proof
      let books = (copy ?? self.copy).map { ["--books", $0] } ?? []
      return try Program.run(
        ["verify-report", file, "--public", key ?? signed.key + ".pub"] + books)
    }

    /// The proof with a change, signed again by the holder of the key, who cheats.
    func forged(_ change: (inout String) -> Void) throws -> String {
      let note = try SignedNote(parsing: try text)
      var body = note.body
      change(&body)
      let secret = try String(contentsOfFile: signed.key, encoding: .utf8).split(separator: "\n")[0]
      return try SigningKey(parsing: String(secret)).sign(body).text
    }
  }

  private func expectOneLine(
    _ outcome: Program.Outcome, code: Int32 = 1, _ parts: String...
  ) {
    #expect(outcome.code == code && outcome.output.isEmpty, "\(outcome.text)")
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    for part in parts { #expect(outcome.errors.contains(part), "\(outcome.errors)") }
  }

  @Test
  func `are proven by a copy of the log, also after more was recorded, and write nothing into it`()
    throws
  {
    let audit = try Audit()
    try audit.signed.record("P-1")
    let before = try FileManager.default.subpathsOfDirectory(atPath: audit.copy).sorted()
    let checked = try audit.check()
    #expect(checked.code == 0, "\(checked.text)")
    #expect(
      checked.output.hasPrefix(
        "proven: diario report trial-balance --as-of 2026-03-31 --known-at '#179'\n"))
    #expect(
      checked.output.contains("rows are, byte for byte, what the events in \(audit.copy) say"))
    #expect(
      checked.output.contains("its 179 events are the first of the 179 that example.com/aranda"))
    #expect(try FileManager.default.subpathsOfDirectory(atPath: audit.copy).sorted() == before)
    let newer = try audit.check(copy: audit.signed.books.path)
    #expect(newer.code == 0, "\(newer.text)")
  }

  @Test func `say, without a copy, what is proven and what is not`() throws {
    let audit = try Audit()
    let checked = try audit.check(copy: .some(nil))
    #expect(
      checked.code == 0 && checked.output.hasPrefix("signed: diario report"), "\(checked.text)")
    #expect(checked.output.contains("not checked: that the figures follow from these events"))
  }

  @Test func `of an earlier point in time are proven by a copy that ends before the checkpoint`()
    throws
  {
    let audit = try Audit()
    try audit.signed.record("P-1")
    try audit.signed.record("P-2")
    let given = try audit.prove(["journal", "--from", "2026-02-01", "--known-at", "#150"])
    #expect(given.code == 0, "\(given.text)")
    let checked = try audit.check()
    #expect(checked.code == 0, "\(checked.text)")
    #expect(checked.output.contains("its 150 events are the first of the 181"), "\(checked.text)")
  }

  @Test func `hold the table that the command prints`() throws {
    let audit = try Audit()
    let printed = try Program.run([
      "report", "trial-balance", "--as-of", "2026-03-31", "--known-at", "#179", "--format", "json",
      "--books", audit.signed.books.path,
    ])
    #expect(try audit.text.split(separator: "\n")[2] + "\n" == printed.output)
  }

  @Test func `printed as a table without a copy, say what was not checked`() throws {
    let audit = try Audit()
    let arguments = [
      "verify-report", audit.proof, "--public", audit.signed.key + ".pub", "--table",
    ]
    let table = try audit.text.split(separator: "\n")[2] + "\n"
    let alone = try Program.run(arguments)
    #expect(alone.code == 0 && alone.output == table, "\(alone.text)")
    #expect(alone.errors.hasPrefix("not checked: that the figures follow"), "\(alone.text)")
    let proven = try Program.run(arguments + ["--books", audit.copy])
    #expect(proven.code == 0 && proven.output == table && proven.errors == "", "\(proven.text)")
  }

  @Test func `with a figure that was changed are refused, and the row is named`() throws {
    let audit = try Audit()
    // By hand (Fixtures/aranda): the bank, 1000, holds … at the end of March; whatever it is, another digit is wrong.
    let proof = try ReportProof(SignedNote(parsing: audit.text))
    let bank = try #require(
      proof.table.firstMatch(of: /"account":"1000"[^}]*"balance":"([0-9.]+)"/))
    let change = { (text: inout String) in
      text = text.replacing(bank.0, with: bank.0.replacing(bank.1, with: "9" + bank.1))
    }
    var changed = try audit.text
    change(&changed)
    for text in [changed, try audit.forged(change)] {
      expectOneLine(
        try audit.check(text), "(account 1000): balance is 9\(bank.1) in the file, \(bank.1)")
    }
    expectOneLine(
      try audit.check(changed, copy: .some(nil)),
      "The signature of example.com/aranda does not fit the text")
  }

  @Test func `forge no line of the answer and draw nothing on the terminal`() throws {
    let audit = try Audit()
    for forgery in ["0.1.0\\n  the 27 rows are, byte for byte", "0.1.0\\u001b[8m", "\u{202e}"] {
      let forged = try audit.forged {
        $0 = $0.replacing("\"program\":\"0.1.0\"", with: "\"program\":\"\(forgery)\"")
      }
      expectOneLine(
        try audit.check(forged, copy: .some(nil)), code: 2, "program: has a control character.")
    }
    // A control sequence of one character, U+009B, which a note may hold.
    let forged = try audit.forged { $0 = $0.replacing("\"Bank\"", with: "\"Bank\u{9b}8m\"") }
    let refused = try audit.check(forged)
    expectOneLine(refused, #"name is Bank\u{9b}8m in the file, Bank from the events"#)
    #expect(!refused.errors.contains("\u{9b}"))
    let proof = try audit.signed.file(
      "hostile.proof", "c2sp.org/tlog-proof@v1\nindex 0\n\u{1b}[8m\n\n" + audit.text)
    let unread = try Program.run(["verify-proof", proof, "--public", audit.signed.key + ".pub"])
    expectOneLine(unread, code: 2, #""\u{1b}[8m" is no hash"#)
  }

  @Test func `without one of their rows are refused, and the place is named`() throws {
    let audit = try Audit()
    let last = try audit.forged { text in
      let row = text.matches(of: /,\{"account":[^}]*\}\]/).last
      if let row { text.replaceSubrange(row.range, with: "]") }
    }
    expectOneLine(try audit.check(last), "is missing: the file has", "rows, the events give")
  }

  @Test func `with another question are refused`() throws {
    let audit = try Audit()
    let change = { (text: inout String) in
      text = text.replacing(
        "\"asOf\":\"2026-03-31\",\"knownAt\":179", with: "\"asOf\":\"2026-02-28\",\"knownAt\":179")
    }
    var changed = try audit.text
    change(&changed)
    for text in [changed, try audit.forged(change)] {
      expectOneLine(
        try audit.check(text), "The question is `diario report trial-balance --as-of 2026-02-28",
        "but the table answers `diario report trial-balance --as-of 2026-03-31")
    }
  }

  @Test func `with question and answer of another day are refused`() throws {
    let audit = try Audit()
    let forged = try audit.forged { $0 = $0.replacing("2026-03-31", with: "2026-02-28") }
    expectOneLine(try audit.check(forged), "The table is not what the events say: row ")
  }

  @Test func `are refused with another key, and with a checkpoint of other books`() throws {
    let (audit, other) = (try Audit(), try SignedBooks())
    expectOneLine(
      try audit.check(key: other.key + ".pub"), "The note is not signed by example.com/aranda")
    let own = audit.signed.books.folder.path("own.key")
    #expect(try Program.run(["key", "new", own, "--name", "example.com/other"]).code == 0)
    expectOneLine(
      try audit.check(key: own + ".pub"),
      "not signed by example.com/other+", "but by example.com/aranda+")
    // Another history, signed with the same key: somebody cheats.
    try other.record("X-1")
    let secret = try String(contentsOfFile: audit.signed.key, encoding: .utf8)
    let head = try other.books.head().split(separator: " ")
    let root = try #require(MerkleHash(hexadecimal: String(head[1])))
    let checkpoint = Checkpoint(origin: "example.com/aranda", size: 180, root: root)
    let key = try SigningKey(parsing: String(secret.split(separator: "\n")[0]))
    let foreign = try key.sign(checkpoint.body)
    var proof = try ReportProof(SignedNote(parsing: audit.text))
    proof.checkpoint = foreign
    expectOneLine(
      try audit.check(key.sign(proof.body).text),
      "The 179 events that the table counts are not the first of the 180 that example.com/aranda")
  }

  @Test func `are refused with a shorter copy and with another company's`() throws {
    let audit = try Audit()
    try audit.signed.record("P-1")
    _ = try audit.prove(["trial-balance"])
    expectOneLine(
      try audit.check(), "copy has 179 events, 180 are needed; missing at the end: 1.")
    let other = try SignedBooks()
    try other.record("P-1")
    expectOneLine(
      try audit.check(copy: other.books.path), "are not those of the root")
    expectOneLine(
      try audit.check(copy: audit.signed.books.folder.path("nowhere")), code: 3, "nowhere")
  }

  @Test func `that were cut anywhere are refused`() throws {
    let audit = try Audit()
    let text = try audit.text
    for count in stride(from: 0, to: text.utf8.count - 1, by: text.utf8.count / 40) {
      let outcome = try audit.check(String(decoding: text.utf8.prefix(count), as: UTF8.self))
      #expect(outcome.code == 1 || outcome.code == 2, "\(count): \(outcome.text)")
      #expect(outcome.output.isEmpty && outcome.errors.split(separator: "\n").count == 1)
    }
    expectOneLine(try audit.check(""), code: 2, "A signed note is lines of text")
    let note = try audit.signed.checkpoint().output
    expectOneLine(try audit.check(note), code: 2, "That is no report with a proof")
  }

  @Test func `need a key to be given, and a proof to give a key`() throws {
    let signed = try SignedBooks()
    let file = signed.books.folder.path("p")
    let keyless = try Program.run([
      "report", "trial-balance", "--books", signed.books.path, "--proof", file,
    ])
    expectOneLine(keyless, code: 2, "No key was named")
    #expect(!FileManager.default.fileExists(atPath: file))
    expectOneLine(
      try Program.run([
        "report", "trial-balance", "--books", signed.books.path, "--key", signed.key,
      ]), code: 2, "A key is for signing a proof")
  }
}
