// Why: whoever is given FILE.pub accepts what each line of it signs. So no line of another key is ever handed out, or left there beside a new one.

import Foundation
import Testing

@Suite struct `The public keys of a secret one` {
  @Test func `are worked out from it, one for each history that it signed`() throws {
    let signed = try SignedBooks()
    let restore = try signed.older()
    try signed.record("P-1")
    _ = try signed.checkpoint()
    try restore()
    #expect(try signed.begin().code == 0)
    let kept = try publicKeys(signed)
    let names = kept.split(separator: "\n").map { $0.prefix { $0 != "+" } }
    #expect(names == ["example.com/aranda", "example.com/aranda/2"])
    #expect(try show(signed.key).output == kept)
    // Lost, they are made again.
    try FileManager.default.removeItem(atPath: signed.key + ".pub")
    let lost = try show(signed.key)
    #expect(lost.code == 0 && lost.output == kept, "\(lost.text)")
    #expect(
      lost.errors
        == "\(signed.key).pub is missing. `diario key show \(signed.key) > \(signed.key).pub` makes it again.\n"
    )
    // The shell makes the file before the program is asked.
    try Data().write(to: URL(filePath: signed.key + ".pub"))
    let empty = try show(signed.key)
    #expect(empty.output == kept && empty.errors.isEmpty, "\(empty.text)")
    // So does the next checkpoint.
    #expect(try signed.checkpoint().code == 0)
    #expect(try publicKeys(signed) == kept)
  }

  @Test func `are refused when a line is another key's`() throws {
    let signed = try SignedBooks()
    let own = try publicKeys(signed)
    let other = try SignedBooks(name: "example.com/other")
    let foreign = try publicKeys(other)
    for text in [foreign, own + foreign, own + "garbage\n"] {
      try Data(text.utf8).write(to: URL(filePath: signed.key + ".pub"))
      let line = text.hasPrefix(own) ? 2 : 1
      for outcome in [try show(signed.key), try signed.checkpoint()] {
        #expect(outcome.code == 1 && outcome.output.isEmpty, "\(outcome.text)")
        #expect(
          outcome.errors.hasPrefix(
            "diario: Line \(line) of \(signed.key).pub is no public key of \(signed.key):"),
          "\(outcome.text)")
        #expect(outcome.errors.contains("`diario key show \(signed.key) > "))
      }
    }
    // Under this key's name, too.
    let renamed = foreign.replacing("example.com/other", with: "example.com/aranda")
    try Data(renamed.utf8).write(to: URL(filePath: signed.key + ".pub"))
    #expect(try show(signed.key).code == 1)
    try FileManager.default.removeItem(atPath: signed.key + ".pub")
    #expect(try show(signed.key).output == own)
  }

  @Test func `are one for a witness`() throws {
    let folder = try Folder()
    let file = folder.path("w.key")
    let made = try Program.run(["key", "new", file, "--witness", "--name", "w.example"])
    #expect(try show(file).output == made.output)
  }

  @Test func `are of no book that was named and cannot be read`() throws {
    let books = try Copy(of: Template.empty)
    let key = books.folder.path("a.key")
    let mistyped = try Program.run(["key", "new", key, "--name", "a.example", "--books", "/none"])
    #expect(mistyped.code == 3 && mistyped.errors.contains("/none"), "\(mistyped.text)")
    try Data("no log".utf8).write(to: URL(filePath: books.path + "/log/data.mdb"))
    for words in [["--books", books.path], []] {
      let damaged = try run(["key", "new", key, "--name", "a.example"] + words, books.path)
      #expect(damaged.code == 3 && !damaged.errors.isEmpty, "\(damaged.text)")
    }
    #expect(!FileManager.default.fileExists(atPath: key))
    // Those of the variable need not be there yet.
    let early = try run(["key", "new", key, "--name", "a.example"], books.folder.path("later"))
    #expect(early.code == 0, "\(early.text)")
  }

  private func show(_ key: String) throws -> Program.Outcome {
    try Program.run(["key", "show", key])
  }

  private func publicKeys(_ signed: SignedBooks) throws -> String {
    try String(contentsOfFile: signed.key + ".pub", encoding: .utf8)
  }

  /// Runs `diario` with $DIARIO_BOOKS.
  private func run(_ words: [String], _ books: String) throws -> Program.Outcome {
    try Program.run(
      URL(filePath: "/usr/bin/env"), ["DIARIO_BOOKS=\(books)", Program.url.path()] + words)
  }
}
