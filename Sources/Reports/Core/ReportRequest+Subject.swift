// Why: a code may name a customer and a supplier. A report that picked one of them in silence would be read as the other's, so it asks.

internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

extension ReportRequest {
  /// What its code names, among things of these kinds; none where it has no code.
  /// - Throws: ``ReportError`` `.unknownCode` when it names none of them, `.ambiguous` when it names several.
  func subject(
    _ look: any Look, among kinds: [NameKind]
  ) throws(ReportError) -> NameID {
    guard let code, !kinds.isEmpty else { return .none }
    let asked = role.map { role in kinds.filter { $0.role == role } } ?? kinds
    if let role, asked.isEmpty {
      throw ReportError(
        .option, "The report is about no \(role).",
        remedy: "There are: \(kinds.map(\.role).joined(separator: ", ")).")
    }
    var found: [NameID] = []
    for kind in asked {
      let name = try reading { () throws(SummaryError) in try look.id(kind, code) }
      if let name { found.append(name) }
    }
    guard let subject = found.first else {
      let labels = asked.map(\.label).joined(separator: " or ")
      throw ReportError(
        .unknownCode, "There is no \(labels) \(code), as known at #\(look.point.knownAt).",
        remedy: "Check the code, or ask for a later point in time.")
    }
    if found.count > 1 {
      let kinds = found.compactMap(\.kind)
      let roles = kinds.map { "--role \($0.role)" }.joined(separator: ", ")
      throw ReportError(
        .ambiguous,
        "\(code) names several things: \(kinds.map(\.label).joined(separator: ", ")).",
        remedy: "Say which one is meant: \(roles).")
    }
    return subject
  }
}

extension NameKind {
  /// What a request calls it: `customer`, `tax-code`.
  fileprivate var role: String { label.replacing(" ", with: "-") }
}
