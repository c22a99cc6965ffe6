// What was written before an event got more fields is read as it was meant, and written again byte by byte.
// Fixtures/golden/earlier holds the example of each such event as it was then, numbered from 1.

import Events
import Foundation
import Testing
import Wire

@Suite struct EarlierBytesTests {
  static let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? [])
    .filter { $0.hasSuffix(".hex") }.sorted()
  static let folder = Project.golden.appending(path: "earlier")

  @Test(arguments: files) func `bytes of before a field was added still mean the same`(
    file: String
  ) throws {
    let name = file.split(separator: ".").dropLast(2).joined(separator: ".")
    let type = try #require(Catalogue.named(name))
    let text = try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8)
    let bytes = try #require(Hexadecimal.bytes(text.filter { !$0.isWhitespace }))
    let (event, unknown) = try decode(type, bytes)
    #expect(unknown == 0)
    #expect(try binary(event) == bytes)
  }
}
