// Why: on the day of a restore nobody has time to think. What would make things worse is refused before anything is touched, and a
// file that is not what was written is named.

import Foundation
import LMDB
import Testing
import Wire

@Suite struct `What backup and restore refuse` {
  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  @Test func `wrong targets are left as they are`() throws {
    let backed = try BackedUpBooks()
    _ = try backed.add()
    let occupied = try backed.restore("books")
    #expect(
      occupied.code == 1 && occupied.errors.contains("There are books in"), "\(occupied.text)")
    let folder = backed.books.folder
    try FileManager.default.createDirectory(
      atPath: folder.path("full"), withIntermediateDirectories: false)
    try write("mine", to: folder.path("full/letter.txt"))
    let full = try backed.restore("full")
    #expect(full.code == 1 && full.errors.contains("there is letter.txt"), "\(full.text)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("full")).count == 1)
    let beyond = try backed.restore("new", ["--to", "180"])
    #expect(beyond.code == 2 && beyond.errors.contains("1 to 179, not 180"), "\(beyond.text)")
    #expect(try backed.restore("new", ["--to", "0"]).code == 2)
    let absent = try Program.run(["restore", folder.path("none"), folder.path("new")])
    #expect(absent.code == 3 && absent.errors.contains("There is no backup"), "\(absent.text)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("new")))
  }

  @Test func `a backup is kept apart from books and from everything else`() throws {
    let backed = try BackedUpBooks()
    let others = try Copy(of: Template.empty)
    let folder = backed.books.folder
    try FileManager.default.createDirectory(
      atPath: folder.path("full"), withIntermediateDirectories: false)
    try write("mine", to: folder.path("full/letter.txt"))
    for (target, says) in [
      (backed.books.path, "inside the books"), (backed.books.path + "/a/b", "inside the books"),
      (others.path, "inside the books"), (others.path + "/views", "inside the books"),
      (folder.path("full"), "there is letter.txt"),
    ] {
      let refused = try Program.run(["backup", target, "--books", backed.books.path])
      #expect(refused.code == 1 && refused.errors.contains(says), "\(target): \(refused.text)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("full")).count == 1)
    // A new file system is empty but for this; what a first run left behind is no reason to refuse.
    try FileManager.default.createDirectory(
      atPath: backed.backup + "/lost+found", withIntermediateDirectories: true)
    try write("", to: backed.backup + "/backup.lock")
    #expect(try backed.add().code == 0)
    for (name, says) in [
      ("backup/new", "inside the backup"), ("books/new", "inside the books"),
      ("books/a/b", "inside the books"),
    ] {
      let refused = try backed.restore(name)
      #expect(refused.code == 1 && refused.errors.contains(says), "\(name): \(refused.text)")
    }
    #expect(!FileManager.default.fileExists(atPath: backed.backup + "/new"))
  }

  @Test func `books are no backup, and a check asks for nothing that it does not use`() throws {
    let backed = try BackedUpBooks()
    let empty = backed.books.folder.path("empty")
    try FileManager.default.createDirectory(
      atPath: empty, withIntermediateDirectories: false)
    for (path, says) in [(backed.books.path, ", which are books."), (empty, "empty.")] {
      for arguments in [
        ["backup", "--check", path], ["restore", path, backed.books.folder.path("new")],
      ] {
        let outcome = try Program.run(arguments)
        #expect(outcome.code == 3 && outcome.errors.contains(says), "\(outcome.text)")
        #expect(outcome.errors.contains("There is no backup in"), "\(outcome.text)")
      }
    }
    _ = try backed.add()
    for options in [["--key", "k"], ["--books", "b"], ["--without-keys"]] {
      let outcome = try backed.check(options)
      #expect(outcome.code == 2 && outcome.errors.contains("Leave out \(options[0])."))
    }
  }

  @Test func `keys of personal data may lie there before`() throws {
    let backed = try BackedUpBooks()
    _ = try backed.add()
    try FileManager.default.createDirectory(
      atPath: backed.books.folder.path("new/keys"), withIntermediateDirectories: true)
    #expect(try backed.restore("new").code == 0)
  }

  @Test func `books are restored where new ones may be made, and nowhere else`() throws {
    let backed = try BackedUpBooks()
    _ = try backed.add()
    let folder = backed.books.folder
    for (index, (name, isRight)) in [
      ("keys", true), ("lost+found", true), (".Trash-0", true), ("lost", false), ("views", false),
    ].enumerated() {
      for command in ["init", "restore"] {
        let new = "\(command)-\(index)"
        try FileManager.default.createDirectory(
          atPath: folder.path("\(new)/\(name)"), withIntermediateDirectories: true)
        let outcome =
          try command == "init" ? Program.run(["init", folder.path(new)]) : backed.restore(new)
        #expect(outcome.code == (isRight ? 0 : 1), "\(command), \(name): \(outcome.text)")
        if !isRight {
          let says = "\(new) is not empty: there is \(name). Name a new directory."
          #expect(outcome.errors.contains(says), "\(outcome.text)")
        }
      }
    }
  }

  @Test func `other books, rewritten ones and older ones are not added`() throws {
    let backed = try BackedUpBooks()
    _ = try backed.add()
    let older = backed.books.folder.path("older")
    try FileManager.default.copyItem(atPath: backed.books.path, toPath: older)
    func add(_ books: String) throws -> Program.Outcome {
      try Program.run(["backup", backed.backup, "--books", books])
    }
    let others = try Copy(of: Template.empty)
    let other = try add(others.path)
    #expect(other.code == 1 && other.errors.contains("is the backup of the books"), "\(other.text)")
    try backed.record("P-1")
    #expect(try backed.add().code == 0)
    let shorter = try add(older)
    #expect(shorter.code == 1 && shorter.errors.contains("the books only 179"), "\(shorter.text)")
    for name in ["P-2", "P-3"] {
      _ = try Program.run(
        ["record", "--books", older], input: Data(BackedUpBooks.line(name).utf8))
    }
    let forked = try add(older)
    #expect(
      forked.code == 1 && forked.errors.contains("The first 180 events of the books are not"),
      "\(forked.text)")
    let inside = try Program.run([
      "backup", backed.books.path + "/backup", "--books", backed.books.path,
    ])
    #expect(inside.code == 1 && inside.errors.contains("inside the books"), "\(inside.text)")
    #expect(try backed.check().output.hasPrefix("sound: 180 events in 2 files"))
  }

  @Test func `a check reads the records whoever signed them, and tells histories apart`() throws {
    let signed = try SignedBooks()
    let folder = signed.books.folder
    let (backup, other) = (folder.path("backup"), folder.path("other.key"))
    let made = try signed.run([
      "backup", backup, "--books", signed.books.path, "--key", signed.key,
    ])
    #expect(made.code == 0, "\(made.text)")
    _ = try signed.run(["key", "new", other, "--name", "o.example", "--books", signed.books.path])
    func check(_ options: [String]) throws -> Program.Outcome {
      try signed.run(["backup", "--check", backup] + options)
    }
    let others = try check(["--public", other + ".pub"])
    #expect(
      others.code == 3 && others.errors.contains("whole, but not signed by this key"),
      "\(others.text)")
    // A file of other books beside it: which of the two is wanted, nobody knows.
    let empty = try Copy(of: Template.empty)
    let foreign = folder.path("foreign")
    #expect(try signed.run(["backup", foreign, "--books", empty.path]).code == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: foreign)
    let name = try #require(names.first { $0.hasSuffix(".diario-backup") })
    try FileManager.default.copyItem(
      atPath: "\(foreign)/\(name)", toPath: "\(backup)/\(name)")
    for options in [[], ["--public", signed.key + ".pub"]] {
      let mixed = try check(options)
      #expect(
        mixed.code == 3 && mixed.errors.contains("whole, but of more than one history"),
        "\(mixed.text)")
    }
    let restored = try signed.run(["restore", backup, folder.path("new")])
    #expect(
      restored.code == 1 && restored.errors.contains("the files before it are of")
        && !restored.errors.contains("can be restored with"), "\(restored.text)")
    try FileManager.default.removeItem(atPath: "\(backup)/\(name)")
    let files = try FileManager.default.contentsOfDirectory(atPath: backup)
    let file = try #require(files.first { $0.hasSuffix(".diario-backup") })
    try (try Data(contentsOf: URL(filePath: "\(foreign)/\(name)")).dropLast(9))
      .write(to: URL(filePath: "\(backup)/\(file)"))
    let damaged = try check(["--public", other + ".pub"])
    #expect(
      damaged.code == 3 && damaged.errors.contains("The backup is damaged"), "\(damaged.text)")
  }

  @Test func `two runs at once do not write the same events twice`() throws {
    let backed = try BackedUpBooks()
    _ = try backed.add()
    try backed.record("P-1")
    let lock = try DirectoryLock(path: backed.backup + "/backup.lock", timeout: .zero)
    let second = try backed.add()
    _ = consume lock
    #expect(second.code == 1 && second.errors.contains("has locked"), "\(second.text)")
  }

  @Test func `each flipped bit, cut and addition is found, and says how far one can restore`()
    throws
  {
    let backed = try BackedUpBooks()
    _ = try backed.add()
    try backed.record("P-1")
    _ = try backed.add()
    var random = Seeded(20)
    for (index, file) in try backed.files().enumerated() {
      let sound = try Data(contentsOf: URL(filePath: file))
      var states: [Data] = [sound.dropLast(), sound + [0], sound.prefix(100), Data()]
      for _ in 0..<24 {
        var flipped = sound
        let place = Int.random(in: 0..<sound.count, using: &random)
        flipped[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        states.append(flipped)
      }
      for state in states {
        try state.write(to: URL(filePath: file))
        let checked = try backed.check()
        #expect(checked.code == 3, "\(checked.text)")
        #expect(checked.errors.contains(file), "\(checked.text)")
        let usable = index == 0 ? "No event can be restored" : "Events 1 to 179 can be restored"
        #expect(checked.errors.contains(usable), "\(checked.text)")
        #expect(try backed.restore("new").code != 0)
        let opened = try Program.run(["verify", "--books", backed.books.folder.path("new")])
        #expect(opened.code == 3, "\(opened.text)")
      }
      try sound.write(to: URL(filePath: file))
    }
    try FileManager.default.removeItem(atPath: backed.files()[0])
    let gap = try backed.check()
    #expect(gap.code == 3 && gap.errors.contains("events 1 to 179 are missing"), "\(gap.text)")
  }

  @Test func `what is in front of damage can be restored`() throws {
    let backed = try BackedUpBooks()
    _ = try backed.add()
    try backed.record("P-1")
    _ = try backed.add()
    let last = try backed.files()[1]
    try Data(contentsOf: URL(filePath: last)).dropLast(8).write(to: URL(filePath: last))
    let whole = try backed.restore("whole")
    #expect(
      whole.code == 3 && whole.errors.contains("Events 1 to 179 can be restored with --to 179."),
      "\(whole.text)")
    let part = try backed.restore("part", ["--to", "179"])
    #expect(part.code == 0, "\(part.text)")
  }

  @Test func `what is behind a gap cannot be restored, and the gap is named`() throws {
    let backed = try BackedUpBooks()
    _ = try backed.add()
    for name in ["P-1", "P-2"] {
      try backed.record(name)
      _ = try backed.add()
    }
    try FileManager.default.removeItem(atPath: backed.files()[1])
    let behind = try backed.restore("behind", ["--to", "181"])
    #expect(behind.code == 3 && behind.errors.contains("180 is missing"), "\(behind.text)")
    #expect(behind.errors.contains("Events 1 to 179 can be restored"), "\(behind.text)")
    #expect(try backed.restore("front", ["--to", "179"]).code == 0)
  }

  @Test func `only what an interrupted backup has left is tidied up`() throws {
    let backed = try BackedUpBooks()
    try FileManager.default.createDirectory(
      atPath: backed.backup, withIntermediateDirectories: false)
    let mine = backed.backup + "/accounts.partial-2025.txt"
    try Data("x".utf8).write(to: URL(filePath: mine))
    let refused = try backed.add()
    #expect(refused.code == 1 && refused.errors.contains("not empty"), "\(refused.text)")
    try FileManager.default.removeItem(atPath: mine)
    #expect(try backed.add().code == 0)
    let left = try #require(try backed.files().first) + ".partial-99"
    for path in [mine, left] { try Data("x".utf8).write(to: URL(filePath: path)) }
    #expect(try backed.add().code == 0)
    #expect(FileManager.default.fileExists(atPath: mine))
    #expect(!FileManager.default.fileExists(atPath: left))
  }

  @Test func `a newer format is left to a newer program`() throws {
    let backed = try BackedUpBooks()
    _ = try backed.add()
    for place in [8, 12] {
      let file = try backed.files()[0]
      let sound = try Data(contentsOf: URL(filePath: file))
      try Segment(sound).changed { $0[place] = 99 }.write(to: URL(filePath: file))
      let outcome = try backed.restore("new")
      #expect(outcome.code == 3 && outcome.errors.contains("newer program"), "\(outcome.text)")
      try sound.write(to: URL(filePath: file))
    }
  }
}

/// A segment's file taken apart from docs/FORMAT.md, to change its head so that it still fits.
private struct Segment {
  let data: Data
  init(_ data: Data) { self.data = data }

  func changed(_ change: (inout Data) -> Void) throws -> Data {
    // Nothing is in front of event 1, so there are no peaks; and there is no note without a key.
    let headLength = 136
    var head = data.prefix(headLength)
    change(&head)
    let digest = try Program.run(
      URL(filePath: "/usr/bin/sha256sum"), [], input: head)
    let sum = try #require(Hexadecimal.bytes(digest.output.prefix(64)))
    return head + Data(sum) + data.dropFirst(headLength + 32)
  }
}
