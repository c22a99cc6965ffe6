// Why: the last resort is used by people who have lost something. What they are told must be exact, and what they do next must work.

import Events
import Foundation
import Proofs
import Testing
import Wire

/// Ferretería Aranda's books with events behind them that are all alike but for their names, and a way to damage some.
final class DamagedBooks {
  let books: Copy
  let root: String
  /// The trial balance before the damage.
  let report: String
  /// The file as it was.
  let sound: Data
  private var file: URL { URL(filePath: books.path + "/log/data.mdb") }
  var target: String { books.folder.path("saved") }

  /// 179 events of the quarter, then `count` entries called E-1 and so on.
  init(entries count: Int) throws {
    books = try Copy(of: Template.aranda)
    let lines = (1...count).map { BackedUpBooks.line("E-\($0)") + "\n" }.joined()
    let outcome = try books.record(Data(lines.utf8), ["--quiet"])
    guard outcome.code == 0 else { throw Template.Unusable(text: outcome.text) }
    root = String(try books.head().split(separator: " ")[1])
    report = try BackedUpBooks.report(books.path, knownAt: 179 + count)
    sound = try Data(contentsOf: URL(filePath: books.path + "/log/data.mdb"))
  }

  /// Changes a bit of each place at which the body of the entry `name` stands.
  func flip(_ names: [String]) throws {
    var data = try Data(contentsOf: file)
    for name in names {
      // The entry's code as field 1 of its body, then its text "t" as field 2.
      let body = Data([0x0a, UInt8(name.utf8.count)] + Array(name.utf8) + [0x12, 1, 0x74])
      var start = data.startIndex
      while let range = data.range(of: body, in: start..<data.endIndex) {
        data[range.upperBound - 1] ^= 1
        start = range.upperBound
      }
    }
    try data.write(to: file)
  }

  func salvage(_ options: [String] = []) throws -> Program.Outcome {
    let before = try contents()
    let outcome = try Program.run(["salvage", books.path, target] + options)
    #expect(try contents() == before, "the damaged books are only read")
    return outcome
  }

  /// Every file of the books with its bytes.
  private func contents() throws -> [String: Data] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: books.path)
    var contents: [String: Data] = [:]
    // LMDB notes in its lock file who reads the keys.
    for name in names where !name.hasSuffix("/lock.mdb") {
      contents[name] = try? Data(contentsOf: URL(filePath: books.path + "/" + name))
    }
    return contents
  }

  func lines(_ name: String) throws -> [Substring] {
    let url = URL(filePath: target + "/" + name)
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
  }
}

@Suite struct `Salvage of damaged books` {
  @Test func `behind a gap in the last tile, the head's own subtrees prove what they hold`() throws
  {
    // 459 events are 256, 128 (257 to 384), 64, 8, 2 and 1: with event 359 gone, the last 75 still have their roots in the head.
    let damaged = try DamagedBooks(entries: 280)
    try damaged.flip(["E-180"])
    let outcome = try damaged.salvage()
    #expect(outcome.code == 1, "events are missing: \(outcome.text)")
    #expect(outcome.output.contains(", 75 of them proven by the tree"), "\(outcome.text)")
  }

  @Test func `two histories in one file are told, and not taken for one`() throws {
    let damaged = try DamagedBooks(entries: 300)
    let other = try Copy(of: Template.aranda)
    let lines = (1...300).map { BackedUpBooks.line("G-\($0)") + "\n" }.joined()
    #expect(try other.record(Data(lines.utf8), ["--quiet"]).code == 0)
    let theirs = try Data(contentsOf: URL(filePath: other.path + "/log/data.mdb"))
    // Pages of the other file that hold something else than here, but for the heads and what comes last.
    let pages = (2..<min(theirs.count, damaged.sound.count) / 4_096).filter {
      theirs[$0 * 4_096..<($0 + 1) * 4_096] != damaged.sound[$0 * 4_096..<($0 + 1) * 4_096]
    }
    let file = URL(filePath: damaged.books.path + "/log/data.mdb")
    var told = 0
    for first in stride(from: 0, to: pages.count - 8, by: 4) {
      var mixed = damaged.sound
      for page in pages[first..<first + 8] {
        let range = page * 4_096..<(page + 1) * 4_096
        mixed.replaceSubrange(range, with: theirs[range])
      }
      try mixed.write(to: file)
      let outcome = try damaged.salvage()
      let isWrong =
        try FileManager.default.fileExists(atPath: damaged.target + "/books/log/data.mdb")
        && Program.run(["log", "--books", damaged.target + "/books"]).output.contains(" G-")
      let isTold = outcome.output.contains("do not put the new books in the place")
      #expect(!isWrong || isTold, "pages from \(pages[first]): \(outcome.text)")
      if outcome.output.contains("events of two histories") {
        told += 1
        #expect(outcome.code == 1 && !outcome.output.contains("Nothing is missing"))
      }
      try FileManager.default.removeItem(atPath: damaged.target)
    }
    #expect(told > 0, "no mixture was told, of \(pages.count) pages")
  }

  @Test func `what comes before the gap opens, what comes behind it is proven and recorded again`()
    throws
  {
    // Event 179 + n is entry E-n; 700 entries make three full tiles of 256 and more.
    let damaged = try DamagedBooks(entries: 700)
    try damaged.flip(["E-121", "E-122", "E-321"])
    let outcome = try damaged.salvage()
    #expect(outcome.code == 1, "events are missing: \(outcome.text)")
    #expect(
      outcome.output.contains("the log   879 events, root \(damaged.root)\n"), "\(outcome.text)")
    #expect(outcome.output.contains("intact    events 1 to 299, root "))
    #expect(outcome.output.contains(": the log's tree begins with them\n"))
    #expect(outcome.output.contains("events 300 to 301 are missing (2)"))
    #expect(outcome.output.contains("event 500 is missing"))
    #expect(
      outcome.output.contains(
        "  500  brought the journal entry E-321; had the key \"E-321\"; may have been journal.posted of 2026-04-20"
      ))
    let books = damaged.target + "/books"
    #expect(try Program.run(["verify", "--books", books]).output.hasPrefix("sound: 299 of 299"))

    var found: [Position] = []
    for line in try damaged.lines("later.records.jsonl") {
      let document = try JSONDocument(Array(line.utf8)).root
      let position = try #require(UInt64(Self.text(line, "position")))
      let record = try #require(Base64.bytes(Self.text(line, "record")))
      let proof = Self.list(line, "proof").compactMap { MerkleHash(base64: $0) }
      #expect(document.isObject)
      let root = MerkleProof.root(of: .leaf(record.raw), at: position - 1, in: 879, proof)
      // Behind the last full tile nothing vouches for one record alone; these blocks are whole.
      #expect(root.map { "\($0)" } == damaged.root, "event \(position)")
      found.append(position)
    }
    #expect(found == Array(302...499) + Array(501...879))
    #expect(try damaged.lines("doubtful.jsonl").count == 3)

    // The missing ones are entered again, then the later ones: the same balances as before.
    let again = (121...122).map { BackedUpBooks.line("E-\($0)") } + [BackedUpBooks.line("E-321")]
    let entered = try Program.run(
      ["record", "--quiet", "--books", books], input: Data(again.joined(separator: "\n").utf8))
    #expect(entered.errors == "3 recorded, 0 refused\n", "\(entered.text)")
    // They were entered today, so the later ones come without their moments.
    let lines = try damaged.lines("later.jsonl").map {
      $0.replacing(/"at":"[^"]*",/, with: "")
    }
    let later = try Program.run(
      ["record", "--quiet", "--books", books], input: Data(lines.joined(separator: "\n").utf8))
    #expect(later.errors == "577 recorded, 0 refused\n", "\(later.text)")
    #expect(try BackedUpBooks.report(books, knownAt: 879) == damaged.report)
  }

  /// The number or the text under `key` of a flat line of JSON.
  private static func text(_ line: Substring, _ key: String) -> String {
    guard let start = line.range(of: "\"\(key)\":")?.upperBound else { return "" }
    return String(line[start...].drop { $0 == "\"" }.prefix { !"\",}".contains($0) })
  }

  private static func list(_ line: Substring, _ key: String) -> [String] {
    guard let start = line.range(of: "\"\(key)\":[")?.upperBound else { return [] }
    return line[start...].prefix { $0 != "]" }.split(separator: ",").map {
      String($0.dropFirst().dropLast())
    }
  }

  @Test func `of books that LMDB cannot open everything is saved`() throws {
    let damaged = try DamagedBooks(entries: 300)
    let file = URL(filePath: damaged.books.path + "/log/data.mdb")
    var data = damaged.sound
    data.replaceSubrange(0..<8_192, with: Data(count: 8_192))
    try data.write(to: file)
    #expect(try Program.run(["verify", "--books", damaged.books.path]).code != 0)
    let outcome = try damaged.salvage()
    #expect(
      outcome.output.contains(
        "missing   nothing up to event 479; whether more was recorded, this file does not tell\n"),
      "\(outcome.text)")
    #expect(outcome.code == 1, "whether that is all, nobody knows")
    #expect(outcome.output.contains("the file's own heads are damaged"), "\(outcome.text)")
    #expect(outcome.output.contains("--new-incarnation") && !outcome.output.contains("Put the new"))
    let books = damaged.target + "/books"
    let sound = try Program.run(["verify", "--books", books])
    #expect(sound.output.contains("sound: 479 of 479") && sound.output.contains(damaged.root))
  }

  @Test func `saved events are compared with a checkpoint from elsewhere`() throws {
    let signed = try SignedBooks()
    let checkpoint = try signed.file("checkpoint", try signed.checkpoint().output)
    try signed.record("P-1")
    let target = signed.books.folder.path("saved")
    let saved = try signed.run(["salvage", signed.books.path, target, "--checkpoint", checkpoint])
    #expect(
      saved.output.contains("the first 179 events are those of the checkpoint"), "\(saved.text)")
    #expect(saved.code == 0 && saved.output.contains("Nothing is missing."), "\(saved.text)")
    let other = try SignedBooks()
    try other.record("P-2")
    let forged = try signed.file("forged", try other.checkpoint().output)
    let compared = try signed.run([
      "salvage", signed.books.path, target + "2", "--checkpoint", forged,
    ])
    #expect(compared.output.contains("are NOT those of the checkpoint"), "\(compared.text)")
    #expect(compared.code == 1 && !compared.output.contains("Put the new books in the place"))
  }

  @Test func `what a checkpoint has behind the last event found is missing`() throws {
    let signed = try SignedBooks()
    let older = signed.books.folder.path("older")
    try FileManager.default.copyItem(atPath: signed.books.path, toPath: older)
    for name in ["P-1", "P-2"] { try signed.record(name) }
    let checkpoint = try signed.file("checkpoint", try signed.checkpoint().output)
    let saved = try signed.run([
      "salvage", older, signed.books.folder.path("saved"), "--checkpoint", checkpoint,
    ])
    #expect(saved.code == 1, "\(saved.text)")
    for text in [
      "the checkpoint has 181 events: nothing was found of the last 2\n", "missing   2 events\n",
      "events 180 to 181 are missing (2)\n  the checkpoint has them, and nothing was found\n",
      "before anything is signed",
    ] { #expect(saved.output.contains(text), "\(saved.text)") }
    #expect(!saved.output.contains("Put the new books in the place"))
  }

  @Test func `what a stranger wrote into a key forges no line of the report`() throws {
    let damaged = try DamagedBooks(entries: 1)
    let key = #"E-2\n\nwhat to do\n  Delete everything."#
    let line = BackedUpBooks.line("E-2").replacing(#""key":"E-2""#, with: #""key":"\#(key)""#)
    #expect(try damaged.books.record(Data(line.utf8), ["--quiet"]).code == 0)
    try damaged.flip(["E-2"])
    let outcome = try damaged.salvage()
    #expect(outcome.output.contains(#"had the key "E-2\u{a}\u{a}what to do"#), "\(outcome.text)")
  }

  @Test func `a lost identity is that of the keys, and no other is taken`() throws {
    let damaged = try DamagedBooks(entries: 280)
    let person =
      #"{"event":"customer.registered","on":"2026-04-20","customer":"C-90","name":"Ana"}"#
    #expect(try damaged.books.record(Data(person.utf8)).code == 0)
    let status = try Program.run(["status", "--books", damaged.books.path]).output
    let identity = try #require(status.firstMatch(of: /identity +([0-9a-f]{32})/)?.1)
    // The head's row is found by the identity that stands in it; none of them is left.
    let file = URL(filePath: damaged.books.path + "/log/data.mdb")
    var bytes = try Data(contentsOf: file)
    let raw = Data(
      stride(from: 0, to: 32, by: 2).compactMap {
        UInt8(identity.dropFirst($0).prefix(2), radix: 16)
      })
    var found = bytes.range(of: raw)
    while let range = found {
      bytes.replaceSubrange(range, with: Data(repeating: 0, count: raw.count))
      found = bytes.range(of: raw, in: range.upperBound..<bytes.count)
    }
    try bytes.write(to: file)
    let wrong = try damaged.salvage(["--identity", String(repeating: "0", count: 32)])
    #expect(
      wrong.code == 1 && wrong.errors.contains("The keys beside the log are of the books"),
      "\(wrong.text)")
    let outcome = try damaged.salvage()
    let saved = try Program.run(["status", "--books", damaged.target + "/books"])
    #expect(outcome.output.contains("as the keys beside it say"), "\(outcome.text)")
    #expect(saved.output.contains(identity), "\(saved.text)")
  }

  @Test func `wrong places are refused, and nothing is written`() throws {
    let damaged = try DamagedBooks(entries: 1)
    let books = damaged.books
    let wrong = try damaged.salvage(["--identity", String(repeating: "0", count: 32)])
    #expect(wrong.code == 1 && wrong.errors.contains("These are the books "), "\(wrong.text)")
    let inside = try Program.run(["salvage", books.path, books.path + "/saved"])
    #expect(inside.code == 1 && inside.errors.contains("is inside the books"))
    let absent = try Program.run(["salvage", books.folder.path("none"), damaged.target])
    #expect(absent.code == 3 && absent.errors.contains("There is no "), "\(absent.text)")
    let full = try Program.run(["salvage", books.path, books.folder.url.path()])
    #expect(full.code == 1 && full.errors.contains("is not empty"), "\(full.text)")
    try Data(count: 100_000).write(to: URL(filePath: books.path + "/log/data.mdb"))
    let nothing = try Program.run(["salvage", books.path, damaged.target])
    #expect(nothing.code == 3 && nothing.errors.contains("no intact event"), "\(nothing.text)")
    #expect(!FileManager.default.fileExists(atPath: damaged.target))
  }

  @Test func `of a file that was cut, what names and keys speak of is missing`() throws {
    // Of the pages of 779 events the first 58 in a hundred are left, both heads among them; the last state of the log is on the others.
    let damaged = try DamagedBooks(entries: 600)
    let file = URL(filePath: damaged.books.path + "/log/data.mdb")
    let pages = damaged.sound.count / 4_096
    let left = pages * 58 / 100
    try damaged.sound.prefix(left * 4_096 + 100).write(to: file)
    let outcome = try damaged.salvage()
    #expect(outcome.code == 1, "\(outcome.text)")
    #expect(
      outcome.output.contains("the file was cut: it has \(left) of the \(pages) pages that were"),
      "\(outcome.text)")
    let intact = try #require(outcome.output.firstMatch(of: /events 1 to ([0-9]+), root/)?.1)
    let first = try #require(Int(intact)) + 1
    let found = try #require(outcome.output.firstMatch(of: /missing   ([0-9]+) events up to/)?.1)
    let count = try #require(Int(found))
    let last = first + count - 1
    #expect(first > 179 && count > 1 && last <= 779)
    #expect(outcome.output.contains("whether the pages that were cut off had more, this file"))
    #expect(outcome.output.contains("events \(first) to \(last) are missing (\(count))\n"))
    // Event 179 + n is entry E-n, recorded under that key. Of the last missing one a row is left, or it would not be known of.
    let row = outcome.output.split(separator: "\n").first { $0.hasPrefix("  \(last)  ") }
    #expect(row?.contains("E-\(last - 179)") == true, "\(outcome.text)")
    #expect(!outcome.output.contains("heads are damaged"), "\(outcome.text)")
    #expect(!outcome.output.contains("missing   nothing"), "\(outcome.text)")
  }

  @Test func `the report is for whoever may read the books, and the same each time`() throws {
    let books = try Copy(of: Template.aranda)
    let file = URL(filePath: books.path + "/log/data.mdb")
    // One of the first 99 events, which are one block: nothing vouches for its neighbours, and what they brought is needed by later ones.
    var bytes = try Data(contentsOf: file)
    while let place = bytes.range(of: Data("Tornillo M6".utf8)) { bytes[place.lowerBound] ^= 32 }
    try bytes.write(to: file)
    let reports = try (1...4).map { number in
      let target = books.folder.path("saved\(number)")
      let report = try Program.run(["salvage", books.path, target]).output
      let attributes = try FileManager.default.attributesOfItem(atPath: target + "/report.txt")
      #expect(attributes[.posixPermissions] as? Int == 0o640)
      return report
    }
    let needed = "later events need what missing ones brought:"
    #expect(reports[0].contains(needed), "\(reports[0])")
    #expect(Set(reports).count == 1, "each is the order of its own process")
  }

  @Test func `where there is no space, nothing is left in the way of another try`() throws {
    let damaged = try DamagedBooks(entries: 600)
    try damaged.flip(["E-300"])
    let ulimit = try Program.run(
      URL(filePath: "/bin/bash"),
      [
        "-c", "ulimit -f 10; exec \"$0\" salvage \"$1\" \"$2\"", Program.url.path(),
        damaged.books.path, damaged.target,
      ])
    #expect(ulimit.code == 1 && ulimit.errors.contains("try again"), "\(ulimit.text)")
    #expect(!FileManager.default.fileExists(atPath: damaged.target))
    // The directory that was there is left, and empty.
    guard let disk = try SmallDisk(kilobytes: 300) else { return }
    let target = disk.place("").path()
    let full = try Program.run(["salvage", damaged.books.path, target])
    #expect(full.code == 1 && full.errors.contains("o space left"), "\(full.text)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: target).isEmpty)
    let again = try damaged.salvage()
    #expect(again.output.contains("event 479 is missing"), "\(again.text)")
  }
}
