// Why: who mistypes a currency tries again, and must find neither nameless books nor a key that belongs to none.

import Foundation
import LMDB
import Synchronization
import Testing

@Suite struct `Books that are refused` {
  @Test(arguments: [
    ["--currency", "XYZ"], ["--time-zone", "Mars/Base"], ["--at", "2099-01-01T00:00:00Z"],
  ])
  func `leave nothing`(options: [String]) throws {
    let books = try Copy(of: Template.empty)
    let (new, key) = (books.folder.path("new"), books.folder.path("master.key"))
    let refused = try Program.run(["init", new, "--master-key", key] + options)
    #expect(refused.code != 0, "\(refused.text)")
    for path in [new, key] { #expect(!FileManager.default.fileExists(atPath: path), "\(path)") }
    try FileManager.default.createDirectory(
      atPath: new + "/keys", withIntermediateDirectories: true)
    #expect(try Program.run(["init", new, "--master-key", key] + options).code != 0)
    #expect(try FileManager.default.subpathsOfDirectory(atPath: new) == ["keys"])
    let made = try Program.run(["init", new, "--master-key", key])
    #expect(made.code == 0, "\(made.text)")
  }

  /// A master key that is none, or can be made nowhere: FOLDER stands for a directory that is there.
  @Test(arguments: [
    ("FOLDER/none/m", "There is no directory FOLDER/none."),
    ("FOLDER/new/keys/m", "There is no directory FOLDER/new/keys."),
    ("FOLDER/signed", "signed is there already"),
  ])
  func `leave nothing where there is no master key`(
    key: String, says: String
  ) throws {
    let folder = try Folder()
    func named(_ text: String) -> String {
      text.replacing("FOLDER", with: folder.url.path())
    }
    try Data("example.com/aranda\n179\n".utf8).write(to: folder.url.appending(path: "signed"))
    let new = folder.path("new")
    let refused = try Program.run(["init", new, "--master-key", named(key)])
    #expect(refused.code != 0 && refused.errors.contains(named(says)), "\(refused.text)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path()) == ["signed"])
    #expect(try Program.run(["init", new]).code == 0)
  }

  @Test func `are not put among other things`() throws {
    let folder = try Folder()
    for (name, says) in [("index.html", "there is index.html"), ("log/web.log", "log/web.log")] {
      let place = folder.path("site-\(says.count)")
      let file = URL(filePath: "\(place)/\(name)")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("mine".utf8).write(to: file)
      let refused = try Program.run(["init", place])
      #expect(refused.code == 1 && refused.errors.contains(says), "\(refused.text)")
      #expect(refused.errors.contains("Name a new directory."), "\(refused.text)")
      #expect(try Data(contentsOf: file) == Data("mine".utf8))
    }
    // What a new file system has, and a master key that is to be these books' own, are no other things.
    let place = folder.path("disk")
    try FileManager.default.createDirectory(
      atPath: place + "/lost+found", withIntermediateDirectories: true)
    let made = try Program.run(["init", place, "--master-key", place + "/m"])
    #expect(made.code == 0, "\(made.text)")
    for (path, says) in [(place + "/m", "m is no directory"), (place + "x/y", "no directory")] {
      let refused = try Program.run(["init", path])
      #expect(refused.code == 1 && refused.errors.contains(says), "\(refused.text)")
    }
  }

  /// Runs `diario init` with each of these arguments at the same time.
  private func initAtOnce(_ runs: [[String]]) throws -> [Program.Outcome] {
    let outcomes = Mutex<[Int: Program.Outcome]>([:])
    DispatchQueue.concurrentPerform(iterations: runs.count) { index in
      let outcome = try? Program.run(["init"] + runs[index])
      outcomes.withLock { $0[index] = outcome }
    }
    return try runs.indices.map { index in
      try #require(outcomes.withLock { $0[index] })
    }
  }

  /// Expects books with their first events (`books.opened` and 58 accounts) and their keys, which the master key `key` opens.
  private func expectBooks(_ path: String, _ key: String, _ comment: String) throws {
    let verified = try Program.run(["verify", "--books", path, "--master-key", key])
    #expect(
      verified.code == 0 && verified.output.hasPrefix("sound: 59 of 59 records"),
      "\(comment): \(verified.text)")
    #expect(!verified.output.contains("not checked"), "\(comment): \(verified.text)")
  }

  @Test(.timeLimit(.minutes(5)), arguments: [[], ["--currency", "XYZ"]])
  func `take nothing from who makes the same ones at the same time`(options: [String]) throws {
    for round in 1...12 {
      let folder = try Folder()
      let path = folder.path("books")
      let outcomes = try initAtOnce([[path], [path] + options])
      let texts = "round \(round): \(outcomes.map(\.text))"
      #expect(outcomes.contains { $0.code == 0 }, "\(texts)")
      #expect(outcomes.count { $0.errors.hasPrefix("Created books") } == 1, "\(texts)")
      try expectBooks(path, path + "/keys/master.key", texts)
    }
  }

  @Test(.timeLimit(.minutes(5)), arguments: [[], ["--currency", "ZZZ"]])
  func `take no master key from other books that have it too`(options: [String]) throws {
    for round in 1...12 {
      let folder = try Folder()
      let (one, two, key) = (folder.path("one"), folder.path("two"), folder.path("m"))
      let named = ["--master-key", key]
      let outcomes = try initAtOnce([[one] + named, [two] + named + options])
      let texts = "round \(round): \(outcomes.map(\.text))"
      #expect(outcomes.map { $0.code } == [0, options.isEmpty ? 0 : 1], "\(texts)")
      try expectBooks(one, key, texts)
      if options.isEmpty { try expectBooks(two, key, texts) }
    }
  }

  @Test func `leave a restore its lock`() throws {
    let folder = try Folder()
    let path = folder.path("restored")
    try FileManager.default.createDirectory(
      atPath: path + "/log.unfinished", withIntermediateDirectories: true)
    let lock = try DirectoryLock(path: path + "/writer.lock", timeout: .zero)
    for options in [[], ["--currency", "XYZ"]] {
      let refused = try Program.run(["init", path] + options)
      #expect(
        refused.code == 3 && refused.errors.contains("Books are being restored into"),
        "\(refused.text)")
    }
    let error = #expect(throws: StoreError.self) {
      _ = try DirectoryLock(path: path + "/writer.lock", timeout: .zero)
    }
    #expect(error?.code == .locked)
    _ = consume lock
    #expect(
      try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
        == ["log.unfinished", "writer.lock"])
  }

  @Test func `are tried where nothing is left`() throws {
    let folder = try Folder()
    let scratch = folder.path("scratch")
    try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: false)
    for (options, code) in [(["--currency", "XYZ"], 1), ([], 0)] {
      let arguments = ["TMPDIR=\(scratch)", Program.url.path(), "init", folder.path("books")]
      let outcome = try Program.run(URL(filePath: "/usr/bin/env"), arguments + options)
      #expect(outcome.code == code, "\(outcome.text)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: scratch) == [])
    }
  }

  @Test func `have no master key among the stores of keys`() throws {
    let folder = try Folder()
    let new = folder.path("new")
    try FileManager.default.createDirectory(
      atPath: new + "/keys", withIntermediateDirectories: true)
    let refused = try Program.run(["init", new, "--master-key", new + "/keys/m"])
    #expect(refused.code == 2 && refused.errors.contains("lies in keys/"), "\(refused.text)")
    #expect(try FileManager.default.subpathsOfDirectory(atPath: new) == ["keys"])
  }
}
