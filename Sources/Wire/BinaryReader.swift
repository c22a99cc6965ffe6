// Why: the reader accepts what the writer writes and, so that newer programs can add fields, skips fields
// it does not know. Anything else (a torn varint, a wrong wire type, another order) is an error, never a guess:
// the same value has one form only, because that form is hashed.

/// Reads fields in Protocol Buffers wire format, in rising order of their numbers.
public struct BinaryReader: FieldCoder, Sendable {
  @usableFromInline let bytes: [UInt8]
  @usableFromInline var offset: Int
  /// The end of the message in which the reader stands.
  @usableFromInline var end: Int
  /// The tag at which the reader stands; 0 at the end.
  @usableFromInline var nextTag: UInt64 = 0
  /// Whether the last number read was a zero, which only an optional may spell out.
  @usableFromInline var readZero = false
  @usableFromInline var skipped = 0
  /// How many fields were skipped because this program does not know them.
  public var unknownFields: Int { skipped }

  /// A reader over all of `bytes`.
  @inlinable public init(_ bytes: [UInt8]) throws(WireError) {
    self.bytes = bytes
    offset = 0
    end = bytes.count
    try advance()
  }

  /// Reads a whole value from `bytes`.
  /// - Throws: ``WireError`` `.truncated` or `.wrongType`.
  @inlinable
  public static func read<Value: Fields>(
    _ type: Value.Type, from bytes: [UInt8]
  ) throws(WireError) -> Value {
    var value = Value()
    var reader = try BinaryReader(bytes)
    try value.walk(&reader)
    try reader.finish()
    return value
  }

  /// Reads one field, if the reader stands at it.
  @inlinable public mutating func field<Value: FieldValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value
  ) throws(WireError) {
    while nextTag != 0, nextTag >> 3 < UInt64(number) { try skip() }
    guard nextTag >> 3 == UInt64(number) else { return }
    readZero = false
    do { try value.read(number, from: &self) } catch { throw error.inside(name) }
    if isAt(number) { throw notCanonical("The field \(name) is given twice.") }
    if !Value.hasPresence, readZero || value.isAbsent {
      throw WireError.emptyField(name, offset)
    }
  }

  /// Skips what follows the last known field.
  @inlinable public mutating func finish() throws(WireError) {
    while nextTag != 0 { try skip() }
  }

  /// Whether the reader stands at field `number`.
  @inlinable public func isAt(_ number: Int) -> Bool { nextTag >> 3 == UInt64(number) }

  @inlinable mutating func advance() throws(WireError) {
    guard offset < end else {
      nextTag = 0
      return
    }
    let last = nextTag >> 3
    let tag = try varint()
    if tag >> 3 == 0 || tag >> 3 > 0x1fff_ffff { throw unexpected("number") }
    if tag >> 3 < last { throw notCanonical("Fields are out of order.") }
    nextTag = tag
  }

  @inlinable mutating func varint() throws(WireError) -> UInt64 {
    guard offset < end else { throw WireError.truncatedBytes(offset) }
    let first = bytes[offset]
    offset += 1
    if first < 0x80 { return UInt64(first) }
    var value = UInt64(first & 0x7f)
    var shift: UInt64 = 7
    while offset < end {
      let byte = bytes[offset]
      offset += 1
      if shift == 63, byte > 1 { throw notCanonical("A number has more than 64 bits.") }
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 {
        if byte == 0 { throw notCanonical("A number is longer than it needs to be.") }
        return value
      }
      shift += 7
    }
    throw WireError.truncatedBytes(offset)
  }

  // The errors are made out of line, to keep the walks small.

  @usableFromInline func unexpected(_ what: String) -> WireError {
    WireError(
      .wrongType, "A field has an unexpected \(what).",
      remedy: "The bytes were written by another schema, or are damaged.", offset: offset)
  }

  @usableFromInline func notUTF8(_ start: Int) -> WireError {
    WireError(
      .invalidUTF8, "A text is not UTF-8.", remedy: "The bytes are damaged.", offset: start)
  }

  @usableFromInline func notCanonical(_ message: String) -> WireError {
    WireError(
      .notCanonical, message, remedy: "The bytes were not written by this program, or are damaged.",
      offset: offset)
  }

  @inlinable mutating func expect(_ type: WireType) throws(WireError) {
    guard nextTag & 7 == UInt64(type.rawValue) else { throw unexpected("wire type") }
  }

  @inlinable mutating func skip() throws(WireError) {
    skipped += 1
    switch nextTag & 7 {
    case 0: _ = try varint()
    case 1: try step(8)
    case 2: try step(Int(clamping: try varint()))
    case 5: try step(4)
    default: throw unexpected("wire type")
    }
    try advance()
  }

  @inlinable mutating func step(_ count: Int) throws(WireError) {
    guard count <= end - offset else { throw WireError.truncatedBytes(offset) }
    offset += count
  }

  /// The whole number (`sint64`) of the field at which the reader stands.
  @inlinable public mutating func integer() throws(WireError) -> Int64 {
    try expect(.varint)
    let raw = try varint()
    readZero = raw == 0
    try advance()
    return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
  }

  /// Yes or no (`bool`) from the field at which the reader stands.
  @inlinable public mutating func boolean() throws(WireError) -> Bool {
    try expect(.varint)
    let raw = try varint()
    if raw > 1 { throw notCanonical("A yes or no is neither.") }
    readZero = raw == 0
    try advance()
    return raw == 1
  }

  /// The text of the field at which the reader stands.
  @inlinable public mutating func text() throws(WireError) -> String {
    try expect(.lengthDelimited)
    let count = Int(clamping: try varint())
    let start = offset
    try step(count)
    guard let text = bytes.text(start..<offset) else { throw notUTF8(start) }
    try advance()
    return text
  }

  /// The bytes (`bytes`) of field `number`, if the reader stands at it.
  mutating func bytes(of number: Int) throws(WireError) -> [UInt8]? {
    while nextTag != 0, nextTag >> 3 < UInt64(number) { try skip() }
    guard isAt(number) else { return nil }
    try expect(.lengthDelimited)
    let count = Int(clamping: try varint())
    let start = offset
    try step(count)
    let found = Array(bytes[start..<offset])
    try advance()
    if isAt(number) { throw notCanonical("A field is given twice.") }
    return found
  }

  /// The nested message of the field at which the reader stands; `body` reads its fields.
  @inlinable public mutating func message(
    _ body: (inout BinaryReader) throws(WireError) -> Void
  ) throws(WireError) {
    try expect(.lengthDelimited)
    let count = Int(clamping: try varint())
    guard count <= end - offset else { throw WireError.truncatedBytes(end) }
    let outer = (end: end, tag: nextTag)
    end = offset + count
    nextTag = 0
    try advance()
    try body(&self)
    try finish()
    (end, nextTag) = outer
    readZero = false
    try advance()
  }
}

extension WireError {
  @usableFromInline static func emptyField(_ name: StaticString, _ offset: Int) -> WireError {
    WireError(
      .notCanonical, "The field \(name) is written, but empty.",
      remedy: "The bytes were not written by this program, or are damaged.", offset: offset)
  }

  @usableFromInline static func truncatedBytes(_ offset: Int) -> WireError {
    WireError(
      .truncated, "The bytes end in the middle of a field.",
      remedy: "The bytes are damaged or cut off.", offset: offset)
  }
}
