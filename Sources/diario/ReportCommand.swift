// Why: reports are what the books are for. Each is asked at a point in time, and prints the command that gives the same
// answer again, however much has been recorded since.

internal import ArgumentParser
internal import Books
internal import Ledger
internal import Platform
internal import Projections
internal import Reports
internal import Summaries
internal import Wire

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Print a report as of any day, as known at any moment.",
    discussion: """
      `diario reports` lists the reports.

      EXAMPLES
        diario report trial-balance --as-of 2026-03-31
        diario report trial-balance --as-of 2026-03-31 --known-at 2026-04-05
        diario report statement C-17 --from 2026-01-01 --format csv
        diario report stock-valuation --known-at '#812' --format json
      """)

  @OptionGroup var place: BooksOption
  @Argument(help: "The report's name.")
  var name: String
  @Argument(help: "What it shall be about: an account, a customer, a product …")
  var code: String?
  @OptionGroup var point: PointOptions
  @Option(help: "The first day of movements, in reports that have any.")
  var from: String?
  @Flag(help: "Memorandum accounts too.")
  var memo = false
  @Option(help: "By what rows are gathered, in reports that can: product, month …")
  var by: String?
  @Flag(inversion: .prefixedNo, help: "A chart below the rows, in text; on a terminal by default.")
  var chart: Bool?
  @Option(help: "text, csv or json.")
  var format = "text"

  func run() throws {
    let report = try asking { () throws(ReportError) in try ReportCatalogue.named(name) }
    let print = try TablePrinting.named(format, isCharted: chart ?? Terminal.isOutputTerminal)
    let books = try place.open(readOnly: true)
    let look = try point.look(books)
    let first = try from.map { (text) throws(Failure) in try PointOptions.day(text, "--from") }
    let code = try code.map { (text) throws(Failure) in try ReportCommand.code(text) }
    var request = ReportRequest(
      code, from: first, includesMemo: memo, command: command(look.point.knownAt))
    request.by = by
    let table = try asking { () throws(ReportError) in try report.table(look, request) }
    Terminal.write(print(table))
    if name == "checks", table[column: "difference"].contains(where: { !$0.isZero }) {
      throw ExitCode(1)
    }
  }

  /// The command that gives the same answer at any later time.
  private func command(_ position: UInt64) -> String {
    var words = ["diario report", name]
    if let code { words.append(code) }
    if let asOf = point.asOf { words += ["--as-of", asOf] }
    words += ["--known-at", "'#\(position)'"]
    if let from { words += ["--from", from] }
    if memo { words.append("--memo") }
    if let by { words += ["--by", by] }
    return words.joined(separator: " ")
  }

  /// The code that `text` is.
  static func code(_ text: String) throws(Failure) -> Code {
    do throws(WireError) { return try Code(text) } catch {
      throw Failure.usage("\(error.message) \(error.remedy)")
    }
  }
}

/// Runs `body`, ending the command when a report cannot be given.
func asking<R>(_ body: () throws(ReportError) -> R) throws(Failure) -> R {
  do throws(ReportError) { return try body() } catch {
    let isUnreadable = error.code == .unreadable || error.code == .damaged
    throw Failure(message: "\(error.message) \(error.remedy)", exitCode: isUnreadable ? 3 : 2)
  }
}

extension Cell {
  /// Whether it says that there is no difference.
  fileprivate var isZero: Bool {
    switch self {
    case .empty: true
    case .amount(let units, _): units == 0
    case .number(let number): number == 0
    default: false
    }
  }
}
