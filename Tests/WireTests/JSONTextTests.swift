// Texts and values through JSON, both ways.

import Testing
import Wire

@Suite struct JSONTextTests {
  private func text(_ json: String) throws -> String {
    try JSONDocument(Array(json.utf8)).root.text()
  }

  @Test(arguments: [
    (#""""#, ""), (#""a""#, "a"), (#""\"\\\/""#, "\"\\/"), (#""\b\f\n\r\t""#, "\u{8}\u{c}\n\r\t"),
    (#""\u0041\u00e9\u20ac""#, "Aé€"), (#""\ud83d\ude00""#, "😀"), (#""\uD83D\uDE00x""#, "😀x"),
    (#""a\u0000b""#, "a\u{0}b"), (#""é€😀""#, "é€😀"), (#""\ud7ff\ue000""#, "\u{d7ff}\u{e000}"),
    (#""x\u0065\u0301y""#, "xe\u{301}y"), (#""\udbff\udfff""#, "\u{10ffff}"),
    (#""\\u0041""#, "\\u0041"),
    (#""😀\n😀""#, "😀\n😀"),
  ])
  func `escapes are read by RFC 8259`(json: String, expected: String) throws {
    let read = try text(json)
    #expect(Array(read.utf8) == Array(expected.utf8))
  }

  @Test(arguments: [
    ("", #""""#), ("a\"b\\c/d", #""a\"b\\c/d""#), ("\n\r\t", #""\n\r\t""#),
    ("\u{0}\u{1f}\u{7f}", "\"\\u0000\\u001f\u{7f}\""), ("é😀\u{2028}", "\"é😀\u{2028}\""),
  ])
  func `only what must be escaped is escaped`(value: String, json: String) throws {
    var writer = JSONWriter()
    writer.string(value)
    #expect(writer.text == json)
    #expect(try text(json) == value)
  }

  @Test func `every scalar survives`() throws {
    // All of the first plane in one text, surrogates left out.
    var all = ""
    for value in UInt32(0)..<0x1_0000 {
      if let scalar = Unicode.Scalar(value) { all.unicodeScalars.append(scalar) }
    }
    var writer = JSONWriter()
    writer.string(all)
    #expect(Array(try text(writer.text).utf8) == Array(all.utf8))
  }

  @Test func `every scalar may be written as an escape`() throws {
    // UTF-16 as the standard library has it, in hexadecimal digits of both cases.
    var (all, escapes) = ("", "")
    for value in UInt32(0)...0x10_ffff where value < 0x1_0000 || value % 251 == 0 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      all.unicodeScalars.append(scalar)
      for unit in String(scalar).utf16 {
        let digits = String(unit, radix: 16, uppercase: unit % 2 == 0)
        escapes += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      }
    }
    #expect(Array(try text("\"\(escapes)\"").utf8) == Array(all.utf8))
  }

  private struct Part: Message, Hashable {
    var count: Int64 = 0
    var note: String?
    init() {}
    mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
      try f.field(1, "count", &count)
      try f.field(2, "note", &note)
    }
  }

  private struct Whole: Fields, Hashable {
    var name = ""
    var flag = false
    var maybe: Bool?
    var amount: ExactDecimal?
    var parts: [Part] = []
    var tags: [String] = []
    init() {}
    mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
      try f.field(1, "name", &name)
      try f.field(2, "flag", &flag)
      try f.field(3, "maybe", &maybe)
      try f.field(4, "amount", &amount)
      try f.field(5, "parts", &parts)
      try f.field(6, "tags", &tags)
    }
  }

  private func whole(_ json: String) throws -> Whole {
    try JSONReader.read(Whole.self, from: try JSONDocument(Array(json.utf8)).root)
  }

  @Test(arguments: [
    #"{"name":"a"}"#, #"{"name":"a","flag":true,"maybe":false}"#,
    #"{"name":"a","amount":"0","parts":[{"count":0},{"count":-1,"note":""}],"tags":["","x"]}"#,
  ])
  func `what is printed is what was read`(json: String) throws {
    #expect(try JSONWriter.text(of: try whole(json)) == json)
  }

  @Test func `null is the same as not given`() throws {
    #expect(
      try whole(#"{"name":"a","flag":null,"amount":null,"parts":null}"#) == whole(#"{"name":"a"}"#))
    let error = #expect(throws: WireError.self) { try whole(#"{"name":null}"#) }
    #expect(error?.code == .missingField)
  }

  @Test(arguments: [
    (
      #"{"name":"a","parts":[{"count":1},{"count":1.5}]}"#, WireError.Code.wrongType,
      "parts[1].count", 42
    ),
    (#"{"name":"a","parts":[{"count":"1x"}]}"#, .wrongType, "parts[0].count", 31),
    (#"{"name":"a","parts":[{"count":9223372036854775808}]}"#, .overflow, "parts[0].count", 30),
    (#"{"name":"a","tags":["x",1]}"#, .wrongType, "tags[1]", 24),
    (#"{"name":"a","maybe":"true"}"#, .wrongType, "maybe", 21),
    (#"{"name":"a","parts":[{}]}"#, .missingField, "parts[0].count", 21),
    (#"{"name":"a","parts":[{"count":1,"size":2}]}"#, .unknownField, "parts[0].size", 39),
    (#"{"nmae":"a"}"#, .missingField, "name", 0), (#"{"name":""}"#, .invalidValue, "name", 9),
    (#"{"name":["a"]}"#, .wrongType, "name", 8),
  ])
  func `a fault names its field and its byte`(
    json: String, code: WireError.Code, path: String, offset: Int
  ) {
    let error = #expect(throws: WireError.self) { try whole(json) }
    #expect(error?.code == code)
    #expect(error?.path == path)
    #expect(error?.offset == offset)
  }

  @Test func `a whole number may stand in quotes`() throws {
    let read = try whole(#"{"name":"a","parts":[{"count":"30"},{"count":3e1}]}"#)
    #expect(read.parts.map(\.count) == [30, 30])
  }

  @Test func `a text is bounded`() throws {
    func named(_ count: Int) -> String { #"{"name":"\#(String(repeating: "x", count: count))"}"# }
    #expect(try whole(named(65_536)).name.utf8.count == 65_536)
    let error = #expect(throws: WireError.self) { try whole(named(65_537)) }
    #expect(error?.code == .invalidValue)
    #expect(error?.path == "name")
  }

  @Test func `a printed schema is indented and still JSON`() throws {
    let json = #"{"a":[1,{"b":"x{[\",:"}],"c":{},"d":[]}"#
    let expected = """
      {
        "a": [
          1,
          {
            "b": "x{[\\",:"
          }
        ],
        "c": {},
        "d": []
      }

      """
    #expect(JSONSchema.indented(json) == expected)
  }
}
