// Why: inside the log things are numbers; people read codes and decimal amounts.

internal import Documents
internal import EventLog
public import Events
public import Ledger
internal import Proofs
internal import Wire

extension Books {
  /// The characters of a name; empty for none.
  public func code(_ id: NameID) throws(BooksError) -> String {
    if id.isNone { return "" }
    return try reading { () throws(LogError) in try log.name(id)?.code.text ?? "#\(id.raw)" }
  }

  /// A place as people write it: `430/F-12`.
  public func text(_ place: Place) throws(BooksError) -> String {
    let account = try code(place.account)
    return place.subject.isNone ? account : "\(account)/\(try code(place.subject))"
  }

  /// A receipt as one JSON object: position, day, moment and moves; one of what only would be says so.
  public func json(_ receipt: Receipt, isRecorded: Bool = true) throws(BooksError) -> String {
    var writer = JSONWriter()
    try writer.object { (writer) throws(BooksError) in
      writer.key("position")
      writer.raw(String(receipt.position))
      writer.key("on")
      writer.string(receipt.on.description)
      writer.key("at")
      writer.string(receipt.at.description)
      if !isRecorded {
        writer.key("recorded")
        writer.raw("false")
      }
      if receipt.isRepeated {
        writer.key("repeated")
        writer.raw("true")
      }
      writer.key("moves")
      try write(receipt.moves, eventOn: receipt.on, to: &writer)
    }
    return writer.text
  }

  /// A record as one JSON object: what the log keeps of an event, its personal fields in the clear. That of a kind which this
  /// program does not know has its body, in base64, in place of its fields.
  public func json(_ event: Recorded) throws(BooksError) -> String {
    let event = try opened(event)
    return try json(event, event.moves) { (writer) throws(BooksError) in
      if let type = Catalogue.numbered(event.kind) {
        writer.key("fields")
        writer.raw(try Self.fields(type, event))
      } else {
        writer.key("body")
        writer.string(Base64.text(event.body))
      }
    }
  }

  /// What an event says about a person as one JSON object, and how much of its lists and moves is left out. The key of one that is not wholly
  /// about them may say something of others.
  public func json(_ excerpt: PersonExcerpt) throws(BooksError) -> String {
    try json(excerpt.event, excerpt.moves, showsKey: excerpt.isWhole) {
      (writer) throws(BooksError) in
      writer.key("fields")
      writer.raw(excerpt.fields)
      if excerpt.leftOut.isEmpty { return }
      writer.key("aboutOthers")
      writer.object { writer in
        for (name, count) in excerpt.leftOut.sorted(by: { $0.key < $1.key }) {
          writer.key(name)
          writer.raw(String(count))
        }
      }
    }
  }

  /// The head of a record, what `body` writes of its fields, and `moves`.
  private func json(
    _ event: Recorded, _ moves: [Move], showsKey: Bool = true,
    _ body: (inout JSONWriter) throws(BooksError) -> Void
  ) throws(BooksError) -> String {
    var writer = JSONWriter()
    try writer.object { (writer) throws(BooksError) in
      writer.key("position")
      writer.raw(String(event.position))
      writer.key("at")
      writer.string(event.at.description)
      writer.key("event")
      writer.string(Catalogue.name(of: event.kind))
      writer.key("on")
      writer.string(event.on.description)
      if showsKey, !event.key.isEmpty {
        writer.key("key")
        writer.string(event.key)
      }
      if !event.by.isNone {
        writer.key("by")
        writer.string(try code(event.by))
      }
      if event.because > 0 {
        writer.key("because")
        writer.raw(String(event.because))
      }
      try body(&writer)
      writer.key("moves")
      try write(moves, eventOn: event.on, to: &writer)
      if event.flags.contains(.imported) {
        writer.key("imported")
        writer.raw("true")
      }
      if event.flags.contains(.clockBehind) {
        writer.key("clockBehind")
        writer.raw("true")
      }
    }
    return writer.text
  }

  /// The fields of a record as one JSON object; empty for a kind that this program does not know. Needs no books
  /// and no keys: what is sealed stays so.
  public static func fields(of event: Recorded) throws(BooksError) -> String {
    guard let type = Catalogue.numbered(event.kind) else { return "{}" }
    return try fields(type, event)
  }

  private static func fields<E: Event>(
    _ type: E.Type, _ event: Recorded
  ) throws(BooksError) -> String {
    do throws(WireError) {
      return try event.event(type).map { (fields) throws(WireError) in
        try JSONWriter.text(of: fields)
      } ?? "{}"
    } catch {
      throw BooksError.unreadable(event.position, error, part: "The fields of event")
    }
  }

  private func write(
    _ moves: [Move], eventOn day: Day, to writer: inout JSONWriter
  ) throws(BooksError) {
    writer.beginList()
    // A lot follows the move of its product, and is counted as the product is.
    var product = NameID.none
    for move in moves {
      if move.commodity.is(.product) { product = move.commodity }
      try writer.object { (writer) throws(BooksError) in
        writer.key("amount")
        writer.string(
          try amount(move.amount, of: move.commodity.is(.lot) ? product : move.commodity))
        writer.key("of")
        writer.string(try code(move.commodity))
        writer.key("value")
        writer.string(try value(move.value))
        writer.key("from")
        writer.string(try text(move.from))
        writer.key("to")
        writer.string(try text(move.to))
        if move.on != day {
          writer.key("on")
          writer.string(move.on.description)
        }
      }
    }
    writer.endList()
  }

  /// An amount of a commodity as a decimal.
  public func amount(_ units: Int64, of commodity: NameID) throws(BooksError) -> String {
    let decimals = try decimals(of: commodity)
    return ExactDecimal(digits: units, scale: decimals).formatted(decimals: decimals)
  }

  /// A value in the books' currency as a decimal.
  public func value(_ units: Int64) throws(BooksError) -> String {
    let decimals = try decimals(of: .books)
    return ExactDecimal(digits: units, scale: decimals).formatted(decimals: decimals)
  }
}
