// Bytes between separators.

import Testing
import Wire

@Suite struct BytesBetweenTests {
  @Test(arguments: [
    ("", .max, [""]), ("a", .max, ["a"]), ("/", .max, ["", ""]), ("a/b/", .max, ["a", "b", ""]),
    ("//a", .max, ["", "", "a"]), ("a/b/c", 3, ["a", "b", "c"]), ("a/b/c", 2, ["a", "b/c"]),
    ("a/b/c", 1, ["a/b/c"]),
  ])
  func `empty parts count, and the last of the most has the rest`(
    text: String, most: Int, parts: [String]
  ) {
    // A slice that does not begin at 0.
    let bytes = Array("/\(text)".utf8)[1...]
    let found = bytes.between(UInt8(ascii: "/"), most: most)
    #expect(found.map { String(decoding: $0, as: UTF8.self) } == parts)
  }
}
