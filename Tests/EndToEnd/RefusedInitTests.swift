// Why: who mistypes a currency tries again, and must find neither nameless books nor a key that belongs to none.

import Foundation
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
}
