// Why: everybody may ask what is held about them, and must get it whole, in a form that people and programs can read.

internal import ArgumentParser
internal import Books
internal import Events
internal import Ledger
internal import Platform
internal import Wire

struct Person: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person",
    abstract: "Print everything that is held about a person.",
    discussion: """
      What every event that mentions the person says about them, personal fields in the clear, or «erased». Of a list, such as the \
      payslips of a run, what is about others is left out and counted, and so are others' moves; of an event that is somebody \
      else's, «about somebody else» stands for all but where the person is named. As JSON: first what is known of the person, then \
      one event a line, with its moves.

      EXAMPLES
        diario person C-17
        diario person E-7 --role employee --format json > E-7.jsonl
      """)

  @OptionGroup var place: BooksOption
  @Argument(help: "The person's code.")
  var code: String
  @Option(help: "customer, supplier or employee; needed when the code names more than one.")
  var role: String?
  @Option(help: "text or json.")
  var format = "text"

  func run() throws {
    guard format == "text" || format == "json" else {
      throw Failure.usage("There is no format \"\(format)\". Use text or json.")
    }
    let books = try place.open(readOnly: true)
    let role = try PersonRole.option(role)
    let code: Code
    do { code = try Code(self.code) } catch { throw Failure.usage("\(error)") }
    let file = try withBooks { () throws(BooksError) in try books.person(code, role) }
    if format == "json" {
      let today = try withBooks { () throws(BooksError) in try books.day(at: Terminal.now()) }
      Terminal.write(file.head(today) + "\n")
      for event in file.events {
        Terminal.write(try withBooks { () throws(BooksError) in try books.json(event) } + "\n")
      }
    } else {
      Terminal.write(file.heading)
      for event in file.events {
        Terminal.write(
          "\n#\(event.position)  \(event.on)  \(Catalogue.name(of: event.kind))\n"
            + (try Self.lines(event)))
      }
    }
  }

  /// The fields of an event, one a line.
  private static func lines(_ event: PersonExcerpt) throws -> String {
    var leftOut = event.leftOut
    leftOut["moves"] = nil
    var text = ""
    for (name, value) in try JSONDocument(Array(event.fields.utf8), limit: .max).root.members() {
      let more = leftOut.removeValue(forKey: name).map { "; \($0) more, about others" } ?? ""
      text += "  \(name): \(try words(value).printable)\(more)\n"
    }
    for (name, count) in leftOut.sorted(by: { $0.key < $1.key }) {
      text += "  \(name): \(count), about others\n"
    }
    return text
  }

  /// A value as people write it.
  private static func words(_ value: JSONValue) throws -> String {
    if value.isObject {
      return try value.members().map { "\($0.name) \(try words($0.value))" }
        .joined(separator: ", ")
    }
    if let elements = try? value.elements() {
      return try elements.map(words).joined(separator: "; ")
    }
    if let text = try? value.text() { return text }
    if let yes = try? value.boolean() { return yes ? "yes" : "no" }
    return try value.decimal().description
  }
}

extension PersonFile {
  /// What is known of the person, as one JSON object.
  fileprivate func head(_ today: Day) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("person")
      writer.string(person.code.text)
      writer.key("role")
      writer.string("\(person.kind)")
      writer.key("holds")
      // One that ends on a later day keeps the data until then.
      let ending = lifted.filter { $0.value.on > today }
      let all = holds.map { ($0.key, $0.value, Day?.none) } + ending.map { ($0, $1.reason, $1.on) }
      writer.list(all.sorted { $0.0 < $1.0 }) { writer, hold in
        writer.object { writer in
          writer.key("hold")
          writer.string(hold.0.text)
          writer.key("reason")
          writer.string(hold.1)
          if let end = hold.2 {
            writer.key("until")
            writer.string(end.description)
          }
        }
      }
      if erasureRequestedAt > 0 {
        writer.key("erasureRequestedAt")
        writer.raw(String(erasureRequestedAt))
      }
      if erasedAt > 0 {
        writer.key("erasedAt")
        writer.raw(String(erasedAt))
      }
      writer.key("events")
      writer.raw(String(events.count))
    }
    return writer.text
  }

  /// What is known of the person, for people.
  fileprivate var heading: String {
    var text = "\(person)".printable + ": \(events.count) event\(events.count == 1 ? "" : "s")\n"
    for (hold, reason) in holds.sorted(by: { $0.key < $1.key }) {
      text += "kept by hold \(hold): \(reason)".printable + "\n"
    }
    for (hold, ended) in lifted.sorted(by: { $0.key < $1.key }) {
      text += "hold \(hold)".printable + " was lifted, from \(ended.on) on\n"
    }
    if erasedAt > 0 {
      text += "erased: asked for in #\(erasureRequestedAt), done in #\(erasedAt)\n"
    } else if erasureRequestedAt > 0 {
      text += "erasure asked for in #\(erasureRequestedAt), not done yet\n"
    }
    return text
  }
}
