// Why: the JSON that Diario prints can be fed to it again, so it comes from the same walk.

/// Writes fields as one JSON object on one line.
public struct JSONWriter: FieldCoder, Sendable {
  /// What has been written so far.
  public private(set) var text = ""
  private var needsComma = false

  /// An empty writer.
  public init() {}

  /// The JSON object of `value`.
  public static func text<Value: Fields>(of value: Value) throws(WireError) -> String {
    var writer = JSONWriter()
    try writer.object { (writer) throws(WireError) in
      var value = value
      try value.fields(&writer)
    }
    return writer.text
  }

  /// Writes one field, unless it is absent.
  public mutating func field<Value: FieldValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value
  ) throws(WireError) {
    if value.isAbsent { return }
    key(name.description)
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
    text += ":"
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
    text += json
    needsComma = true
  }

  mutating func begin(_ bracket: String) {
    comma()
    text += bracket
    needsComma = false
  }

  mutating func close(_ bracket: String) {
    text += bracket
    needsComma = true
  }

  private mutating func comma() {
    if needsComma { text += "," }
    needsComma = false
  }

  private mutating func quoted(_ value: String) {
    text += "\""
    defer {
      text += "\""
      needsComma = true
    }
    let isPlain = value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5c }
    if isPlain {
      text += value
      return
    }
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..<"\u{20}":
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
