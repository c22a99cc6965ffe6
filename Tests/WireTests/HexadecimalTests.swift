// The values are the test vectors of RFC 4648 §10, in lower case.

internal import Testing
internal import Wire

@Suite struct `Hexadecimal digits` {
  @Test(arguments: [
    ("", ""), ("f", "66"), ("fo", "666f"), ("foo", "666f6f"), ("foob", "666f6f62"),
    ("fooba", "666f6f6261"), ("foobar", "666f6f626172"),
  ])
  func `are those of RFC 4648`(text: String, digits: String) {
    #expect(Hexadecimal.text(text.utf8) == digits)
    #expect(Hexadecimal.bytes(digits) == Array(text.utf8))
  }

  @Test(arguments: ["6", "666", "6F", "+f", "6 6", "0x66", "６６", "66\n"])
  func `have one spelling`(digits: String) { #expect(Hexadecimal.bytes(digits) == nil) }

  @Test func `are two for every byte`() {
    let bytes = (0...255).map { UInt8($0) }
    let text = Hexadecimal.text(bytes)
    #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff") && text.utf8.count == 512)
    #expect(Hexadecimal.bytes(text) == bytes)
  }
}
