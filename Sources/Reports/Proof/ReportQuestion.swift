// Why: an answer can be asked for again, by a person or by a program, when its question is kept beside it.

public import Ledger
public import Projections
public import Wire

/// What was asked: a report, at a point in time.
public struct ReportQuestion: Message, Hashable {
  /// The report's name.
  public var report = ""
  /// What it is about: an account, a customer.
  public var code: Code?
  /// What the code is, where it names more than one thing: a customer, a supplier.
  public var role: String?
  /// The last day that counts.
  public var asOf: Day?
  /// The last position that was known.
  public var knownAt: Int64 = 0
  /// The first day of movements.
  public var from: Day?
  /// Whether memorandum accounts are shown, where they would be left out.
  public var memo = false
  /// By what rows are gathered.
  public var by: String?

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "report", &report)
    try f.field(2, "code", &code)
    try f.field(3, "asOf", &asOf)
    try f.field(4, "knownAt", &knownAt)
    try f.field(5, "from", &from)
    try f.field(6, "memo", &memo)
    try f.field(7, "by", &by)
    try f.field(8, "role", &role)
  }

  /// The command that asks it again, at any later time.
  public var command: String {
    var options: [String] = []
    if let role { options += ["--role", role] }
    if let asOf { options += ["--as-of", asOf.description] }
    options += ["--known-at", "#\(knownAt)"]
    if let from { options += ["--from", from.description] }
    if memo { options.append("--memo") }
    if let by { options += ["--by", by] }
    return Self.command("report", report, code?.text, options)
  }

  /// The command `verb` for a report, about `code`, as it can be pasted.
  public static func command(
    _ verb: String, _ report: String, _ code: String?, _ options: [String]
  ) -> String {
    // A code that begins with a dash must not be taken for an option.
    let words =
      switch code {
      case let code? where code.hasPrefix("-"): options + ["--", code]
      case let code?: [code] + options
      case nil: options
      }
    return (["diario", verb, report] + words).map(\.shellWord).joined(separator: " ")
  }

  /// The answer, from the books at the question's point in time.
  /// - Throws: ``ReportError`` when there is no such report, or when it cannot be given.
  public func table(_ look: any Look) throws(ReportError) -> Table {
    var request = ReportRequest(code, from: from, includesMemo: memo, command: command)
    request.by = by
    request.role = role
    return try ReportCatalogue.named(report).table(look, request)
  }
}
