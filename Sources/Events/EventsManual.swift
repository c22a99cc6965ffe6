// Why: the page of the manual that lists every event is printed from the events themselves, so it is never out
// of date.

internal import Ledger
internal import Wire

extension Schema {
  /// docs/EVENTS.md: for each event what it says, its fields, and a line of JSON.
  public static func markdown() -> String {
    var text = """
      # Events

      Every event that Diario records, printed from the code by `diario schema --markdown`. One line of JSON is one
      proposed event. Beside its own fields each takes these:

      | field | type | |
      |---|---|---|
      | `event` | text | required; which event it is |
      | `on` | day | required; the day on which it is true |
      | `key` | text | the caller's own key: the same key is recorded once |
      | `by` | code | who says so |
      | `because` | whole number | the position of the event that this one corrects or answers |
      | `if` | [Condition](#condition) | what must be unchanged for this to be recorded |
      | `at` | moment | when it was learned; only while importing history |

      A decimal may be written as text (`"121.00"`) or as a number (`121`); it is read exactly. A field marked
      *personal* is what an erasure must reach. A list may be left out when it would be empty.


      """
    for area in Catalogue.areas {
      text += "## \(area.name)\n\n"
      for type in area.events { text += section(type) }
    }
    text += "## Parts\n\nWhat events and their envelopes hold inside.\n\n"
    for part in parts() + [MessageSchema(Condition.self)] {
      text += "### \(part.name)\n\n\(table(part))\n"
    }
    return String(text.dropLast())
  }

  private static func section(_ type: any Event.Type) -> String {
    """
    ### \(type.kind.name)

    \(type.purpose) (Kind \(type.kind.number).)

    \(table(MessageSchema(type)))
    ```json
    \(line(type))
    ```


    """
  }

  private static func line(_ type: any Event.Type) -> String {
    do throws(WireError) {
      return try Proposal(type.example, on: Day("2026-03-02")).json()
    } catch {
      preconditionFailure("the example of \(type.kind.name) cannot be written: \(error)")
    }
  }

  private static func table(_ schema: MessageSchema) -> String {
    var text = "| field | type | |\n|---|---|---|\n"
    for field in schema.fields {
      let remarks = [field.isRequired ? "required" : nil, field.isPersonal ? "personal" : nil]
      let remark = remarks.compactMap(\.self).joined(separator: ", ")
      text += "| `\(field.name)` | \(name(of: field.type)) | \(remark) |\n"
    }
    return text
  }

  private static func name(of type: FieldType) -> String {
    switch type {
    case .text: "text"
    case .code: "code"
    case .integer: "whole number"
    case .boolean: "true or false"
    case .decimal: "decimal"
    case .day: "day"
    case .moment: "moment"
    case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .message(let schema): "[\(schema.name)](#\(schema.name.lowercased()))"
    case .list(let element): "list of \(name(of: element))"
    }
  }
}
