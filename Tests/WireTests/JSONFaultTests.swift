// Everything that may be wrong with JSON, with the offset of the first byte at fault (from 0), by RFC 8259.

import Testing
import Wire

@Suite struct JSONFaultTests {
  @Test(arguments: [
    ("", 0), (" ", 1), ("\n\t ", 3), ("{", 1), ("[", 1), ("\"", 1), ("}", 0), ("]", 0), (",", 0),
    ("{,}", 1), ("{\"a\"}", 4), ("{\"a\":}", 5), ("{\"a\":1,}", 7), ("{\"a\":1 \"b\":2}", 7),
    ("{\"a\" 1}", 5), ("{a:1}", 1), ("{'a':1}", 1), ("{\"a\":1", 6), ("{\"a\":1}}", 7),
    ("[1,]", 3), ("[1 2]", 3), ("[1", 2), ("[1}", 2), ("[1]x", 3), ("1 2", 2),
    ("tru", 0), ("True", 0), ("nul", 0), ("falsy", 0), ("truex", 4), ("NaN", 0), ("Infinity", 0),
    ("01", 2), ("-", 1), ("-01", 3), ("+1", 0), (".5", 0), ("1.", 2), ("1.e5", 2), ("1e", 2),
    ("1e+", 3), ("0x10", 1), ("1_000", 1), ("--1", 1),
    ("\"a\u{1}b\"", 2), ("\"a\nb\"", 2), ("\"\\x\"", 2), ("\"\\", 2), ("\"\\u12\"", 3),
    ("\"\\u12g4\"", 3), ("\"\\u12/4\"", 3), ("\"\\u12:4\"", 3), ("\"\\u12@4\"", 3),
    ("\"\\u12G4\"", 3), ("\"\\u12`4\"", 3), ("\"\\ud800\"", 1), ("\"\\udc00\"", 1),
    ("\"\\ud800\\u0041\"", 1),
    ("\"\\ud800x\"", 1), ("// no comments", 0), ("{\"a\":1}\u{0}", 7), ("\u{FEFF}{}", 0),
  ])
  func `what is no JSON is refused where it goes wrong`(text: String, offset: Int) throws {
    let error = #expect(throws: WireError.self) { try JSONDocument(Array(text.utf8)) }
    #expect(error?.code == .malformed)
    #expect(error?.offset == offset)
    #expect(error?.message.hasSuffix("at byte \(offset + 1).") == true)
  }

  // By the table of well-formed sequences, Unicode 15, table 3-7.
  @Test(
    arguments: [
      [0x80], [0xc0, 0x80], [0xc1, 0xbf], [0xc3], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80],
      [0xf0, 0x80, 0x80, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xff],
      [0xe2, 0x82], [0x41, 0xe9, 0x42],
    ] as [[UInt8]])
  func `a text that is not UTF-8 is refused`(bytes: [UInt8]) {
    let error = #expect(throws: WireError.self) { try JSONDocument([0x22] + bytes + [0x22]) }
    #expect(error?.code == .invalidUTF8)
    #expect(error?.offset == 1)
  }

  @Test(arguments: ["[", "{\"a\":"])
  func `nesting is bounded, and what is bounded is read`(opening: String) throws {
    let closing = opening == "[" ? "]" : "}"
    func nested(_ depth: Int) -> [UInt8] {
      let text =
        String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth)
      return Array(text.utf8)
    }
    _ = try JSONDocument(nested(JSONDocument.maximumDepth))
    let error = #expect(throws: WireError.self) {
      try JSONDocument(nested(JSONDocument.maximumDepth + 1))
    }
    #expect(error?.code == .tooDeep)
    #expect(throws: WireError.self) { try JSONDocument(nested(1_000_000)) }
  }

  @Test func `a line is bounded`() throws {
    let space = [UInt8](repeating: 0x20, count: JSONDocument.maximumLength - 2)
    _ = try JSONDocument(space + [0x7b, 0x7d])
    let error = #expect(throws: WireError.self) { try JSONDocument(space + [0x20, 0x7b, 0x7d]) }
    #expect(error?.code == .tooLong)
  }

  @Test(arguments: [
    (#"{"a":1,"b":2,"a":3}"#, "a", 14), (#"{"a":1,"\u0061":2}"#, "a", 8), (#"{"":1,"":2}"#, "", 7),
    (#"{"x":{"a":1,"a":2}}"#, "a", 13), (#"[{"é":1,"\u00e9":2}]"#, "é", 10),
  ])
  func `a name is given once in an object`(text: String, name: String, offset: Int) {
    let error = #expect(throws: WireError.self) { try JSONDocument(Array(text.utf8)) }
    #expect(error?.code == .duplicateField)
    #expect(error?.path == name)
    #expect(error?.offset == offset)
  }

  @Test(arguments: [0, 40])
  func `names are the same byte by byte, however they are written`(others: Int) throws {
    // The same letter twice: as one character, and with its accent behind it (Unicode, UAX #15).
    let fields = (0..<others).map { ",\"f\($0)\":0" }.joined()
    for second in ["e\u{301}", "\\u0065\\u0301", "e\\u0301"] {
      let text = "{\"é\":1\(fields),\"\(second)\":2}"
      #expect(try JSONDocument(Array(text.utf8)).root.members().count == others + 2)
    }
  }

  @Test func `a name may be used again elsewhere`() throws {
    let text = #"{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}"#
    #expect(try JSONDocument(Array(text.utf8)).root.members().count == 2)
  }

  @Test func `many fields cost no more than their length, and are compared all the same`() throws {
    let fields = (0..<100_000).map { "\"f\($0)\":0" }.joined(separator: ",")
    #expect(try JSONDocument(Array("{\(fields)}".utf8)).root.members().count == 100_000)
    let error = #expect(throws: WireError.self) {
      try JSONDocument(Array("{\(fields),\"f77\":1}".utf8))
    }
    #expect(error?.code == .duplicateField)
    #expect(error?.path == "f77")
  }

  @Test func `no byte anywhere stops the program`() {
    let text = Array(#"{"a":[1,-2.5e3,"x\n\u00e9",true,null],"b":{"c":"é"}}"#.utf8)
    for i in text.indices {
      for byte in UInt8.min...UInt8.max {
        var damaged = text
        damaged[i] = byte
        _ = try? JSONDocument(damaged)
      }
    }
  }

  @Test func `every fault that input can have is told from the others`() {
    let names = Set(WireError.Code.allCases.map(\.rawValue))
    #expect(names.count == WireError.Code.allCases.count)
    #expect(names.allSatisfy { $0.contains(".") })
  }

  @Test func `a fault is told in one line: where, what, remedy`() {
    let error = WireError(.missingField, "is required.", remedy: "Add it.")
      .inside("price").inside(element: 2).inside("lines")
    #expect(error.path == "lines[2].price")
    #expect("\(error)" == "lines[2].price: is required. Add it.")
    #expect("\(WireError(.malformed, "Bad.", remedy: "Mend it."))" == "Bad. Mend it.")
  }
}
