// Why: what is in the books must be readable by programs that we have not written.

internal import ArgumentParser
internal import Books
internal import Exports
internal import Platform
internal import Summaries

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Print the books in the format of another program.",
    subcommands: [ExportHledger.self, ExportBeancount.self])
}

struct ExportHledger: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hledger",
    abstract: "Print the moves as an hledger journal.",
    discussion: """
      EXAMPLES
        diario export hledger > books.journal
        diario export hledger --as-of 2026-03-31 --known-at 2026-04-05 | hledger -f - balance
        diario export hledger --memo | hledger -f - balance 9
      """)

  @OptionGroup var place: BooksOption
  @OptionGroup var point: PointOptions
  @Flag(help: "Memorandum accounts too, as virtual postings.")
  var memo = false

  func run() throws {
    let books = try place.open(readOnly: true)
    let look = try point.look(books)
    let chart = try withBooks { () throws(BooksError) in
      try books.chart(knownAt: look.point.knownAt)
    }
    var journal = HledgerJournal(look, chart, includesMemo: memo)
    do throws(SummaryError) { try journal.write { Terminal.write($0) } } catch {
      throw Failure(message: "\(error.message) \(error.remedy)", exitCode: 3)
    }
  }
}

struct ExportBeancount: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "beancount",
    abstract: "Print the moves as a beancount ledger.",
    discussion: """
      The account 1200 is Assets:1200; what a posting is about is its metadata "subject". What closes a year
      has the tag #year-closed.

      EXAMPLES
        diario export beancount > books.beancount && bean-check books.beancount
        diario export beancount --as-of 2026-03-31 --known-at 2026-04-05 > march.beancount
      """)

  @OptionGroup var place: BooksOption
  @OptionGroup var point: PointOptions

  func run() throws {
    let books = try place.open(readOnly: true)
    let look = try point.look(books)
    let chart = try withBooks { () throws(BooksError) in
      try books.chart(knownAt: look.point.knownAt)
    }
    var ledger = BeancountLedger(look, chart)
    do throws(SummaryError) { try ledger.write { Terminal.write($0) } } catch {
      throw Failure(message: "\(error.message) \(error.remedy)", exitCode: 3)
    }
  }
}
