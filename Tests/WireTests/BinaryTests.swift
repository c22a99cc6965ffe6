// The binary form, byte by byte, by protobuf.dev, "Encoding"; figures from there or by hand.

import Testing
import Wire

@Suite struct BinaryTests {
  private struct Numbers: Fields, Hashable {
    var plain: Int64 = 0
    var given: Int64?
    var flag = false
    var maybe: Bool?
    var decimal = ExactDecimal()
    var some: ExactDecimal?
    var text = ""
    var remark: String?
    var code = Code()
    var codes: [Code] = []
    init() {}
    mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
      try f.field(1, "plain", &plain)
      try f.field(2, "given", &given)
      try f.field(3, "flag", &flag)
      try f.field(4, "maybe", &maybe)
      try f.field(5, "decimal", &decimal)
      try f.field(6, "some", &some)
      try f.field(7, "text", &text)
      try f.field(8, "remark", &remark)
      try f.field(9, "code", &code)
      try f.field(16, "codes", &codes)
    }
  }

  private func bytes(_ change: (inout Numbers) -> Void) throws -> [UInt8] {
    var value = Numbers()
    change(&value)
    let bytes = try BinaryWriter.bytes(of: value)
    #expect(try BinaryReader.read(Numbers.self, from: bytes) == value)
    return bytes
  }

  // The zigzag table of protobuf.dev, and its varint of 150.
  @Test(
    arguments: [
      (-1, [0x08, 1]), (1, [0x08, 2]), (-2, [0x08, 3]), (75, [0x08, 0x96, 0x01]),
      (63, [0x08, 0x7e]),
      (64, [0x08, 0x80, 0x01]), (-64, [0x08, 0x7f]), (-65, [0x08, 0x81, 0x01]), (0, []),
      (0x7fff_ffff, [0x08, 0xfe, 0xff, 0xff, 0xff, 0x0f]),
      (-0x8000_0000, [0x08, 0xff, 0xff, 0xff, 0xff, 0x0f]),
      (.max, [0x08, 0xfe] + [UInt8](repeating: 0xff, count: 8) + [0x01]),
      (.min, [0x08] + [UInt8](repeating: 0xff, count: 9) + [0x01]),
    ] as [(Int64, [UInt8])])
  func `a whole number is a zigzag varint, and a zero is left out`(
    number: Int64, expected: [UInt8]
  ) throws {
    #expect(try bytes { $0.plain = number } == expected)
  }

  @Test func `what an optional holds is written, even when it is zero or empty`() throws {
    #expect(try bytes { $0.given = 0 } == [0x10, 0])
    #expect(try bytes { $0.maybe = false } == [0x20, 0])
    #expect(try bytes { $0.maybe = true } == [0x20, 1])
    #expect(try bytes { $0.some = .zero } == [0x32, 0])
    #expect(try bytes { $0.remark = "" } == [0x42, 0])
    #expect(try bytes { _ in } == [])
  }

  @Test func `what is not optional is left out when it is zero or empty`() throws {
    #expect(try bytes { $0.flag = true } == [0x18, 1])
    #expect(try bytes { $0.decimal = "0.00" } == [])
    #expect(try bytes { $0.decimal = "-2.50" } == [0x2a, 4, 0x08, 49, 0x10, 2])
    #expect(try bytes { $0.text = "testing" } == [0x3a, 7] + Array("testing".utf8))
    #expect(try bytes { $0.codes = ["a", "é"] } == [0x82, 1, 1, 0x61, 0x82, 1, 2, 0xc3, 0xa9])
  }

  @Test(arguments: [0, 1, 126, 127, 128, 129, 16_383, 16_384, 2_097_151, 2_097_152])
  func `a message says its length in as few bytes as it takes`(length: Int) throws {
    var writer = BinaryWriter()
    let filler = [UInt8](repeating: 7, count: length)
    writer.message(1) { inner in for byte in filler { inner.varint(UInt64(byte)) } }
    var varint: [UInt8] = []
    var left = length
    repeat {
      varint.append(UInt8(left % 128) + (left >= 128 ? 128 : 0))
      left /= 128
    } while left > 0
    let expected = [0x0a] + varint + filler
    #expect(writer.bytes == expected)
  }

  @Test(
    arguments: [
      ([0x08], WireError.Code.truncated, "a tag alone"),
      ([0x08, 0x80], .truncated, "a torn number"),
      ([0x3a, 5, 0x61], .truncated, "a text that is cut"),
      ([0x2a, 2, 0x08], .truncated, "a message that is cut"),
      ([0x2a, 2, 0x08, 0x80], .truncated, "a number torn by the end of its message"),
      (
        [0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1], .truncated, "a huge length"
      ),
      ([0x08, 0x80, 0x00], .notCanonical, "a number with an empty last byte"),
      ([0x88, 0x00, 0x02], .notCanonical, "a tag with an empty last byte"),
      ([0x08] + [UInt8](repeating: 0xff, count: 9) + [0x02], .notCanonical, "more than 64 bits"),
      ([0x08] + [UInt8](repeating: 0xff, count: 10) + [0x01], .notCanonical, "eleven bytes"),
      ([0x08, 0x00], .notCanonical, "a zero that is not optional"),
      ([0x18, 0x00], .notCanonical, "a no that is not optional"),
      ([0x3a, 0x00], .notCanonical, "an empty text that is not optional"),
      ([0x2a, 0x00], .notCanonical, "a decimal of zero that is not optional"),
      ([0x08, 0x02, 0x08, 0x02], .notCanonical, "a field given twice"),
      ([0x10, 0x02, 0x08, 0x02], .notCanonical, "fields out of order"),
      ([0xa8, 0x01, 1, 0x08, 0x02], .notCanonical, "an unknown field out of order"),
      ([0x20, 0x02], .notCanonical, "neither yes nor no"),
      ([0x32, 4, 0x08, 20, 0x10, 4], .notCanonical, "10 × 10⁻², which is 0.1"),
      ([0x32, 4, 0x08, 2, 0x10, 38], .invalidValue, "a decimal of 19 places"),
      ([0x32, 4, 0x08, 2, 0x10, 1], .invalidValue, "a decimal of −1 places"),
      ([0x32, 11, 0x08] + [UInt8](repeating: 0xff, count: 9) + [0x01], .invalidValue, "−2^63"),
      ([0x0a, 1, 0x61], .wrongType, "a text for a number"),
      ([0x38, 2], .wrongType, "a number for a text"),
      ([0x2d, 1, 2, 3, 4], .wrongType, "four bytes for a message"),
      ([0x00, 0x01], .wrongType, "the field 0"),
      ([0x0b], .wrongType, "a group"), ([0xab, 0x01], .wrongType, "an unknown group"),
      ([0xae, 0x01], .wrongType, "a wire type that does not exist"),
      ([0x80, 0x80, 0x80, 0x80, 0x80, 0x01, 0], .wrongType, "a field number beyond 2^29 − 1"),
      ([0x3a, 1, 0xff], .invalidUTF8, "a text that is not UTF-8"),
      ([0x4a, 1, 0x20], .invalidValue, "a code that is a space"),
      ([0x82, 0x01, 0x00], .invalidValue, "an empty code in a list"),
    ] as [([UInt8], WireError.Code, String)])
  func `other bytes are refused`(bytes: [UInt8], code: WireError.Code, what: String) {
    let error = #expect(throws: WireError.self, "\(what)") {
      try BinaryReader.read(Numbers.self, from: bytes)
    }
    #expect(error?.code == code, "\(what)")
  }

  @Test func `fields of a newer program are skipped and counted, at any depth`() throws {
    // Field 10 a varint, 11 eight bytes, 12 a text, 13 four bytes; and in the decimal a field 3.
    let newer: [UInt8] = [
      0x08, 0x02, 0x2a, 4, 0x08, 0x02, 0x18, 0x01, 0x50, 0x96, 0x01, 0x59, 1, 2, 3, 4, 5, 6, 7, 8,
      0x62, 2, 0x68, 0x69, 0x6d, 1, 2, 3, 4, 0x82, 0x01, 1, 0x61,
    ]
    var value = Numbers()
    var reader = try BinaryReader(newer)
    try value.fields(&reader)
    try reader.finish()
    #expect(reader.unknownFields == 5)
    #expect(value.plain == 1)
    #expect(value.decimal == "1")
    #expect(value.codes == ["a"])
  }
}
