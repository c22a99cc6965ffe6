// Why: editors and other programs can check a line of JSON before it is sent; the schema is printed from the same
// walk that reads the line (json-schema.org, draft 2020-12).

/// Prints messages as definitions of a JSON schema.
public enum JSONSchema {
  /// Writes the schema of an object with the fields of `schema`. `before` writes more properties in front of them,
  /// and names those that must be given.
  public static func write(
    _ schema: MessageSchema, purpose: String = "", to writer: inout JSONWriter,
    before: (inout JSONWriter) -> Void = { _ in }, required: [String] = []
  ) {
    writer.members { writer in
      if !purpose.isEmpty { writer.member("description", purpose) }
      writer.member("type", "object")
      writer.key("properties")
      writer.members { writer in
        before(&writer)
        for field in schema.fields { write(field, to: &writer) }
      }
      let names = required + schema.fields.filter(\.isRequired).map(\.name)
      writer.key("required")
      writer.list(names) { writer, name in writer.string(name) }
      writer.key("additionalProperties")
      writer.raw("false")
    }
  }

  /// Writes one property.
  public static func write(_ field: MessageSchema.Field, to writer: inout JSONWriter) {
    writer.key(field.name)
    writer.members { writer in
      write(field.type, isRequired: field.isRequired, to: &writer)
      if field.isPersonal {
        writer.key("x-personal")
        writer.raw("true")
      }
    }
  }

  private static func write(
    _ type: FieldType, isRequired: Bool, to writer: inout JSONWriter
  ) {
    switch type {
    case .text:
      writer.member("type", "string")
      if isRequired { writer.member("minLength", 1) }
      writer.member("maxLength", 65_536)
    case .code:
      writer.member("type", "string")
      writer.member("minLength", 1)
      writer.member("maxLength", 64)
    case .integer:
      writer.key("type")
      writer.list(["integer", "string"]) { writer, name in writer.string(name) }
      writer.member("pattern", "^-?[0-9]+$")
    case .boolean: writer.member("type", "boolean")
    case .decimal:
      writer.key("type")
      writer.list(["string", "number"]) { writer, name in writer.string(name) }
      writer.member("pattern", "^-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?$")
    case .day:
      writer.member("type", "string")
      writer.member("format", "date")
      writer.member("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    case .moment:
      writer.member("type", "string")
      writer.member("format", "date-time")
    case .choice(let words):
      writer.key("enum")
      writer.list(words) { writer, word in writer.string(word) }
    case .message(let schema): writer.member("$ref", "#/$defs/\(schema.name)")
    case .list(let element):
      writer.member("type", "array")
      writer.key("items")
      writer.members { writer in write(element, isRequired: true, to: &writer) }
    }
  }

  /// `json` with one member or element a line.
  public static func indented(_ json: String) -> String {
    var text = ""
    var depth = 0
    var isInText = false
    var isEscaped = false
    var last: Character = " "
    func newLine() -> String { "\n" + String(repeating: "  ", count: depth) }
    for character in json {
      if isInText {
        text.append(character)
        isInText = isEscaped || character != "\""
        isEscaped = !isEscaped && character == "\\"
      } else {
        if "{[".contains(last), !"]}".contains(character) { text += newLine() }
        switch character {
        case "{", "[": depth += 1
        case "}", "]":
          depth -= 1
          if !"{[".contains(last) { text += newLine() }
        case "\"": isInText = true
        default: break
        }
        text.append(character)
        if character == "," { text += newLine() }
        if character == ":" { text += " " }
      }
      last = isInText ? "\"" : character
    }
    return text + "\n"
  }
}

extension JSONWriter {
  /// Writes `{`, what `body` writes, and `}`.
  public mutating func members(_ body: (inout JSONWriter) -> Void) {
    begin("{")
    body(&self)
    close("}")
  }

  /// Writes a name and its text.
  public mutating func member(_ name: String, _ value: String) {
    key(name)
    string(value)
  }

  /// Writes a name and its whole number.
  public mutating func member(_ name: String, _ value: Int) {
    key(name)
    raw(String(value))
  }
}
