// Why: whoever recorded an event may have said why. Every event that has a field for words is read through the one walk
// that names its fields, so that a new kind of event needs nothing here.

internal import Events
internal import Wire

/// The words of an event: its `text`, `reason`, `task` or `value`.
struct EventWords {
  private static let fields = ["text", "reason", "task", "value"]
  let words: String

  init(_ event: Recorded) throws(WireError) {
    guard let type = Catalogue.numbered(event.kind) else {
      words = ""
      return
    }
    words = try EventWords.read(type, event)
  }

  private static func read<E: Event>(
    _ type: E.Type, _ recorded: Recorded
  ) throws(WireError) -> String {
    guard var event = try recorded.event(type) else { return "" }
    var finder = WordFinder(names: fields)
    try event.fields(&finder)
    return finder.found
  }
}

/// Walks over an event's own fields and keeps the first that is words under one of some names.
private struct WordFinder: FieldCoder {
  let names: [String]
  var found = ""

  mutating func field<Value: FieldValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value
  ) throws(WireError) {
    guard found.isEmpty, names.contains(name.description) else { return }
    if let text = value as? String { found = text }
    if let text = value as? String? { found = text ?? "" }
  }
}
