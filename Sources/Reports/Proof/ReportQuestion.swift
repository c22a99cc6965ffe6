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
    var words = ["diario report", report]
    if let code { words.append(code.text) }
    if let role { words += ["--role", role] }
    if let asOf { words += ["--as-of", asOf.description] }
    words += ["--known-at", "'#\(knownAt)'"]
    if let from { words += ["--from", from.description] }
    if memo { words.append("--memo") }
    if let by { words += ["--by", by] }
    return words.joined(separator: " ")
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
