// Why: one wrong name behind --proof or --memory must not cost the log, the secret key or the memory of what was signed.

import Foundation
import Testing

@Suite struct `Files that a command writes` {
  private let signed: SignedBooks
  private let backup: String

  init() throws {
    signed = try SignedBooks()
    backup = signed.books.folder.path("backup")
    let made = try signed.run(["backup", backup, "--books", signed.books.path])
    guard made.code == 0 else { throw Template.Unusable(text: made.text) }
  }

  private func prove(_ path: String) throws -> Program.Outcome {
    try signed.run([
      "report", "trial-balance", "--books", signed.books.path, "--key", signed.key, "--proof", path,
    ])
  }

  /// What every file beside the books, in the books and in the backup has.
  private func contents() throws -> [String: Data] {
    let root = signed.books.folder.url.path()
    var contents: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: root)
    where !name.hasSuffix(".lock") && !name.hasSuffix("lock.mdb") {
      contents[name] = FileManager.default.contents(atPath: "\(root)/\(name)")
    }
    return contents
  }

  @Test func `go nowhere inside books and backups`() throws {
    let checkpoint = try signed.file("checkpoint", try signed.checkpoint().output)
    let before = try contents()
    for (place, holder) in [(signed.books.path, "the books"), (backup, "the backup")] {
      let segment = try FileManager.default.contentsOfDirectory(atPath: place).first ?? ""
      for path in [place + "/log/data.mdb", place + "/new", "\(place)/\(segment)"] {
        let witness = [
          "witness", checkpoint, "--public", signed.key + ".pub", "--memory", path,
        ]
        let tiles = ["export-tiles", path, "--books", signed.books.path, "--key", signed.key]
        for outcome in [try prove(path), try signed.run(witness), try signed.run(tiles)] {
          #expect(
            outcome.code == 1 && outcome.errors.contains("is inside \(holder) "),
            "\(path): \(outcome.text)")
        }
      }
    }
    #expect(try contents() == before)
  }

  @Test func `nor do books, other backups and what is saved`() throws {
    let other = signed.books.folder.path("other")
    #expect(try signed.run(["backup", other, "--books", signed.books.path]).code == 0)
    let before = try contents()
    for (place, holder) in [(other + "/x", "the backup"), (signed.books.path + "/x", "the books")] {
      for command in [
        ["backup", place, "--books", signed.books.path], ["restore", backup, place],
        ["salvage", signed.books.path, place],
      ] {
        let outcome = try signed.run(command)
        #expect(
          outcome.code == 1 && outcome.errors.contains("is inside ")
            && outcome.errors.contains(holder == "the backup" ? "the backup \(other)" : "books"),
          "\(command): \(outcome.text)")
      }
    }
    #expect(try contents() == before)
    // A backup that is there goes on, whatever was put around it.
    let file = try #require(
      try FileManager.default.contentsOfDirectory(atPath: other).first {
        $0.hasSuffix(".diario-backup")
      })
    try FileManager.default.copyItem(
      atPath: "\(other)/\(file)", toPath: signed.books.folder.path(file))
    try signed.record("P-1")
    let added = try signed.run(["backup", other, "--books", signed.books.path])
    #expect(added.output.hasPrefix("backed up events 180 to 180"), "\(added.text)")
  }

  @Test func `never replace a key, its companions or anything but their like`() throws {
    let checkpoint = try signed.file("checkpoint", try signed.checkpoint().output)
    let link = signed.books.folder.path("link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: signed.key)
    let letter = try signed.file("letter", "Dear auditor,\n")
    let before = try contents()
    for path in ["", ".pub", ".signed", ".lock"].map({ signed.key + $0 }) + [link] {
      let memory = ["witness", checkpoint, "--public", signed.key + ".pub", "--memory", path]
      for outcome in [try prove(path), try signed.run(memory)] {
        #expect(
          outcome.code == 1 && outcome.errors.contains("belongs to the secret key \(signed.key)"),
          "\(path): \(outcome.text)")
      }
    }
    for path in [letter, checkpoint] {
      let outcome = try prove(path)
      #expect(
        outcome.code == 1 && outcome.errors.contains("no report with its proof"), "\(outcome.text)")
    }
    // A pipe is none either: reading what is in it would wait for ever.
    let elsewhere = try Folder()
    let pipe = elsewhere.path("pipe")
    _ = try Program.run(URL(filePath: "/usr/bin/mkfifo"), [pipe])
    for path in ["/dev/null", pipe] {
      let outcome = try prove(path)
      #expect(outcome.code == 1 && outcome.errors.contains("is no file"), "\(outcome.text)")
    }
    #expect(try contents() == before)
  }

  @Test func `replace an earlier report and an empty file`() throws {
    let path = try signed.file("report.proof", "")
    for _ in 1...2 {
      let outcome = try prove(path)
      #expect(outcome.code == 0, "\(outcome.text)")
      let checked = try signed.run(["verify-report", path, "--public", signed.key + ".pub"])
      #expect(checked.code == 0, "\(checked.text)")
    }
  }
}
