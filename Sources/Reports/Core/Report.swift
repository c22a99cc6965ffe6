// Why: a report is one file that says what it is called, what it shows, what its rows rest on, and how it is worked
// out from a look at the books at one point in time. Printing, explaining and comparing are the same for all.

internal import Documents
public import Ledger
public import Projections
public import Wire

/// What a report may be about.
public enum ReportSubject: Sendable, Hashable {
  /// All of the books; it takes no code.
  case none
  /// One thing of these kinds, or all.
  case optional([NameKind])
  /// One thing of these kinds.
  case required([NameKind])

  /// The kinds of things, in the order in which a code is looked for.
  public var kinds: [NameKind] {
    switch self {
    case .none: []
    case .optional(let kinds), .required(let kinds): kinds
    }
  }
}

/// What is asked of a report, besides the point in time.
public struct ReportRequest: Sendable, Hashable {
  /// What the report shall be about: an account, a customer.
  public var code: Code?
  /// What the code is (`customer`, `supplier`), where it names more than one thing.
  public var role: String?
  /// The first day of movements.
  public var from: Day?
  /// Whether memorandum accounts are shown, where they would be left out.
  public var includesMemo = false
  /// By what rows are gathered, of the report's ``Report/groupings``; the first of them when absent.
  public var by: String?
  /// The command that asked, for provenance.
  public var command = ""

  /// A request.
  public init(
    _ code: Code? = nil, from: Day? = nil, includesMemo: Bool = false, command: String = ""
  ) {
    self.code = code
    self.from = from
    self.includesMemo = includesMemo
    self.command = command
  }
}

/// A report.
public protocol Report: Sendable {
  /// The name on the command line: `trial-balance`.
  static var name: String { get }
  /// The heading for people: `Trial balance`.
  static var title: String { get }
  /// One line for the list of reports, without a full stop.
  static var summary: String { get }
  /// What it may be about.
  static var subject: ReportSubject { get }
  /// Whether it has movements, so that a first day makes sense.
  static var takesFrom: Bool { get }
  /// Whether it can show memorandum accounts too.
  static var takesMemo: Bool { get }
  /// By what its rows can be gathered: `product`, `month`; the first is the usual one.
  static var groupings: [String] { get }
  /// The column that names the rows and the column that a chart shows of them; `nil` for none.
  static var chart: Table.Chart? { get }
  /// Its columns. Columns of money get the books' currency as their unit.
  static var columns: [Column] { get }
  /// The columns that tell one row from another.
  static var keys: [String] { get }
  /// The columns that are compared between two points in time.
  static var measures: [String] { get }
  /// The columns of `columns` that this request leaves out.
  static func omitted(_ request: ReportRequest) -> Set<String>
  /// Fills in rows, totals and notes.
  static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError)
}

extension Report {
  /// It is about all of the books.
  public static var subject: ReportSubject { .none }
  /// It shows a state, not movements.
  public static var takesFrom: Bool { false }
  /// It shows either no memorandum accounts or all.
  public static var takesMemo: Bool { false }
  /// Its rows are gathered in one way only.
  public static var groupings: [String] { [] }
  /// There is no chart.
  public static var chart: Table.Chart? { nil }
  /// Every column is shown.
  public static func omitted(_ request: ReportRequest) -> Set<String> { [] }

  /// The report at the point in time of `look`.
  /// - Throws: ``ReportError`` when the request does not fit the report, or the books cannot be read.
  public static func table(
    _ look: any Look, _ request: ReportRequest = ReportRequest()
  ) throws(ReportError) -> Table {
    let inquiry = try Inquiry(look, request, about: subject.kinds)
    try check(request, asOf: inquiry.asOf)
    var table = Table(
      name, title: title, subject: request.code, columns: [], provenance: inquiry.provenance)
    let omitted = omitted(request)
    for var column in columns where !omitted.contains(column.name) {
      if column.kind == .money { column.unit = inquiry.chart.currency.text }
      table.columns.append(column)
    }
    table.chart = chart
    try fill(&table, inquiry)
    table.provenance.projections = inquiry.projections
    return table
  }

  private static func check(_ request: ReportRequest, asOf: Day?) throws(ReportError) {
    switch subject {
    case .none where request.code != nil:
      throw ReportError(
        .subject, "The report \(name) is about all of the books.", remedy: "Leave out the code.")
    case .required(let kinds) where request.code == nil:
      let labels = kinds.map(\.label).joined(separator: " or ")
      throw ReportError(
        .subject, "The report \(name) is about one \(labels).",
        remedy: "Give its code after the report's name.")
    default: break
    }
    if let role = request.role, request.code == nil {
      throw ReportError(
        .option, "A role says whose code is meant, and there is none: \(role).",
        remedy: "Give the code, or leave out the role.")
    }
    if request.from != nil, !takesFrom {
      throw ReportError(
        .option, "The report \(name) shows a state; it has no first day.",
        remedy: "Leave out the first day.")
    }
    if let from = request.from, let asOf, from > asOf {
      throw ReportError(
        .option, "The first day, \(from), lies after the last, \(asOf).",
        remedy: "Exchange them, or leave one out.")
    }
    if request.includesMemo, !takesMemo {
      throw ReportError(
        .option, "The report \(name) does not tell memorandum accounts from others.",
        remedy: "Leave out that option.")
    }
    if let by = request.by, !groupings.contains(by) {
      throw ReportError(
        .option, "The report \(name) cannot gather its rows by \(by).",
        remedy: groupings.isEmpty
          ? "Leave out that option." : "There are: \(groupings.joined(separator: ", ")).")
    }
  }
}
