// Why: the log in the order in which it was recorded: the auditor's first look.

internal import ArgumentParser
internal import Books
internal import EventLog
internal import Events
internal import Ledger
internal import Platform
internal import Wire

struct Log: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Show events in the order in which they were recorded.",
    discussion: """
      EXAMPLES
        diario log --from 10 --to 20
        diario log --about SO-1 --format json
        diario log --kind invoice.issued
      """)

  @OptionGroup var where_: BooksOption
  @Option(help: "The first position.")
  var from: UInt64 = 1
  @Option(help: "The last position.")
  var to: UInt64 = .max
  @Option(help: "Only events about this code: an order, a customer, an account …")
  var about: String?
  @Option(help: "Only events of this kind: order.placed …, unknown.N for one from a newer program.")
  var kind: String?
  @Option(help: "text or json.")
  var format = "text"

  func run() throws {
    let books = try where_.open(readOnly: true)
    guard format == "text" || format == "json" else {
      throw Failure.usage("There is no format \"\(format)\". Use text or json.")
    }
    var wanted: UInt16?
    if let kind {
      wanted = Catalogue.number(of: kind)
      if wanted == nil {
        throw Failure.usage("\"\(kind)\" is not an event. `diario schema` lists the events.")
      }
    }
    let names = try about.map { (code) throws(Failure) in try ids(of: code, books) }
    let last = min(to, try withBooks { () throws(BooksError) in try books.size() })
    guard from >= 1, from <= to else {
      throw Failure.usage(
        "--from \(from) and --to \(to) leave no event. Positions begin at 1 and rise.")
    }
    guard from <= last else { return }
    try withBooks { () throws(BooksError) in
      try books.log.forEachPage(
        of: from..<last + 1, size: 1_000, where: { isShown($0, wanted, names) }
      ) { (_, events) throws(BooksError) in
        var output = ""
        for event in events { output += try line(event, books) + "\n" }
        Terminal.write(output)
      }
    }
  }

  /// Whether an event is of the kind and about one of the names that are asked for.
  private func isShown(
    _ record: borrowing RecordView, _ kind: UInt16?, _ names: Set<NameID>?
  ) -> Bool {
    if let kind, record.kind != kind { return false }
    guard let names else { return true }
    var isAbout = false
    record.forEachName { if names.contains($0) { isAbout = true } }
    return isAbout
  }

  private func ids(of code: String, _ books: Books) throws(Failure) -> Set<NameID> {
    let ids = try withBooks { () throws(BooksError) in try books.ids(of: code) }
    if ids.isEmpty { throw Failure.usage("Nothing is called \(code). Check the code.") }
    return ids
  }

  private func line(_ event: Recorded, _ books: Books) throws(BooksError) -> String {
    if format == "json" { return try books.json(event) }
    let codes = try event.mentions.filter { !$0.is(.books) }.map { (id) throws(BooksError) in
      try books.code(id)
    }
    let marks =
      (event.flags.contains(.imported) ? " (imported)" : "")
      + (event.because > 0 ? " (because of #\(event.because))" : "")
    return
      "#\(event.position)  \(event.on)  \(event.at)  \(Catalogue.name(of: event.kind))  "
      + codes.joined(separator: " ").printable + marks
  }
}
