// Why: books that are not there, too new, damaged or on a full disk: one line that says what, where and what helps, and
// an exit code that a script can tell from a refusal.

import EventLog
import Foundation
import LMDB
import Testing
import Wire

/// A command that cannot be carried out.
struct BadCommand: Sendable, CustomTestStringConvertible {
  var situation: String
  var says: [String]
  var code: Int32
  /// BOOKS stands for the books, EMPTY for an empty directory.
  var arguments: [String]

  init(_ situation: String, _ arguments: [String], _ says: [String], _ code: Int32) {
    self.situation = situation
    self.arguments = arguments
    self.says = says
    self.code = code
  }

  var testDescription: String { situation }

  static let all = [
    BadCommand(
      "a directory that holds no books", ["log", "--books", "EMPTY"],
      ["There are no books in EMPTY.", "diario init"], 3),
    BadCommand(
      "recording into a directory that holds no books",
      ["record", "--books", "EMPTY", "/dev/null"],
      ["There are no books in EMPTY.", "diario init"], 3),
    BadCommand(
      "a directory that is not there", ["log", "--books", "EMPTY/none"],
      ["There are no books in EMPTY/none.", "diario init"], 3),
    BadCommand(
      "books where there are books", ["init", "BOOKS"], ["already", "another directory"], 1),
    BadCommand(
      "an empty file", ["record", "--books", "BOOKS", "/dev/null"], ["/dev/null holds no events"], 2
    ),
    BadCommand(
      "empty standard input", ["record", "--books", "BOOKS"], ["Standard input holds no events"], 2),
    BadCommand(
      "a file that is not there", ["record", "--books", "BOOKS", "EMPTY/none.jsonl"],
      ["none.jsonl cannot be read", "Check the name"], 2),
    BadCommand(
      "a directory for a file", ["record", "--books", "BOOKS", "EMPTY"],
      ["cannot be read", "Is a directory"], 2),
    BadCommand(
      "no such chart", ["init", "EMPTY/new", "--chart", "x"],
      ["chart \"x\"", "one of: generic, pgc."], 2),
    BadCommand(
      "no such time zone", ["init", "EMPTY/new", "--time-zone", "Mars/Base"],
      ["time zone Mars/Base is not known", "Europe/Madrid"], 2),
    BadCommand(
      "a key that is not there", ["checkpoint", "--books", "BOOKS", "--key", "EMPTY/none.key"],
      ["none.key: No such file or directory"], 2),
    BadCommand(
      "nothing to salvage", ["salvage", "EMPTY/none", "EMPTY/new"],
      ["There is no EMPTY/none/log/data.mdb", "Name the directory"], 3),
    BadCommand(
      "salvage into the damaged books", ["salvage", "BOOKS", "BOOKS/a/b"],
      ["is inside the books", "elsewhere"], 1),
    BadCommand(
      "no such currency", ["init", "EMPTY/new", "--currency", "XXQ"], ["XXQ"], 1),
    BadCommand(
      "positions the wrong way round", ["log", "--books", "BOOKS", "--from", "5", "--to", "2"],
      ["--from 5", "--to 2"], 2),
    BadCommand("no directory at all", ["log", "--books", ""], ["--books", "not set"], 2),
    BadCommand("books of nobody", ["init", "EMPTY/new", "--name", ""], ["--name"], 2),
    BadCommand("no such event", ["show", "--books", "BOOKS", "9999"], ["9999", "the last is"], 2),
    BadCommand("no such code", ["log", "--books", "BOOKS", "--about", "ZZ"], ["ZZ"], 2),
    BadCommand("no such kind", ["log", "--books", "BOOKS", "--kind", "zz"], ["zz", "schema"], 2),
    BadCommand(
      "no such report", ["report", "--books", "BOOKS", "zz"], ["zz", "trial-balance"], 2),
    BadCommand(
      "a report about one, of none", ["report", "--books", "BOOKS", "statement"],
      ["customer", "code"], 2),
    BadCommand(
      "a report about nobody", ["report", "--books", "BOOKS", "statement", "C-99"], ["C-99"], 2),
    BadCommand(
      "a report in no format", ["report", "--books", "BOOKS", "checks", "--format", "xml"],
      ["xml", "text, csv or json"], 2),
    BadCommand(
      "a position that is not there yet",
      ["report", "--books", "BOOKS", "checks", "--known-at", "#9999"], ["9999", "0 to 179"], 2),
    BadCommand(
      "no point in time", ["report", "--books", "BOOKS", "checks", "--known-at", "soon"],
      ["\"soon\"", "#812"], 2),
    BadCommand(
      "no day", ["report", "--books", "BOOKS", "checks", "--as-of", "2026-02-30"],
      ["--as-of: \"2026-02-30\" is not a day"], 2),
    BadCommand(
      "a period that ends before it begins",
      [
        "report", "--books", "BOOKS", "income-statement", "--from", "2026-05-08", "--as-of",
        "2026-05-01",
      ], ["2026-05-08, lies after the last, 2026-05-01"], 2),
    BadCommand(
      "no such role",
      ["report", "--books", "BOOKS", "statement", "C-17", "--role", "employee"],
      ["about no employee", "customer, supplier"], 2),
    BadCommand(
      "a row that no event explains",
      ["explain", "--books", "BOOKS", "checks", "debits = credits"],
      ["rests on all of the books"], 2),
    BadCommand(
      "a difference between nothing", ["diff", "--books", "BOOKS", "trial-balance"],
      ["--between"], 2),
    BadCommand(
      "a row that is not there", ["explain", "--books", "BOOKS", "trial-balance", "zz"],
      ["no row zz", "account"], 2),
    BadCommand(
      "a moment outside of the calendar",
      [
        "init", "EMPTY/new", "--at", "0001-01-01T00:00:00Z", "--time-zone", "America/New_York",
      ], ["outside of the years 1 to 9999"], 2),
    BadCommand(
      "books inside of books", ["init", "BOOKS/inner"], ["inner is inside the books BOOKS"], 1),
    BadCommand(
      "a master key beside the data", ["init", "EMPTY/new", "--master-key", "BOOKS/log/k"],
      ["k is beside the data of the books"], 1),
    BadCommand(
      "a master key beside the data that is to be made",
      ["init", "EMPTY/new", "--master-key", "EMPTY/new/log/k"],
      ["k is beside the data of the books EMPTY/new"], 1),
    BadCommand(
      "a new master key beside the data",
      ["master-key", "rotate", "--books", "BOOKS", "--into", "BOOKS/views/k"],
      ["k is beside the data of the books"], 1),
    BadCommand("no such command", ["frobnicate"], ["frobnicate", "--help"], 2),
    BadCommand("no such option", ["log", "--frob"], ["--frob", "--help"], 2),
  ]
}

@Suite struct BadPlacesTests {
  @Test(arguments: BadCommand.all)
  func `a command that cannot be done says why`(bad: BadCommand) throws {
    let books = try Copy(of: Template.aranda)
    let empty = try Folder()
    let before = try books.head()
    func named(_ text: String) -> String {
      text.replacing("BOOKS", with: books.path).replacing("EMPTY", with: empty.url.path())
    }
    let outcome = try Program.run(bad.arguments.map(named))
    for text in bad.says { #expect(outcome.errors.contains(named(text)), "\(outcome.text)") }
    #expect(outcome.output == "")
    #expect(outcome.code == bad.code, "\(outcome.text)")
    #expect(try books.head() == before)
  }

  /// What a script runs when a variable in it is not set, and the argument that is then named.
  @Test(arguments: [
    (["export-tiles", "", "--books", "B"], "<directory>"), (["init", ""], "<directory>"),
    (["salvage", "", "y"], "<damaged>"), (["salvage", "x", ""], "<new>"),
    (["salvage", "x", "y", "--checkpoint", ""], "--checkpoint"), (["backup", ""], "<backup>"),
    (["backup", "--check", ""], "<backup>"),
    (["backup", "--check", "x", "--public", ""], "--public"),
    (["restore", "", "y"], "<backup>"), (["restore", "x", ""], "<directory>"),
    (["checkpoint", "--key", ""], "--key"), (["key", "new", ""], "<file>"),
    (["status", "--books", ""], "--books"), (["record", ""], "<file>"),
    (["person", "C-17", "--master-key", ""], "--master-key"),
    (["master-key", "rotate", "--into", ""], "--into"), (["verify", "--against", ""], "--against"),
    (["report", "checks", "--proof", ""], "--proof"),
    (["verify-proof", "", "--public", "x"], "<file>"),
    (["verify-proof", "x", "--public", ""], "--public"),
    (["verify-report", "x", "--public", "x", "--books", ""], "--books"),
    (["witness", "x", "--public", "x", "--memory", ""], "--memory"),
  ])
  func `an empty name is no place`(arguments: [String], name: String) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.code == 2 && outcome.output == "", "\(outcome.text)")
    #expect(outcome.errors.contains("'\(name)"), "\(outcome.text)")
    #expect(outcome.errors.contains("If a shell variable stands there, it is not set"))
  }

  /// What may stand in the place of a file, and what is said of it.
  @Test(arguments: [
    ("log/data.mdb", "mkdir", "log/data.mdb is no file", ["status"]),
    ("log/data.mdb", "mkfifo", "log/data.mdb is no file", ["status"]),
    ("writer.lock", "mkdir", "a directory in the place of the file", ["record", "/dev/null"]),
    ("views", "touch", "a file in the place of a directory", ["report", "trial-balance"]),
  ])
  func `what is no file of books is not taken for one`(
    name: String, command: String, says: String, arguments: [String]
  ) throws {
    let books = try Copy(of: Template.aranda)
    let place = books.path + "/" + name
    try? FileManager.default.removeItem(atPath: place)
    #expect(
      try Program.run(URL(filePath: "/usr/bin/env"), [command, place]).code == 0)
    let outcome = try Program.run(arguments + ["--books", books.path])
    #expect(outcome.code == 3 && outcome.errors.contains(says), "\(outcome.text)")
  }

  @Test func `a variable that is empty names nothing, and a directory has its own name`() throws {
    let books = try Copy(of: Template.aranda)
    let env = URL(filePath: "/usr/bin/env")
    let program = Program.url.path()
    let there = ["-C", books.folder.url.path(), "DIARIO_BOOKS=", program, "log", "--to", "1"]
    let outcome = try Program.run(env, there)
    #expect(outcome.code == 0 && outcome.output.hasPrefix("#1 "), "\(outcome.text)")
    let folder = try Folder()
    let made = try Program.run(env, ["-C", folder.url.path(), program, "init", "."])
    #expect(made.errors.contains(": \(folder.url.lastPathComponent), EUR"), "\(made.text)")
  }

  @Test func `new books do not take the place of books whose log is lost`() throws {
    let books = try Copy(of: Template.aranda)
    let log = books.path + "/log/data.mdb"
    try Data().write(to: URL(filePath: log))
    for _ in 0..<2 {
      let outcome = try Program.run(["init", books.path])
      #expect(outcome.code == 1 && outcome.errors.contains("their log is lost"), "\(outcome.text)")
      try? FileManager.default.removeItem(atPath: log)
    }
  }

  @Test func `a damaged log is restored or salvaged, and never deleted`() throws {
    let books = try Copy(of: Template.aranda)
    let file = try FileHandle(forUpdating: URL(filePath: books.path + "/log/data.mdb"))
    try file.write(contentsOf: Data(count: 4_096))
    for command in ["verify", "status"] {
      let outcome = try Program.run([command, "--books", books.path])
      #expect(outcome.code == 3 && outcome.text.contains("diario salvage"), "\(outcome.text)")
      #expect(!outcome.text.contains("delete it"), "\(outcome.text)")
    }
  }

  @Test func `a name that is no text is not taken for another one`() throws {
    let books = try Copy(of: Template.aranda)
    let outcome = try Program.run(
      URL(filePath: "/bin/bash"),
      ["-c", #"exec "$0" init "$1"$'/bad\xff'"#, Program.url.path(), books.folder.url.path()])
    #expect(outcome.code == 2 && outcome.errors.contains("no text in UTF-8"), "\(outcome.text)")
  }

  @Test func `what stands when the disk is full is said, and where to go on`() throws {
    guard let disk = try SmallDisk(kilobytes: 2_500) else { return }
    let books = try Copy(of: Template.aranda)
    let path = disk.place("books").path()
    try FileManager.default.copyItem(atPath: books.path, toPath: path)
    let lines = Stream.lines(20_000, prefix: "T")
    let outcome = try Program.run(
      ["record", "--quiet", "--books", path], input: Data(lines.joined(separator: "\n").utf8))
    #expect(outcome.code == 1, "\(outcome.text)")
    let words = outcome.errors.split { " :,.".contains($0) }
    let next = try #require(words.firstIndex(of: "From").flatMap { Int(words[$0 + 2]) })
    #expect(
      outcome.errors.contains("Up to line \(next - 1): \(next - 1) recorded, 0 refused. From line"),
      "\(outcome.text)")
    let status = try Program.run(["status", "--books", path])
    #expect(next > 1 && status.output.contains("\(179 + next - 1) events"), "\(status.text)")
  }

  @Test func `books of a newer format are left alone`() throws {
    let books = try Copy(of: Template.aranda)
    try patchHead(books.path) { $0[0] = 99 }
    for arguments in [["log"], ["record", "/dev/null"], ["show", "1"]] {
      let outcome = try Program.run(arguments + ["--books", books.path])
      #expect(
        outcome.errors.contains("format 99; this program knows up to \(LMDBLog.formatVersion)."),
        "\(outcome.text)")
      #expect(outcome.errors.contains("Use a newer program"))
      #expect(outcome.code == 3)
    }
    try patchHead(books.path) { bytes in
      #expect(bytes[0] == 99)
      bytes[0] = 1
    }
    #expect(try books.head() == Copy(of: Template.aranda).head())
  }

  @Test func `books of a newer format that says it can be read are read, and not recorded in`()
    throws
  {
    let books = try Copy(of: Template.aranda)
    let report = ["report", "trial-balance", "--as-of", "2026-03-31", "--books", books.path]
    let before = try Program.run(report).output
    try patchHead(books.path) { ($0[0], $0[4]) = (99, UInt8(LMDBLog.formatVersion)) }
    #expect(try Program.run(report).output == before && before.contains("1000"))
    let found = try Program.run(["verify", "--books", books.path])
    #expect(found.code == 0, "\(found.text)")
    for arguments in [
      ["record", "/dev/null"], ["erase", "C-1", "--reason", "asked", "--by", "ana"],
      ["master-key", "rotate"],
    ] {
      let outcome = try Program.run(arguments + ["--books", books.path])
      #expect(outcome.errors.contains("can read them but not write"), "\(outcome.text)")
      #expect(outcome.code == 3)
    }
    #expect(try Program.run(report).output == before)
  }

  @Test func `a file that was cut off is noticed before it is read`() throws {
    let books = try Copy(of: Template.aranda)
    let file = try FileHandle(forUpdating: URL(filePath: books.path + "/log/data.mdb"))
    let size = try file.seekToEnd()
    try file.truncate(atOffset: size / 2)
    let outcome = try Program.run(["log", "--books", books.path])
    #expect(outcome.errors.contains("backup"), "\(outcome.text)")
    #expect(outcome.code == 3)
  }

  /// Changes the bytes of the head's row under the log's checksums.
  private func patchHead(_ books: String, _ change: (inout [UInt8]) -> Void) throws {
    let environment = try Environment(path: books + "/log", tables: ["head"])
    let table = try environment.table("head")
    var bytes = try environment.read { (txn) throws(StoreError) in
      let row = try txn.get("head", in: table)
      return row?.bytes(0..<(row?.byteCount ?? 0)) ?? []
    }
    change(&bytes)
    try environment.write { (txn) throws(StoreError) in
      try txn.put("head", bytes.raw, in: table)
    }
  }

  @Test func `a disk that is full refuses, and loses nothing`() throws {
    guard let disk = try SmallDisk(kilobytes: 512) else { return }
    let template = try Template.aranda.get().url.appending(path: "books")
    try expectNoSpaceBeside(try SignedBooks(), disk.place("small"))
    let books = disk.place("books").path()
    try FileManager.default.copyItem(atPath: template.path(), toPath: books)
    try expectNoSpace(books) { input in
      try Program.run(["record", "--quiet", "--books", books], input: input)
    }
    try expectReadable(books, on: disk)
  }

  /// On a full disk books are read although the tables of readers are gone, as in a copy without them; and recording in them says why it cannot.
  private func expectReadable(_ books: String, on disk: SmallDisk) throws {
    let report = ["report", "trial-balance", "--as-of", "2026-03-31", "--books", books]
    let before = try Program.run(report).output
    let tables = try FileManager.default.subpathsOfDirectory(atPath: books)
      .filter { $0.hasSuffix("lock.mdb") }
    for table in tables { try FileManager.default.removeItem(atPath: "\(books)/\(table)") }
    try disk.fill()
    let after = try Program.run(report)
    #expect(tables.count > 1 && after.code == 0 && after.output == before, "\(after.text)")
    let sound = try Program.run(["verify", "--books", books])
    #expect(sound.code == 0, "\(sound.text)")
    let refused = try Program.run(["record", "--quiet", "--books", books], input: Data("{}".utf8))
    #expect(refused.errors.lowercased().contains("no space left"), "\(refused.text)")
    #expect(refused.code == 1)
  }

  /// What is written beside books says that there is no space, and leaves nothing that could be taken for whole.
  private func expectNoSpaceBeside(_ signed: SignedBooks, _ folder: URL) throws {
    let lines = Stream.lines(2_000, prefix: "beside", textLength: 300)
    _ = try signed.books.record(Data(lines.joined(separator: "\n").utf8), ["--quiet"])
    let backup = signed.books.folder.path("backup")
    #expect(try Program.run(["backup", backup, "--books", signed.books.path]).code == 0)
    let (books, key) = (["--books", signed.books.path], ["--key", signed.key])
    _ = try signed.checkpoint()
    for arguments in [
      ["backup", folder.path()] + books, ["restore", backup, folder.path()],
      ["export-tiles", folder.path(), "--entries"] + books + key,
      ["report", "journal", "--proof", folder.path()] + books + key,
    ] {
      let outcome = try Program.run(arguments)
      #expect(outcome.errors.lowercased().contains("no space left"), "\(outcome.text)")
      #expect(outcome.errors.contains("try again"), "\(outcome.text)")
      #expect(outcome.code == 1, "\(arguments[0]): \(outcome.code)")
      let checked = try Program.run(["backup", "--check", folder.path()])
      let opened = try Program.run(["status", "--books", folder.path()])
      #expect(checked.code != 0 && opened.code == 3, "\(checked.text) \(opened.text)")
      try? FileManager.default.removeItem(at: folder)
    }
  }

  @Test func `a limit on the size of files refuses, and loses nothing`() throws {
    let copy = try Copy(of: Template.aranda)
    // ulimit counts blocks of 1,024 bytes.
    try expectNoSpace(copy.path) { input in
      try Program.run(
        URL(filePath: "/bin/bash"),
        [
          "-c", "ulimit -f 384; exec \"$0\" record --quiet --books \"$1\"", Program.url.path(),
          copy.path,
        ], input: input)
    }
  }

  /// Records more than fits, then checks that exactly what was acknowledged is there and the log is whole.
  private func expectNoSpace(
    _ books: String, _ record: (Data) throws -> Program.Outcome
  ) throws {
    let lines = Stream.lines(2_000, prefix: "full", textLength: 300)
    let outcome = try record(Data(lines.joined(separator: "\n").utf8))
    #expect(outcome.errors.contains("no space left"), "\(outcome.text)")
    #expect(outcome.errors.contains("Free some space and try again."), "\(outcome.text)")
    #expect(outcome.code == 1)
    let log = try Program.run(["log", "--books", books, "--format", "json"])
    #expect(log.code == 0, "\(log.errors)")
    let keys = log.output.split(separator: "\n").compactMap(Stream.key).filter {
      $0.hasPrefix("full-")
    }
    #expect(keys == Array(Stream.keys(2_000, prefix: "full").prefix(keys.count)))
  }
}
