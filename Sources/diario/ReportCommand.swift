// Why: reports are what the books are for. Each is asked at a point in time, and prints the command that gives the same
// answer again, however much has been recorded since.

internal import ArgumentParser
internal import Books
internal import Ledger
internal import Platform
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
        diario report due-list C-17 --role supplier
        diario report stock-valuation --known-at '#812' --format json
        diario report balance-sheet --as-of 2026-03-31 --proof balance-sheet.proof --key ~/aranda.key
      """)

  @OptionGroup var place: BooksOption
  @Argument(help: "The report's name.")
  var name: String
  @Argument(help: "What it shall be about: an account, a customer, a product …")
  var code: String?
  @Option(help: "What the code is, when it names more than one thing: customer, supplier …")
  var role: String?
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

  @Option(
    help:
      "Write the table to this file too, with what is needed to check it; needs a key. Personal data stays sealed.",
    transform: fileName
  )
  var proof: String?
  @OptionGroup var keyOption: KeyOption

  func run() throws {
    _ = try asking { () throws(ReportError) in try ReportCatalogue.named(name) }
    let print = try TablePrinting.named(format, isCharted: chart ?? Terminal.isOutputTerminal)
    if keyOption.key != nil, proof == nil {
      throw Failure.usage("A key is for signing a proof. Name its file with --proof.")
    }
    // What is proven can be checked by who has no keys, and still after an erasure.
    let books = try place.open(readOnly: true, isWithoutKeys: proof != nil)
    let look = try point.look(books)
    if look.point.knownAt == 0 {
      Terminal.error("Nothing was known then: the books begin later. `diario log` shows when.")
    }
    var question = ReportQuestion()
    question.report = name
    question.code = try code.map { (text) throws(Failure) in try ReportCommand.code(text) }
    question.role = role
    question.asOf = look.point.asOf
    question.knownAt = Int64(look.point.knownAt)
    question.from = try from.map { (text) throws(Failure) in
      try PointOptions.day(text, "--from")
    }
    question.memo = memo
    question.by = by
    let table = try asking { () throws(ReportError) in try question.table(look) }
    if let proof {
      try ReportProof.write(question, table, books, keyOption.file(), to: proof)
    }
    Terminal.write(print(table))
    if name == "checks", table[column: "difference"].contains(where: { !$0.isZero }) {
      throw ExitCode(1)
    }
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
