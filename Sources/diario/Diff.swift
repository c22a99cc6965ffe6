// Why: "March is not what we filed" needs an answer: which figures changed, and which events changed them.

internal import ArgumentParser
internal import Books
internal import Ledger
internal import Platform
internal import Projections
internal import Reports
internal import Summaries
internal import Wire

struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show what changed in a report between two moments, and which events changed it.",
    discussion: """
      Exit code 0, whether anything changed or not.

      EXAMPLES
        diario diff trial-balance --as-of 2026-03-31 --between 2026-04-02 2026-04-10
        diario diff statement C-17 --between '#812' '#900' --format json
      """)

  @OptionGroup var place: BooksOption
  @Argument(help: "The report's name.")
  var name: String
  @Argument(help: "What it shall be about: an account, a customer, a product …")
  var code: String?
  @Option(help: "What the code is, when it names more than one thing: customer, supplier …")
  var role: String?
  @Option(
    parsing: .upToNextOption, help: "Two moments: positions (#812), days, or moments, each.")
  var between: [String] = []
  @Option(help: "The last day that counts; every day when absent.")
  var asOf: String?
  @Option(help: "The first day of movements, in reports that have any.")
  var from: String?
  @Option(help: "text or json.")
  var format = "text"

  func run() throws {
    let report = try asking { () throws(ReportError) in try ReportCatalogue.named(name) }
    guard between.count == 2 else {
      throw Failure.usage("Give two moments: --between 2026-04-02 2026-04-10.")
    }
    guard format == "text" || format == "json" else {
      throw Failure.usage("There is no format \"\(format)\". Use text or json.")
    }
    let books = try place.open(readOnly: true)
    let before = try PointOptions.look(books, asOf: asOf, knownAt: between[0])
    let after = try PointOptions.look(books, asOf: asOf, knownAt: between[1])
    let first = try from.map { (text) throws(Failure) in try PointOptions.day(text, "--from") }
    let code = try code.map { (text) throws(Failure) in try ReportCommand.code(text) }
    var request = ReportRequest(
      code, from: first, command: command(before.point.knownAt, after.point.knownAt))
    request.role = role
    let difference = try asking { () throws(ReportError) in
      try report.difference(from: before, to: after, request)
    }
    Terminal.write(
      format == "json"
        ? difference.json + "\n" : difference.text(isColoured: Terminal.isColoured))
  }

  /// The command that gives the same answer at any later time.
  private func command(_ before: UInt64, _ after: UInt64) -> String {
    var options: [String] = []
    if let role { options += ["--role", role] }
    if let asOf { options += ["--as-of", asOf] }
    options += ["--between", "#\(before)", "#\(after)"]
    if let from { options += ["--from", from] }
    return ReportQuestion.command("diff", name, code, options)
  }
}
