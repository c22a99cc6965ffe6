// Why: `verify` must come back with a report from every file, also from one that crashes what reads it, and be believed by scripts: so its exit
// codes and its words are tested as people meet them.

import EventLog
import Events
import Foundation
import LMDB
import Ledger
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

  /// Sends a signal where LMDB looks for a row.
  private static let raise = """
    #include <signal.h>
    #include <stdlib.h>
    int mdb_cursor_get(void *cursor, void *key, void *value, int operation) {
      return raise(atoi(getenv("RAISE")));
    }
    """

  @Test(.enabled(if: hasCompiler, "needs a C compiler: install gcc or clang"))
  func `every crash is told in words, and what is no fault of a file is not blamed on one`() throws
  {
    let books = try Copy(of: Template.aranda)
    let (source, library) = (books.folder.path("raise.c"), books.folder.path("raise.so"))
    try Data(Self.raise.utf8).write(to: URL(filePath: source))
    let compiled = try Program.run(Self.env, ["cc", "-shared", "-fPIC", "-o", library, source])
    #expect(compiled.code == 0, "\(compiled.text)")
    for (number, name, says) in [
      (SIGILL, "SIGILL", "that is a fault of the program"),
      (SIGTRAP, "SIGTRAP", "that is a fault of the program"),
      (SIGFPE, "SIGFPE", "the file is damaged there"),
    ] {
      func run(_ command: String) throws -> Program.Outcome {
        try Program.run(
          Self.env,
          [
            "LD_PRELOAD=\(library)", "RAISE=\(number)", Program.url.path(), command, "--books",
            books.path,
          ])
      }
      let log = try run("log")
      #expect(
        log.code == 3 && log.errors.hasPrefix("diario: The program crashed"),
        "\(name): \(log.code) \(log.text)")
      let verify = try run("verify")
      #expect(
        verify.code == 3 && verify.errors.contains("crashed (\(name))")
          && verify.errors.contains(says), "\(verify.code) \(verify.text)")
    }
  }

  @Test func `the process that reads tells nobody else, and is not to be started by hand`() throws {
    let books = try Copy(of: Template.empty)
    let told = books.folder.path("told")
    for redirection in ["3>&-", "3>'\(told)'", "3<'\(books.path)/log/data.mdb'"] {
      let outcome = try Program.run(
        URL(filePath: "/bin/sh"),
        [
          "-c",
          "exec '\(Program.url.path())' verify --watched --books '\(books.path)' \(redirection)",
        ])
      #expect(
        outcome.code == 2 && outcome.errors.contains("Leave it out"),
        "\(redirection): \(outcome.code) \(outcome.text)")
    }
    #expect(try Data(contentsOf: URL(filePath: told)).isEmpty)
  }

  @Test func `the process that reads goes by the name of the program`() throws {
    let books = try Copy(of: Template.empty)
    let held = books.folder.path("held")
    #expect(try Program.run(URL(filePath: "/usr/bin/mkfifo"), [held]).code == 0)
    // It waits for what is held against the books. (proc(5), /proc/PID/stat: the number, the name, the state, the parent.)
    let script = """
      '\(Program.url.path())' verify --books '\(books.path)' --against '\(held)' 2>'\(held).errors' &
      for attempt in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        for stat in /proc/[0-9]*/stat; do
          read -r _ name _ parent _ 2>/dev/null <"$stat" || continue
          [ "$parent" = $! ] && [ "$name" != "(exe)" ] && break 2
        done
        sleep 0.25
      done
      echo "$name"
      echo none >'\(held)'
      wait $!
      """
    let outcome = try Program.run(URL(filePath: "/bin/sh"), ["-c", script])
    #expect(outcome.output == "(diario)\n", "\(outcome.text)")
  }

  @Test func `how it ended is known also where nobody waits for children`() throws {
    let books = try damaged()
    let outcome = try Program.run(
      URL(filePath: "/bin/sh"),
      ["-c", "trap '' CHLD; exec '\(Program.url.path())' verify --books '\(books.path)'"])
    #expect(outcome.code == 3 && outcome.errors.contains("The log is damaged"), "\(outcome.text)")
  }

  @Test func `a want of files is no damage`() throws {
    let books = try Copy(of: Template.aranda)
    var failures = 0
    for limit in 6...11 {
      let outcome = try Program.run(
        URL(filePath: "/bin/sh"),
        ["-c", "ulimit -n \(limit); exec '\(Program.url.path())' verify --books '\(books.path)'"])
      if outcome.code == 0 { continue }
      failures += 1
      #expect(outcome.code == 3, "\(limit): \(outcome.code) \(outcome.text)")
      #expect(outcome.errors.contains("ulimit"), "\(limit): \(outcome.text)")
      for word in ["damaged", "Delete", "delete", "Restore"] {
        #expect(!outcome.errors.contains(word), "\(limit): \(outcome.text)")
      }
    }
    #expect(failures > 0)
  }

  @Test func `an empty file of summaries says nothing of reports, which do without`() throws {
    let books = try Copy(of: Template.aranda)
    try Data().write(to: URL(filePath: books.path + "/views/data.mdb"))
    let outcome = try Program.run(["verify", "--books", books.path])
    #expect(outcome.code == 3, "\(outcome.text)")
    #expect(
      outcome.errors.contains("No summary can be read; the log is not affected."),
      "\(outcome.text)")
    #expect(try Program.run(["report", "trial-balance", "--books", books.path]).code == 0)
  }

  /// Books of which the name of a product is damaged, in the event that brought it: it may also stand on pages that were freed.
  private func damaged() throws -> Copy {
    let books = try Copy(of: Template.aranda)
    try damage(books)
    return books
  }

  private func damage(_ books: Copy) throws {
    let file = URL(filePath: books.path + "/log/data.mdb")
    var bytes = try Data(contentsOf: file)
    var start = bytes.startIndex
    while let range = bytes.range(of: Data("Tornillo".utf8), in: start..<bytes.endIndex) {
      bytes[range.lowerBound] ^= 1
      start = range.upperBound
    }
    try bytes.write(to: file)
  }

  @Test(arguments: [
    ["report", "trial-balance"], ["person", "C-17"], ["log"], ["status"], ["show", "5"], ["replay"],
    ["export", "hledger"],
  ])
  func `every command names a damaged block by its first event`(words: [String]) throws {
    let books = try damaged()
    let outcome = try Program.run(words + ["--books", books.path])
    #expect(
      outcome.code == 3
        && outcome.errors.hasPrefix(
          "diario: The block of records that begins at position 1 is damaged. `diario verify` says how far"
        ) && outcome.errors.contains("`diario salvage`"), "\(outcome.code) \(outcome.text)")
  }

  @Test func `each checkpoint that is held against sound books is answered`() throws {
    let signed = try SignedBooks()
    let first = try signed.file("c", try signed.checkpoint().output)
    try signed.record("P-1")
    let second = try signed.file("d", try signed.checkpoint().output)
    let held = try signed.run([
      "verify", "--books", signed.books.path, "--against", first, "--against", second, "--public",
      signed.key + ".pub",
    ])
    #expect(held.code == 0, "\(held.text)")
    for (size, checkpoint) in [(179, first), (180, second)] {
      #expect(
        held.output.contains("held:  the first \(size) events are those of \(checkpoint)\n"),
        "\(held.text)")
    }
  }

  @Test func `each checkpoint that is held against damaged books is answered`() throws {
    let signed = try SignedBooks()
    let checkpoint = try signed.file("c", try signed.checkpoint().output)
    func verify() throws -> Program.Outcome {
      try signed.run([
        "verify", "--books", signed.books.path, "--against", checkpoint, "--public",
        signed.key + ".pub",
      ])
    }
    // A name that is no more in its table: the events are whole, and so is their root.
    do {
      let environment = try Environment(path: signed.books.path + "/log", tables: ["names"])
      let names = try environment.table("names")
      try environment.write { (txn) throws(StoreError) in
        try txn.delete([NameKind.customer.rawValue] + Array("C-17".utf8), in: names)
      }
    }
    let held = try verify()
    #expect(held.code == 3 && held.errors.contains("does not have customer C-17"), "\(held.text)")
    #expect(
      held.output == "held:  the first 179 events are those of \(checkpoint)\n", "\(held.text)")
    try damage(signed.books)
    let unknown = try verify()
    #expect(
      unknown.code == 3 && unknown.output.isEmpty
        && unknown.errors.contains("so it cannot be compared with \(checkpoint)"), "\(unknown.text)"
    )
    // Without its head nothing of the log is known.
    let file = URL(filePath: signed.books.path + "/log/data.mdb")
    var bytes = try Data(contentsOf: file)
    bytes.replaceSubrange(8_192..<bytes.count, with: Data(count: bytes.count - 8_192))
    try bytes.write(to: file)
    let none = try verify()
    #expect(
      none.code == 3 && none.errors.contains("so it cannot be compared with \(checkpoint)"),
      "\(none.text)")
  }

  @Test func `a damaged block says which events and names depend on it`() throws {
    let books = try damaged()
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
