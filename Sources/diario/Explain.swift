// Why: a figure that nobody can explain is a figure that nobody should sign.

internal import ArgumentParser
internal import Books
internal import Ledger
internal import Platform
internal import Projections
internal import Reports
internal import Summaries
internal import Wire

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show the events behind a row of a report.",
    discussion: """
      A row is named by what tells it from the others, as the report prints it: an account, a document, a product and \
      a warehouse.

      EXAMPLES
        diario explain trial-balance 5000 --as-of 2026-03-31
        diario explain stock-valuation TORN-M6 ARA --known-at '#812'
        diario explain statement F-1 --about C-17
      """)

  @OptionGroup var place: BooksOption
  @Argument(help: "The report's name.")
  var name: String
  @Argument(help: "The row, by one or more of its keys.")
  var row: [String]
  @Option(help: "What the report is about: an account, a customer, a product …")
  var about: String?
  @Option(help: "What that is, when its code names more than one thing: customer, supplier …")
  var role: String?
  @OptionGroup var point: PointOptions
  @Option(help: "The first day of movements, in reports that have any.")
  var from: String?
  @Option(help: "text, csv or json.")
  var format = "text"

  func run() throws {
    let report = try asking { () throws(ReportError) in try ReportCatalogue.named(name) }
    let print = try TablePrinting.named(format)
    let books = try place.open(readOnly: true)
    let look = try point.look(books)
    let first = try from.map { (text) throws(Failure) in try PointOptions.day(text, "--from") }
    let code = try about.map { (text) throws(Failure) in try ReportCommand.code(text) }
    var request = ReportRequest(code, from: first, command: command(look.point.knownAt))
    request.role = role
    let table = try asking { () throws(ReportError) in
      try report.explanation(of: row, look, request)
    }
    Terminal.write(print(table))
  }

  /// The command that gives the same answer at any later time.
  private func command(_ position: UInt64) -> String {
    var words = ["diario explain", name] + row
    if let about { words += ["--about", about] }
    if let role { words += ["--role", role] }
    if let asOf = point.asOf { words += ["--as-of", asOf] }
    words += ["--known-at", "'#\(position)'"]
    if let from { words += ["--from", from] }
    return words.joined(separator: " ")
  }
}
