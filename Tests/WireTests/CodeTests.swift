// What may be a code, one step on either side of each limit.

import Testing
import Wire

@Suite struct CodeTests {
  @Test(arguments: [
    "4", "SO-1001", "a b", "é", "商品-7", "…", "\u{200d}", String(repeating: "x", count: 64),
    String(repeating: "商", count: 64), "#7", "430/12", "\"quoted\"",
  ])
  func `a code is 1 to 64 printable characters`(text: String) throws {
    #expect(try Code(text).text == text)
  }

  @Test(arguments: [
    "", " ", " a", "a ", "a\nb", "a\tb", "\u{0}", "\u{7f}", "\u{85}", "a\u{9f}",
    String(repeating: "x", count: 65), String(repeating: "😀", count: 64),
  ])
  func `what is no code is refused`(text: String) {
    #expect(throws: WireError(.invalidValue, "", remedy: "")) { try Code(text) }
  }

  // 64 characters of four bytes are 256 bytes.
  @Test func `a refusal says which limit is passed`() throws {
    func message(_ text: String) -> String? {
      #expect(throws: WireError.self) { try Code(text) }?.message
    }
    #expect(message(String(repeating: "x", count: 65)) == "The code is longer than 64 characters.")
    #expect(message(String(repeating: "😀", count: 65)) == "The code is longer than 64 characters.")
    #expect(
      message(String(repeating: "😀", count: 64)) == "The code is longer than 255 bytes of UTF-8.")
    // 63 × 4 + 1 = 253 bytes, 64 characters.
    #expect(try Code(String(repeating: "😀", count: 63) + "x").text.utf8.count == 253)
  }

  @Test func `codes are equal when their bytes are`() {
    let one = Code("caf\u{e9}")
    let two = Code("cafe\u{301}")
    #expect(one.text == two.text)
    #expect(one != two)
    #expect(Set([one, two, Code("café")]).count == 2)
  }

  @Test func `codes are ordered by their bytes`() {
    let sorted: [Code] = ["F-10", "F-2", "a", "é", "商", "😀"]
    #expect(sorted.shuffled().sorted() == sorted)
    #expect(!(("a" as Code) < "a"))
  }
}
