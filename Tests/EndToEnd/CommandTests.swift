// Why: the commands that look after books: what they say of good books, and what of books that were tampered with.

import EventLog
import Events
import Foundation
import LMDB
import Testing
import Wire

@Suite struct CommandTests {
  @Test(arguments: [[], ["--quick"]])
  func `verify finds good books sound`(options: [String]) throws {
    let books = try Copy(of: Template.aranda)
    let outcome = try Program.run(["verify", "--books", books.path] + options)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("sound: 179 of 179 records"), "\(outcome.output)")
    #expect(outcome.output.contains(try books.head().split(separator: " ")[1]))
    #expect(outcome.errors == "")
  }

  @Test func `verify finds a record that was changed together with its checksum`() throws {
    let books = try Copy(of: Template.aranda)
    try change(books, "blocks") { block in
      // The value of the last move of the first block that has one: the record's bytes end with the body.
      block[block.count - 9] ^= 1
    }
    let outcome = try Program.run(["verify", "--books", books.path])
    #expect(outcome.errors.contains("the head says"), "\(outcome.errors)")
    #expect(outcome.errors.contains("Restore a backup"), "\(outcome.errors)")
    #expect(outcome.errors.contains("The log is damaged."), "\(outcome.errors)")
    #expect(outcome.code == 3)
  }

  @Test func `verify finds a name and a key that do not say what the records say`() throws {
    for table in ["names", "ids", "keys"] {
      let books = try Copy(of: Template.aranda)
      try change(books, table) { row in row[0] ^= 1 }
      let outcome = try Program.run(["verify", "--books", books.path])
      #expect(outcome.code == 3, "\(table): \(outcome.text)")
      #expect(outcome.errors.contains("does not have"), "\(table): \(outcome.errors)")
    }
  }

  @Test func `every byte of the file that is flipped is found or of no consequence`() throws {
    let original = try Copy(of: Template.aranda)
    let before = try original.head()
    var random = Seeded(7)
    let file = URL(filePath: original.path + "/log/data.mdb")
    let bytes = try Data(contentsOf: file)
    for _ in 0..<40 {
      var damaged = bytes
      let index = Int.random(in: 0..<bytes.count, using: &random)
      damaged[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      try damaged.write(to: file)
      let outcome = try Program.run(["verify", "--books", original.path])
      let isFound = outcome.code == 3
      let isOfNoConsequence = outcome.code == 0 && (try? original.head()) == before
      #expect(
        isFound || isOfNoConsequence, "seed 7, byte \(index): \(outcome.code) \(outcome.text)")
    }
  }

  @Test func `replay adds up to the trial balance worked by hand`() throws {
    let books = try Copy(of: Template.aranda)
    // What was known at line 120 has no day behind it but these.
    let rows = try Expected.rows("trial-balance").first {
      $0.key.line == 120 && $0.key.asOf >= "2026-03-31"
    }
    let outcome = try Program.run(["replay", "--books", books.path])
    #expect(outcome.code == 0)
    #expect(outcome.output.hasPrefix("size  179\nroot  "))
    var balances: [String: String] = [:]
    for line in outcome.output.split(separator: "\n").dropFirst(2) {
      let cells = line.split(separator: " ")
      balances[String(cells[0])] = String(cells[1])
    }
    for row in try #require(rows).value where row["balance"] != "0.00" {
      #expect(balances[row["account"] ?? ""] == row["balance"], "\(row)")
    }
  }

  @Test func `today's rules decide every event of the fixture as it was decided`() throws {
    let books = try Copy(of: Template.aranda)
    let outcome = try Program.run(["replay", "--with-rules", "--books", books.path])
    #expect(outcome.errors == "179 events decided again, 0 would differ\n", "\(outcome.text)")
    #expect(outcome.output == "")
    #expect(outcome.code == 0)
  }

  @Test func `status says how far the books go`() throws {
    let books = try Copy(of: Template.aranda)
    let outcome = try Program.run(["status", "--books", books.path])
    #expect(outcome.code == 0)
    for text in ["Ferretería Aranda", "179", "through 2026-03-31", "accounts/1", "log/"] {
      #expect(outcome.output.contains(text), "\(outcome.output)")
    }
  }

  @Test func `status says who reads the books`() throws {
    let books = try Copy(of: Template.aranda)
    let environment = try Environment(path: books.path + "/log", tables: [], mode: .readOnly)
    let outcome = try environment.read { (_) throws(StoreError) in
      Result { try Program.run(["status", "--books", books.path]) }
    }
    let output = try outcome.get().output
    #expect(output.contains("process \(getpid()) ("), "\(output)")
    #expect(output.contains(" reads, 0 transactions behind"), "\(output)")
  }

  @Test func `rebuild names what it cannot build`() throws {
    let books = try Copy(of: Template.aranda)
    #expect(try Program.run(["rebuild", "--books", books.path]).code == 0)
    let outcome = try Program.run(["rebuild", "nonesuch", "--books", books.path])
    #expect(outcome.errors.contains("accounts"), "\(outcome.errors)")
    #expect(outcome.code == 2)
  }

  @Test func `schema prints what the library has`() throws {
    #expect(try Program.run(["schema", "--proto"]).output == Schema.proto())
    #expect(try Program.run(["schema", "--json"]).output == Schema.json() + "\n")
    #expect(try Program.run(["schema", "--markdown"]).output == Schema.markdown() + "\n")
    let list = try Program.run(["schema"]).output
    for event in Catalogue.all { #expect(list.contains(event.kind.name)) }
  }

  @Test(arguments: [
    "init", "record", "log", "show", "report", "reports", "diff", "explain", "replay", "rebuild",
    "status", "verify",
    "schema",
    "export hledger", "key new", "key show", "checkpoint", "prove inclusion", "prove consistency",
    "verify-proof", "witness", "export-tiles",
  ])
  func `every command has help with examples`(command: String) throws {
    let outcome = try Program.run(command.split(separator: " ").map(String.init) + ["--help"])
    #expect(outcome.output.contains("EXAMPLES\n"), "\(outcome.text)")
    #expect(outcome.code == 0)
  }

  @Test func `a code that would turn a line round is shown as what it is`() throws {
    let books = try Copy(of: Template.aranda)
    let code = "A\u{202e}B"
    let line =
      #"{"event":"customer.registered","on":"2026-04-20","customer":"\#(code)","name":"Ana"}"#
    let recorded = try books.record(Data(line.utf8))
    #expect(recorded.code == 0, "\(recorded.text)")
    for words in [["log", "--from", "180"], ["person", code]] {
      let outcome = try Program.run(words + ["--books", books.path])
      #expect(
        outcome.output.contains(#"A\u{202e}B"#) && !outcome.output.contains("\u{202e}"),
        "\(outcome.text)")
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `completions are printed for each shell`(shell: String) throws {
    let outcome = try Program.run(["--generate-completion-script", shell])
    #expect(outcome.output.contains("record"))
    #expect(outcome.code == 0)
  }

  /// Changes the first value of a table as LMDB stores it, checksum included where there is one.
  private func change(
    _ books: Copy, _ name: String, _ body: (inout [UInt8]) -> Void
  ) throws {
    let environment = try Environment(path: books.path + "/log", tables: [name])
    let table = try environment.table(name)
    var (key, value): ([UInt8], [UInt8]) = ([], [])
    try environment.read { (txn) throws(StoreError) in
      var cursor = try txn.cursor(over: table)
      guard let entry = try cursor.last() else { return }
      key = entry.key.bytes(0..<entry.key.byteCount)
      value = entry.value.bytes(0..<entry.value.byteCount)
    }
    body(&value)
    try environment.write { (txn) throws(StoreError) in try txn.put(key, value.raw, in: table) }
  }
}
