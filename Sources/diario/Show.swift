// Why: one event, whole: who said it, when, what it says and what it moved.

internal import ArgumentParser
internal import Books
internal import EventLog
internal import Events
internal import Platform

struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one event with its fields and moves.",
    discussion: """
      EXAMPLES
        diario show 42
      """)

  @OptionGroup var where_: BooksOption
  @Argument(help: "The position of the event.")
  var position: UInt64

  func run() throws {
    let books = try where_.open(readOnly: true)
    let event = try withBooks { () throws(BooksError) in try books.event(at: position) }
    guard let event else {
      let size = try withBooks { () throws(BooksError) in try books.size() }
      throw Failure.usage("There is no event at position \(position); the last is \(size).")
    }
    Terminal.write(try withBooks { () throws(BooksError) in try books.json(event) } + "\n")
  }
}
