// Why: any program in any language can read a body with the Protocol Buffers schema printed here; it is printed
// from the same walk that writes the bytes (protobuf.dev, "Language Guide (proto 3)").

/// Prints messages as the definitions of a `.proto` file.
public enum ProtoSchema {
  /// What every file begins with: syntax, package and the decimal that amounts are made of.
  public static let head = """
    syntax = "proto3";

    package diario.v1;

    // An exact decimal number: digits × 10^-scale, always in its shortest form. A zero is left out where the
    // field is not optional.
    message ExactDecimal {
      sint64 digits = 1;
      sint32 scale = 2;
    }

    """

  /// The definition of `schema`, with `comment` before it.
  public static func definition(of schema: MessageSchema, comment: String = "") -> String {
    var text = comment.isEmpty ? "" : "// \(comment)\n"
    text += "message \(schema.name) {\n"
    for field in schema.fields {
      text += "  \(declaration(of: field));\(remark(on: field))\n"
    }
    return text + "}\n"
  }

  private static func declaration(of field: MessageSchema.Field) -> String {
    let label =
      if case .list = field.type { "repeated " } else if field.hasPresence {
        "optional "
      } else { "" }
    let type = field.isPersonal ? "bytes" : name(of: field.type)
    return "\(label)\(type) \(field.name) = \(field.number)"
  }

  private static func name(of type: FieldType) -> String {
    switch type {
    case .text, .code, .choice: "string"
    case .integer, .moment: "sint64"
    case .boolean: "bool"
    case .decimal: "ExactDecimal"
    case .day: "sint32"
    case .message(let schema): schema.name
    case .list(let element): name(of: element)
    }
  }

  private static func remark(on field: MessageSchema.Field) -> String {
    let type: String? =
      switch field.type {
      case .day: "days since 1970-01-01"
      case .moment: "microseconds since 1970-01-01T00:00:00Z"
      case .choice(let words): words.joined(separator: ", ")
      case .code, .list(.code): "code"
      default: nil
      }
    let remarks = [type, field.isPersonal ? "personal: sealed text" : nil].compactMap(\.self)
    return remarks.isEmpty ? "" : "  // \(remarks.joined(separator: "; "))"
  }
}
