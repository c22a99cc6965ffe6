// Why: the JSON that Diario prints can be fed to it again, so it comes from the same walk.

/// Writes fields as one JSON object on one line.
public struct JSONWriter: FieldCoder, Sendable {
  /// What has been written so far.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
  private var bytes: [UInt8] = []
  private var needsComma = false

  /// An empty writer.
  public init() { bytes.reserveCapacity(256) }

  /// The JSON object of `value`.
  public static func text<Value: Fields>(of value: Value) throws(WireError) -> String {
    var writer = JSONWriter()
    try writer.object { (writer) throws(WireError) in
      var value = value
      try value.walk(&writer)
    }
    return writer.text
  }

  /// Writes one field, unless it is absent.
  public mutating func field<Value: FieldValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value
  ) throws(WireError) {
    if value.isAbsent { return }
    comma()
    bytes.append(UInt8(ascii: "\""))
    bytes.append(utf8: name.description)
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    value.write(to: &self)
  }

  /// Writes `{`, what `body` writes, and `}`.
  public mutating func object<Failure: Error>(
    _ body: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    begin("{")
    try body(&self)
    close("}")
  }

  /// Writes a list, one element for each of `elements`.
  public mutating func list<Element>(
    _ elements: some Sequence<Element>, _ body: (inout JSONWriter, Element) -> Void
  ) {
    begin("[")
    for element in elements { body(&self, element) }
    close("]")
  }

  /// Begins a list; its elements must follow, then ``endList()``.
  public mutating func beginList() { begin("[") }

  /// Ends a list.
  public mutating func endList() { close("]") }

  /// Writes a name; its value must follow.
  public mutating func key(_ name: String) {
    comma()
    quoted(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a text value.
  public mutating func string(_ value: String) {
    comma()
    quoted(value)
    needsComma = true
  }

  /// Writes a value that is JSON already: a number, `true`, `null`, a finished object.
  public mutating func raw(_ json: String) {
    comma()
    bytes.append(utf8: json)
    needsComma = true
  }

  mutating func begin(_ bracket: String) {
    comma()
    bytes.append(utf8: bracket)
    needsComma = false
  }

  mutating func close(_ bracket: String) {
    bytes.append(utf8: bracket)
    needsComma = true
  }

  private mutating func comma() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
  }

  private mutating func quoted(_ value: String) {
    bytes.append(UInt8(ascii: "\""))
    if value.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") })
    {
      bytes.append(utf8: value)
    } else {
      for byte in value.utf8 { escaped(byte) }
    }
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  private mutating func escaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): bytes.append(utf8: "\\\"")
    case UInt8(ascii: "\\"): bytes.append(utf8: "\\\\")
    case UInt8(ascii: "\n"): bytes.append(utf8: "\\n")
    case UInt8(ascii: "\r"): bytes.append(utf8: "\\r")
    case UInt8(ascii: "\t"): bytes.append(utf8: "\\t")
    case 0..<0x20:
      let hex = String(byte, radix: 16)
      bytes.append(utf8: "\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex)
    default: bytes.append(byte)
    }
  }
}
