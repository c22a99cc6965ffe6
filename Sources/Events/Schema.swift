// Why: what the catalogue holds, said in three languages: to programs that read bytes, to programs that write
// JSON, and to people.

internal import Wire

/// The printed schemas of all events.
public enum Schema {
  /// A `.proto` file: the body of every event, as records hold it.
  public static func proto() -> String {
    var text = """
      // Diario's events, as the bodies of its records hold them. Printed by `diario schema --proto`.
      // Fields are written in rising order of their numbers, each in its shortest form.

      """
    text += ProtoSchema.head
    text += "\n// Which message a record's body is: the kind number of its header.\n"
    text += "enum Kind {\n  KIND_UNSPECIFIED = 0;\n"
    for type in Catalogue.all {
      let name = type.kind.name.uppercased().map { $0 == "." ? "_" : $0 }
      text += "  KIND_\(String(name)) = \(type.kind.number);\n"
    }
    text += "}\n"
    for part in parts() { text += "\n" + ProtoSchema.definition(of: part) }
    for type in Catalogue.all {
      let comment = "\(type.kind.name), kind \(type.kind.number). \(type.purpose)"
      text += "\n" + ProtoSchema.definition(of: MessageSchema(type), comment: comment)
    }
    return text
  }

  /// A JSON schema (draft 2020-12) of one line: one proposed event.
  public static func json() -> String {
    var writer = JSONWriter()
    writer.members { writer in
      writer.member("$schema", "https://json-schema.org/draft/2020-12/schema")
      writer.member("title", "One line of JSON is one proposed event of Diario")
      writer.key("oneOf")
      writer.list(Catalogue.all) { writer, type in
        writer.members { $0.member("$ref", "#/$defs/\(type.messageName)") }
      }
      writer.key("$defs")
      writer.members { writer in
        for part in parts() + [MessageSchema(Condition.self)] {
          writer.key(part.name)
          JSONSchema.write(part, to: &writer)
        }
        for type in Catalogue.all {
          writer.key(type.messageName)
          JSONSchema.write(
            MessageSchema(type), purpose: type.purpose, to: &writer,
            before: { writer in
              writer.key("event")
              writer.members { $0.member("const", type.kind.name) }
              for field in MessageSchema(Envelope.self).fields {
                JSONSchema.write(field, to: &writer)
              }
            }, required: ["event", "on"])
        }
      }
    }
    return JSONSchema.indented(writer.text)
  }

  /// Every message that is a part of an event, each once, in the order of the catalogue.
  static func parts() -> [MessageSchema] {
    var found: [MessageSchema] = []
    for type in Catalogue.all {
      for part in MessageSchema(type).all.dropLast() where !found.contains(part) {
        found.append(part)
      }
    }
    return found
  }
}
