// Why: what is told about a master key is done: so nobody is told to lock up another file, and a place that cannot have one is wrong usage, not
// damage.

import Foundation
import Testing

@Suite struct `A master key at the command line` {
  @Test func `is not taken for one because of its name`() throws {
    let books = try people()
    let file = books.folder.path("checkpoint")
    try Data("example.com/aranda\n62\nabc=\n".utf8).write(to: URL(filePath: file))
    let large = books.folder.path("large")
    try Data(count: 100_000).write(to: URL(filePath: large))
    for place in [file, large, books.folder.url.path(), "/dev/zero"] {
      let into = try rotate(books, ["--into", place])
      #expect(into.code == 2 && into.errors.contains("holds no master key"), "\(into.text)")
      let named = try Program.run([
        "report", "customers", "--books", books.path, "--master-key", place,
      ])
      #expect(named.code == 3 && named.errors.contains("\(place) holds no master key"))
      #expect(!(into.errors + named.errors).contains("chmod"), "\(into.text)\(named.text)")
    }
    // A real one that others may read is to be kept from them.
    let key = books.path + "/keys/master.key"
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
    let open = try Program.run(["report", "customers", "--books", books.path])
    #expect(open.errors.contains("chmod 600 \(key)."), "\(open.text)")
  }

  @Test func `in a wrong place is wrong usage`() throws {
    let books = try people()
    let among = try rotate(books, ["--into", books.path + "/keys/x"])
    #expect(among.code == 2 && among.errors.contains("lies in keys/"), "\(among.text)")
    let file = books.folder.path("new.master")
    #expect(try rotate(books, ["--into", file]).code == 0)
    let same = try rotate(books, ["--into", file, "--master-key", file])
    #expect(same.code == 2 && same.errors.contains("is the master key already"), "\(same.text)")
    let outside = try rotate(books, ["--master-key", file])
    #expect(outside.code == 2 && outside.errors.contains("--into FILE"), "\(outside.text)")
  }

  private func people() throws -> Copy {
    let books = try Copy(of: Template.empty)
    let line = #"{"event":"customer.registered","on":"2026-02-01","customer":"C-1","name":"Ana"}"#
    #expect(try books.record(Data(line.utf8)).code == 0)
    return books
  }

  private func rotate(_ books: Copy, _ words: [String]) throws -> Program.Outcome {
    try Program.run(["master-key", "rotate", "--books", books.path] + words)
  }
}
