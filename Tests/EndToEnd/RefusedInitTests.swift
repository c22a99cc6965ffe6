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
}
