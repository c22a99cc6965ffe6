// Why: `verify` must come back with a report from every file, also from one that crashes what reads it, and be believed by scripts: so its exit
// codes and its words are tested as people meet them.

import EventLog
import Events
import Foundation
import Testing

@Suite struct VerifyTests {
  private static let env = URL(filePath: "/usr/bin/env")
  private static let hasCompiler = (try? Program.run(env, ["cc", "--version"]))?.code == 0

  /// Loaded before LMDB, it cuts the data file off while it is being read, at the fourth row, and so makes reading the row fault.
  private static let cut = """
    #define _GNU_SOURCE
    #include <dlfcn.h>
    #include <stdlib.h>
    #include <string.h>
    #include <unistd.h>
    struct value { size_t size; volatile char *data; };
    int mdb_cursor_get(void *cursor, struct value *key, struct value *value, int operation) {
      static int rows;
      int (*real)(void *, struct value *, struct value *, int) = dlsym(RTLD_NEXT, "mdb_cursor_get");
      int result = real(cursor, key, value, operation);
      if (result == 0 && value->size > 4096 && ++rows == 2) {
        if (truncate(getenv("CUT"), 8192)) abort();
        return value->data[4096];
      }
      return result;
    }
    """

  @Test(.enabled(if: hasCompiler, "needs a C compiler: install gcc or clang"))
  func `a crash of what reads the file is a report that names the page`() throws {
    let books = try Copy(of: Template.aranda)
    let (source, library) = (books.folder.path("cut.c"), books.folder.path("cut.so"))
    try Data(Self.cut.utf8).write(to: URL(filePath: source))
    let compiled = try Program.run(Self.env, ["cc", "-shared", "-fPIC", "-o", library, source])
    #expect(compiled.code == 0, "\(compiled.text)")
    let file = books.path + "/log/data.mdb"
    let outcome = try Program.run(
      Self.env,
      ["LD_PRELOAD=\(library)", "CUT=\(file)", Program.url.path(), "verify", "--books", books.path])
    #expect(outcome.code == 3, "\(outcome.code) \(outcome.text)")
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("crashed (SIGBUS) at page "), "\(outcome.errors)")
    #expect(outcome.errors.contains("log/data.mdb"), "\(outcome.errors)")
    #expect(outcome.errors.contains("events 1 to 179"), "\(outcome.errors)")
  }

  @Test func `every page of the log that is zeroed is named, or not in use`() throws {
    let books = try Copy(of: Template.aranda)
    let file = URL(filePath: books.path + "/log/data.mdb")
    let clean = try Data(contentsOf: file)
    let head = try books.head()
    var named = 0
    for page in 2..<clean.count / 4_096 {
      var damaged = clean
      damaged.replaceSubrange(page * 4_096..<(page + 1) * 4_096, with: Data(count: 4_096))
      try damaged.write(to: file)
      let outcome = try Program.run(["verify", "--books", books.path])
      if outcome.code == 0 {
        #expect(try books.head() == head)
        continue
      }
      #expect(outcome.code == 3, "page \(page): \(outcome.code) \(outcome.text)")
      #expect(!outcome.errors.contains("crashed"), "page \(page): \(outcome.text)")
      if outcome.errors.localizedCaseInsensitiveContains("page \(page) ") { named += 1 }
    }
    #expect(named > 10)
  }

  @Test(arguments: ["touch", "ln -s nowhere"])
  func `what stands in the place of the summaries is told`(command: String) throws {
    let books = try Copy(of: Template.aranda)
    let views = books.path + "/views"
    try FileManager.default.removeItem(atPath: views)
    let words = command.split(separator: " ").map(String.init) + [views]
    #expect(try Program.run(URL(filePath: "/usr/bin/env"), words).code == 0)
    for depth in [["--quick"], []] {
      let outcome = try Program.run(["verify", "--books", books.path] + depth)
      #expect(
        outcome.code == 3 && outcome.text.contains("\(views) is no directory"), "\(outcome.text)")
    }
  }

  @Test func `deciding again makes no summaries`() throws {
    let books = try Copy(of: Template.aranda)
    try FileManager.default.removeItem(atPath: books.path + "/views")
    let before = try FileManager.default.subpathsOfDirectory(atPath: books.path).sorted()
    let outcome = try Program.run(["verify", "--deep", "--books", books.path])
    #expect(outcome.code == 0, "\(outcome.text)")
    #expect(try FileManager.default.subpathsOfDirectory(atPath: books.path).sorted() == before)
  }

  @Test func `a page that crashes LMDB ends a command with words, not with registers`() throws {
    let books = try Copy(of: Template.aranda)
    let file = URL(filePath: books.path + "/log/data.mdb")
    var bytes = try Data(contentsOf: file)
    // The first node of every leaf lies outside of its page (MDB_page.mp_ptrs), but for those of the table of tables, which opening reads.
    for page in 2..<bytes.count / 4_096 where bytes[page * 4_096 + 10] == 2 {
      let start = page * 4_096
      if bytes[start..<start + 4_096].range(of: Data("blocks".utf8)) != nil { continue }
      bytes[start + 17] = 0xf0
    }
    try bytes.write(to: file)
    let outcome = try Program.run(["log", "--books", books.path])
    #expect(outcome.code == 3, "\(outcome.code) \(outcome.text)")
    #expect(outcome.errors.contains("Run `diario verify`"), "\(outcome.text)")
    #expect(!outcome.errors.contains("Backtrac"), "\(outcome.text)")
  }

  @Test func `a damaged block says which events and names depend on it`() throws {
    let books = try Copy(of: Template.aranda)
    let file = URL(filePath: books.path + "/log/data.mdb")
    var bytes = try Data(contentsOf: file)
    // What is searched for may also stand on pages that were freed: the name of a product, in its event.
    var start = bytes.startIndex
    while let range = bytes.range(of: Data("Tornillo".utf8), in: start..<bytes.endIndex) {
      bytes[range.lowerBound] ^= 1
      start = range.upperBound
    }
    try bytes.write(to: file)
    let outcome = try Program.run(["verify", "--books", books.path])
    #expect(outcome.code == 3)
    for text in [
      "log: The block of records that begins at position", "cannot be read.", "names",
      "Restore a backup", "The log is damaged.",
    ] {
      #expect(outcome.errors.contains(text), "\(outcome.errors)")
    }
  }

  @Test func `history is held against the books: checkpoints, a witness's memory, tiles`() throws {
    let signed = try SignedBooks()
    let first = try signed.file("first", try signed.checkpoint().output)
    let older = signed.books.folder.path("older")
    try FileManager.default.copyItem(atPath: signed.books.path, toPath: older)
    try signed.record("P-1")
    let second = try signed.file("second", try signed.checkpoint().output)
    let tiles = signed.books.folder.path("tiles")
    let exported = try signed.run([
      "export-tiles", tiles, "--books", signed.books.path, "--key", signed.key,
    ])
    #expect(exported.code == 0, "\(exported.text)")
    let key = ["--public", signed.key + ".pub"]
    for held in [first, second, tiles, signed.key + ".signed"] {
      let outcome = try signed.run(
        ["verify", "--books", signed.books.path, "--against", held] + key)
      #expect(outcome.code == 0, "\(held): \(outcome.text)")
      #expect(outcome.output.contains("held:  the first "), "\(outcome.text)")
    }
    // The older copy takes another turn.
    let shorter = try signed.run(["verify", "--books", older, "--against", second] + key)
    #expect(
      shorter.code == 1 && shorter.errors.contains("Events 180 to 180 were removed"),
      "\(shorter.text)")
    let line =
      "{\"event\":\"journal.posted\",\"on\":\"2026-04-20\",\"entry\":\"P-2\",\"text\":\"t\",\"lines\":["
      + "{\"account\":\"6200\",\"debit\":\"1.00\"},{\"account\":\"1000\",\"credit\":\"1.00\"}]}"
    let recorded = try Program.run(["record", "--books", older], input: Data(line.utf8))
    #expect(recorded.code == 0, "\(recorded.text)")
    #expect(try signed.run(["verify", "--books", older]).code == 0, "alone it is whole")
    let other = try signed.run(
      ["verify", "--books", older, "--against", second, "--against", first] + key)
    #expect(
      other.code == 1 && other.errors.contains("Event 180 was changed"), "\(other.text)")
    #expect(other.errors.contains("The books are whole, but not the history"), "\(other.text)")
    let exact = try signed.run(["verify", "--books", older, "--against", tiles] + key)
    #expect(exact.code == 1 && exact.errors.contains("Event 180 is the first"), "\(exact.text)")
    // Tiles that are damaged accuse no event.
    let tile = URL(filePath: tiles + "/tile/0/000.p/180")
    var hashes = try Data(contentsOf: tile)
    hashes[40] ^= 1
    try hashes.write(to: tile)
    let vague = try signed.run(["verify", "--books", older, "--against", tiles] + key)
    #expect(vague.code == 1 && !vague.errors.contains("is the first"), "\(vague.text)")
    let forged = try signed.file(
      "forged", try String(contentsOfFile: second, encoding: .utf8).replacing("180", with: "179"))
    let refused = try signed.run(["verify", "--books", older, "--against", forged] + key)
    #expect(refused.code == 1 && !refused.errors.contains("history:"), "\(refused.text)")
  }

  @Test(arguments: [
    ["--quick", "--deep"], ["--quick", "--against", "x"], ["--public", "x"],
    ["--against", "nonesuch"],
  ])
  func `wrong usage is told`(_ options: [String]) throws {
    let books = try Copy(of: Template.empty)
    let outcome = try Program.run(["verify", "--books", books.path] + options)
    #expect(outcome.code == 2, "\(outcome.text)")
  }
}
