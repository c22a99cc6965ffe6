// Why: a monitor reads what lies there. What an earlier run left out, and what was lost or cut since, is written by the next.

import Foundation
import Testing

@Suite struct `Exported tiles` {
  private let signed: SignedBooks

  init() throws { signed = try SignedBooks() }

  private func record(_ numbers: ClosedRange<Int>) throws {
    let lines = numbers.map {
      "{\"event\":\"journal.posted\",\"on\":\"2026-04-20\",\"entry\":\"E-\($0)\",\"text\":\"t\",\"lines\":["
        + "{\"account\":\"6200\",\"debit\":\"1.00\"},{\"account\":\"1000\",\"credit\":\"1.00\"}]}\n"
    }
    let recorded = try signed.books.record(Data(lines.joined().utf8), ["--quiet"])
    guard recorded.code == 0 else { throw Template.Unusable(text: recorded.text) }
  }

  private func export(_ name: String, _ options: [String] = []) throws -> Program.Outcome {
    let outcome = try signed.run(
      [
        "export-tiles", signed.books.folder.path(name), "--books", signed.books.path, "--key",
        signed.key,
      ] + options)
    #expect(outcome.code == 0, "\(outcome.text)")
    return outcome
  }

  /// Expects every file of the directory `whole` in `name` too, with the same bytes.
  private func expect(_ name: String, has whole: String, _ comment: Comment) throws {
    let (directory, other) = (signed.books.folder.path(name), signed.books.folder.path(whole))
    for file in try FileManager.default.subpathsOfDirectory(atPath: other) {
      #expect(
        FileManager.default.contents(atPath: "\(directory)/\(file)")
          == FileManager.default.contents(atPath: "\(other)/\(file)"), "\(comment): \(file)")
    }
  }

  @Test func `get the records later, and what was lost or cut`() throws {
    // 179 events and 130: one full tile. Then 210 more: 519 = 2 × 256 + 7.
    try record(1...130)
    _ = try signed.checkpoint()
    _ = try export("tiles")
    try record(131...340)
    _ = try signed.checkpoint()
    _ = try export("whole", ["--entries"])
    let tiles = signed.books.folder.path("whole/tile")
    for file in ["0/000", "0/001", "0/002.p/7", "1/000.p/2", "entries/000", "entries/002.p/7"] {
      #expect(FileManager.default.fileExists(atPath: "\(tiles)/\(file)"), "\(file)")
    }
    _ = try export("tiles", ["--entries"])
    try expect("tiles", has: "whole", "the records of full tiles too")
    #expect(try export("tiles", ["--entries"]).output.hasPrefix("0 tiles, 519 events"))
    for file in ["0/000", "entries/000"] {
      try FileManager.default.removeItem(atPath: signed.books.folder.path("tiles/tile/\(file)"))
    }
    let names = ["tile/0/001", "tile/entries/001", "tile/entries/002.p/7"]
    let cut = names.map { URL(filePath: signed.books.folder.path("tiles/\($0)")) }
    for file in cut.dropLast() { try Data(contentsOf: file).dropLast().write(to: file) }
    try Data().write(to: cut[2])
    // Two are lost, one of hashes is cut, one of records is empty. How long one of records is to be is not asked.
    #expect(try export("tiles", ["--entries"]).output.hasPrefix("4 tiles, 519 events"))
    #expect(try export("tiles", ["--entries"]).text.hasPrefix("0 tiles, 519 events"))
    #expect(try export("tiles", ["--entries", "--check"]).output.hasPrefix("1 tile, 519 events"))
    try expect("tiles", has: "whole", "what was lost or cut")
  }

  @Test func `are put where there are none of others`() throws {
    try record(1...130)
    _ = try signed.checkpoint()
    _ = try export("tiles")
    // An interrupted first run has left tiles, and no checkpoint.
    try FileManager.default.removeItem(atPath: signed.books.folder.path("tiles/checkpoint"))
    #expect(try export("tiles").output.contains("309 events"))
    try FileManager.default.removeItem(atPath: signed.books.folder.path("tiles/checkpoint"))
    let tile = URL(filePath: signed.books.folder.path("tiles/tile/0/000"))
    let others = Data(repeating: 7, count: 8_192)
    for (name, text, says) in [
      ("tile/0/000", others, "tile/0/000 is there already, and not of these books"),
      ("checkpoint", Data("a map\n".utf8), "checkpoint is no checkpoint"),
    ] {
      let file = URL(filePath: signed.books.folder.path("tiles/\(name)"))
      try text.write(to: file)
      let refused = try signed.run([
        "export-tiles", signed.books.folder.path("tiles"), "--books", signed.books.path, "--key",
        signed.key,
      ])
      #expect(refused.code == 1 && refused.errors.contains(says), "\(refused.text)")
      #expect(try Data(contentsOf: file) == text)
    }
    #expect(try Data(contentsOf: tile) == others)
  }

  @Test func `that are damaged are named and written again by a check`() throws {
    // 179 and 130: one full tile, and 53 leaves; above them one hash.
    try record(1...130)
    _ = try signed.checkpoint()
    _ = try export("whole", ["--entries"])
    _ = try export("tiles", ["--entries"])
    let names = ["tile/0/000", "tile/0/001.p/53", "tile/1/000.p/1", "tile/entries/000"]
    for name in names {
      let file = URL(filePath: signed.books.folder.path("tiles/\(name)"))
      var bytes = try Data(contentsOf: file)
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: file)
    }
    // Their sizes are right, and more is not looked at unless it is asked for.
    #expect(try export("tiles", ["--entries"]).text.hasPrefix("0 tiles, 309 events"))
    let outcome = try export("tiles", ["--entries", "--check"])
    #expect(outcome.output.hasPrefix("4 tiles, 309 events"), "\(outcome.text)")
    for name in names {
      #expect(
        outcome.errors.contains("tiles/\(name) was damaged, and is written again.\n"),
        "\(outcome.text)")
    }
    try expect("tiles", has: "whole", "what was damaged")
    #expect(try export("tiles", ["--entries", "--check"]).text.hasPrefix("0 tiles, 309 events"))
  }

  /// Bundles are refused for the record of event `position`; the directory of the tiles.
  private func expectTooLong(_ position: Int) throws -> String {
    let path = signed.books.folder.path("tiles")
    let options = ["--books", signed.books.path, "--key", signed.key]
    let refused = try signed.run(["export-tiles", path, "--entries"] + options)
    #expect(
      refused.code == 1
        && refused.errors.contains("record of event \(position) is longer than the 65,535"),
      "\(refused.text)")
    return path
  }

  @Test func `with a record that no bundle can hold are refused before anything is written`() throws
  {
    try recordLong()
    _ = try signed.checkpoint()
    let path = try expectTooLong(180)
    #expect(!FileManager.default.fileExists(atPath: path))
    #expect(try export("tiles").output.hasPrefix("1 tile, 180 events"))
  }

  @Test func `that are there stay as they are when a later record fits no bundle`() throws {
    // 179 events and 130 more; 310 is the long one, of the bundle that begins with 257.
    try record(1...130)
    _ = try signed.checkpoint()
    _ = try export("tiles", ["--entries"])
    _ = try export("whole", ["--entries"])
    try recordLong()
    _ = try signed.checkpoint()
    _ = try expectTooLong(310)
    try expect("tiles", has: "whole", "nothing was written")
  }

  /// Records a journal entry of 3,000 lines.
  private func recordLong() throws {
    let lines = (1...1_500).map {
      #"{"account":"6200","debit":"\#($0).00"},{"account":"1000","credit":"\#($0).00"}"#
    }
    let long =
      #"{"event":"journal.posted","on":"2026-04-20","entry":"LONG","text":"t","lines":["#
      + lines.joined(separator: ",") + "]}"
    let recorded = try signed.books.record(Data(long.utf8), ["--quiet"])
    guard recorded.code == 0 else { throw Template.Unusable(text: recorded.text) }
  }

  @Test func `need a directory, and their checkpoint`() throws {
    _ = try signed.checkpoint()
    let file = try signed.file("file", "mine")
    let options = ["--books", signed.books.path, "--key", signed.key]
    let refused = try signed.run(["export-tiles", file] + options)
    #expect(refused.code == 1 && refused.errors.contains("file is no directory"), "\(refused.text)")
    _ = try export("tiles")
    let tiles = signed.books.folder.path("tiles")
    try FileManager.default.removeItem(atPath: tiles + "/checkpoint")
    let compared = try signed.run(["verify", "--books", signed.books.path, "--against", tiles])
    #expect(
      compared.code == 2 && compared.errors.contains("tiles has no checkpoint."), "\(compared.text)"
    )
  }
}
