// Why: a backup is worth what can be restored from it. So each test restores, or shows that what cannot be trusted is refused.

import Foundation
import Testing

/// Books with a backup beside them.
final class BackedUpBooks {
  let books: Copy
  var backup: String { books.folder.path("backup") }

  init(of template: Result<Folder, any Error> = Template.aranda) throws {
    books = try Copy(of: template)
  }

  /// Adds to the backup.
  func add(_ options: [String] = []) throws -> Program.Outcome {
    try Program.run(["backup", backup, "--books", books.path] + options)
  }

  func check(_ options: [String] = []) throws -> Program.Outcome {
    try Program.run(["backup", "--check", backup] + options)
  }

  func restore(_ name: String, _ options: [String] = []) throws -> Program.Outcome {
    try Program.run(["restore", backup, books.folder.path(name)] + options)
  }

  /// Records one more event.
  func record(_ name: String) throws {
    let outcome = try books.record(Data(Self.line(name).utf8))
    guard outcome.code == 0 else { throw Template.Unusable(text: outcome.text) }
  }

  static func line(_ name: String) -> String {
    #"{"event":"journal.posted","on":"2026-04-20","key":"\#(name)","entry":"\#(name)","text":"t","lines":["#
      + #"{"account":"6200","debit":"1.00"},{"account":"1000","credit":"1.00"}]}"#
  }

  /// The files of the backup, in the order of their events.
  func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: backup).sorted()
      .filter { $0.hasSuffix(".diario-backup") }.map { backup + "/" + $0 }
  }

  /// What a report says of books.
  static func report(_ path: String, knownAt: Int) throws -> String {
    try Program.run([
      "report", "trial-balance", "--books", path, "--known-at", "#\(knownAt)", "--format", "csv",
    ]).text
  }
}

@Suite struct `Backup and restore` {
  @Test func `each run adds what is new, and what is restored are the same books`() throws {
    let backed = try BackedUpBooks()
    let first = try backed.add()
    #expect(first.output.hasPrefix("backed up events 1 to 179 into"), "\(first.text)")
    let kept = try Data(contentsOf: URL(filePath: backed.files()[0]))
    try backed.record("P-1")
    try backed.record("P-2")
    #expect(try backed.add().output.hasPrefix("backed up events 180 to 181 into"))
    #expect(try backed.add().output.hasPrefix("nothing new: 181 events"))
    let files = try backed.files()
    #expect(files.count == 2)
    #expect(try Data(contentsOf: URL(filePath: files[0])) == kept, "a file never changes")
    #expect(try Data(contentsOf: URL(filePath: files[1])).count < 1_000)
    let root = try backed.books.head().split(separator: " ")[1]
    let checked = try backed.check()
    let status = try Program.run(["status", "--books", backed.books.path]).output
    let identity = try #require(status.firstMatch(of: /identity +([0-9a-f]{32})/)?.1)
    #expect(
      checked.output == "sound: 181 events in 2 files\nroot   \(root)\nbooks  \(identity)\n",
      "\(checked.text)")

    #expect(try backed.restore("restored").code == 0)
    let restored = backed.books.folder.path("restored")
    #expect(
      try Program.run(["verify", "--books", restored]).output.hasPrefix("sound: 181 of 181"))
    #expect(
      try BackedUpBooks.report(restored, knownAt: 181)
        == BackedUpBooks.report(backed.books.path, knownAt: 181))
    #expect(try FileManager.default.contentsOfDirectory(atPath: restored).contains("log"))
    // The restored books go on, and so does their backup.
    let more = try Program.run(
      ["record", "--books", restored], input: Data(BackedUpBooks.line("P-3").utf8))
    #expect(more.output.contains(#""position":182"#), "\(more.text)")
    let again = try Program.run(["backup", backed.backup, "--books", restored])
    #expect(again.output.hasPrefix("backed up events 182 to 182"), "\(again.text)")
  }

  @Test(arguments: [1, 59, 100, 178, 179, 180])
  func `books are restored as they stood at any position`(position: Int) throws {
    let backed = try BackedUpBooks()
    _ = try backed.add()
    try backed.record("P-1")
    try backed.record("P-2")
    _ = try backed.add()
    let outcome = try backed.restore("past", ["--to", "\(position)"])
    #expect(outcome.code == 0, "\(outcome.text)")
    #expect(outcome.errors.contains("The backup has 181 events; these books are older."))
    let past = backed.books.folder.path("past")
    #expect(
      try Program.run(["verify", "--books", past]).output.hasPrefix(
        "sound: \(position) of \(position)"))
    #expect(
      try BackedUpBooks.report(past, knownAt: position)
        == BackedUpBooks.report(backed.books.path, knownAt: position))
  }

  @Test func `a signed backup says who signed it`() throws {
    let backed = try BackedUpBooks()
    let key = backed.books.folder.path("k")
    func make(_ path: String) throws {
      let made = try Program.run(["key", "new", path, "--books", backed.books.path])
      #expect(made.code == 0, "\(made.text)")
    }
    try make(key)
    #expect(try backed.add(["--key", key]).output.hasSuffix("of 179 events, signed\n"))
    let checked = try backed.check(["--public", key + ".pub"])
    #expect(checked.output.hasPrefix("sound: 179 events in 1 file, 1 of them signed\n"))
    // Whoever rewrites a backup leaves the signatures out.
    let stripped = backed.books.folder.path("stripped")
    #expect(try Program.run(["backup", stripped, "--books", backed.books.path]).code == 0)
    let unsigned = try Program.run(["backup", "--check", stripped, "--public", key + ".pub"])
    #expect(
      unsigned.code == 3 && unsigned.errors.contains("No file of the backup is signed"),
      "\(unsigned.text)")
    let other = backed.books.folder.path("other")
    try make(other)
    let forged = try backed.check(["--public", other + ".pub"])
    #expect(
      forged.code == 3 && forged.errors.contains("was not signed by the key"), "\(forged.text)")
    #expect(forged.errors.contains("The backup is whole, but not signed"), "\(forged.text)")
  }

  @Test func `restored older books are not signed until a new incarnation is recorded`() throws {
    let signed = try SignedBooks()
    let backed = try BackedUpBooks()
    func run(_ arguments: [String]) throws -> Program.Outcome {
      try Program.run(arguments + ["--key", signed.key])
    }
    let backup = signed.books.folder.path("backup")
    _ = try run(["backup", backup, "--books", signed.books.path])
    try signed.record("P-1")
    #expect(try signed.checkpoint().output.contains("\n180\n"))
    let older = signed.books.folder.path("older")
    let refused = try run(["restore", backup, older])
    #expect(
      refused.code == 1 && refused.errors.contains("missing at the end: 1."), "\(refused.text)"
    )
    #expect(!FileManager.default.fileExists(atPath: older))
    let allowed = try run(["restore", backup, older, "--despite-checkpoint"])
    #expect(allowed.code == 0 && allowed.errors.contains("record why"), "\(allowed.text)")
    let unsigned = try run(["checkpoint", "--books", older])
    #expect(unsigned.code == 1 && unsigned.output == "", "\(unsigned.text)")
    #expect(try run(["backup", backed.backup, "--books", older]).code == 1, "it would be signed")
    let begun = try run(["checkpoint", "--books", older, "--new-incarnation", "disk lost"])
    #expect(begun.output.hasPrefix("example.com/aranda/2\n180\n"), "\(begun.text)")
    // The older books went on; the backup of the newer ones is not theirs any more.
    try signed.record("P-2")
    #expect(try run(["backup", backup, "--books", signed.books.path]).code == 1)
  }

  @Test func `recording goes on while backups are made, and each is a state that there was`()
    async throws
  {
    let backed = try BackedUpBooks(of: Template.empty)
    let pipe = Pipe()
    let recorder = Process()
    recorder.executableURL = Program.url
    recorder.arguments = ["record", "--quiet", "--books", backed.books.path]
    recorder.standardInput = pipe
    recorder.standardOutput = FileHandle.nullDevice
    recorder.standardError = FileHandle.nullDevice
    try recorder.run()
    for run in 0..<6 {
      let lines = (0..<40).map { BackedUpBooks.line("\(run)-\($0)") + "\n" }.joined()
      try pipe.fileHandleForWriting.write(contentsOf: Data(lines.utf8))
      let added = try backed.add()
      #expect(added.code == 0, "\(added.text)")
      #expect(try backed.check().code == 0)
    }
    try pipe.fileHandleForWriting.close()
    recorder.waitUntilExit()
    #expect(try backed.add().code == 0)
    #expect(try backed.restore("all").code == 0)
    let restored = try Program.run(["log", "--books", backed.books.folder.path("all")])
    let original = try Program.run(["log", "--books", backed.books.path])
    #expect(restored.output == original.output && original.output.contains(" 5-39 "))
  }
}
