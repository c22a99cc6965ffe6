// Why: "what is behind this figure?" is answered for any row of any report: by the events it rests on.

internal import Events
public import Projections
internal import Summaries

extension Report {
  /// The events behind the rows whose keys are called `row`: one text finds every row with that key, several texts the
  /// rows that have them all.
  /// - Throws: ``ReportError`` `.unknownRow` when there is none.
  public static func explanation(
    of row: [String], _ look: any Look, _ request: ReportRequest = ReportRequest()
  ) throws(ReportError) -> Table {
    let report = try table(look, request)
    let named = report.rows.filter { report.keys($0, keys).isSuperset(of: row) }
    let rows = named.filter { $0.basis != nil }
    if rows.isEmpty, !named.isEmpty {
      throw ReportError(
        .unknownRow,
        "What \(row.joined(separator: " ")) says in the report \(name) rests on all of the books, not on some events.",
        remedy: "Explain a row of trial-balance, or read journal.")
    }
    guard !rows.isEmpty else {
      throw ReportError(
        .unknownRow, "The report \(name) has no row \(row.joined(separator: " ")).",
        remedy: "Name a row by its \(keys.joined(separator: ", ")), as the report prints them.")
    }
    let inquiry = try Inquiry(look, request, about: subject.kinds)
    var table = Table(
      "explain", title: "What is behind \(name) \(row.joined(separator: " "))",
      subject: request.code, columns: EvidenceColumns.columns(inquiry),
      provenance: inquiry.provenance)
    let nothing = inquiry.dayBefore.map { Point(asOf: $0, knownAt: look.point.knownAt) }
    let points = Comparison(first: nothing ?? Point(knownAt: 0), second: look.point)
    var value: Int64 = 0
    var hasValues = false
    var seen: Set<Basis> = []
    for row in rows {
      guard let basis = row.basis, seen.insert(basis).inserted else { continue }
      for piece in try inquiry.evidence(for: basis, points) {
        table.add(
          try EvidenceColumns.cells(piece, inquiry), basis: .events([piece.event.position]))
        if piece.beside == nil { value += piece.value ?? 0 }
        hasValues = hasValues || piece.value != nil
      }
    }
    if hasValues {
      table.totals = table.row(["kind": .text("Total"), "value": inquiry.money(value)])
    }
    return table
  }
}

extension Table {
  /// The texts of a row's keys.
  func keys(_ row: Row, _ keys: [String]) -> Set<String> {
    Set(zip(columns, row.cells).filter { keys.contains($0.0.name) }.map(\.1.plain))
  }
}
