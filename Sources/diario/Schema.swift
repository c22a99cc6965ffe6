// Why: other programs write our lines and read our records; they need no copy of this code, only its schemas.

internal import ArgumentParser
internal import Events
internal import Platform

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "List the events, or print their schemas.",
    discussion: """
      EXAMPLES
        diario schema
        diario schema --proto > diario.proto
        diario schema --json > diario.schema.json
      """)

  enum Form: String, EnumerableFlag {
    case proto, json, markdown
    static func help(for form: Form) -> ArgumentHelp? {
      switch form {
      case .proto: "A .proto file: the bodies of records."
      case .json: "A JSON schema: a line of JSON is one proposed event."
      case .markdown: "The page of the manual with every event."
      }
    }
  }
  @Flag var form: Form?

  func run() {
    switch form {
    case .proto: Terminal.write(Schema.proto())
    case .json: Terminal.write(Schema.json() + "\n")
    case .markdown: Terminal.write(Schema.markdown() + "\n")
    case nil:
      var text = ""
      for area in Catalogue.areas {
        text += "\(area.name)\n"
        for event in area.events {
          let name = event.kind.name
          let space = String(repeating: " ", count: max(1, 22 - name.count))
          text += "  \(name)\(space)\(event.purpose)\n"
        }
      }
      Terminal.write(text)
    }
  }
}
