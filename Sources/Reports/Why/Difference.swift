// Why: "why is March not what we filed?" is the question that auditors ask most. Two answers of one report are compared
// row by row, and each changed row names the events that count in one answer and not in the other.

internal import Documents
internal import Events
internal import Ledger
public import Projections
internal import Summaries
internal import Wire

/// What changed in a report between two points in time, and why.
public struct Difference: Sendable, Hashable {
  /// The changed figures: keys, which column, what it was, is, and by how much it changed.
  public var changes: Table
  /// The events behind each changed row, which `row` names by its keys; what no longer counts has the other sign.
  public var events: Table

  /// Both tables as aligned text.
  public func text(isColoured: Bool = false) -> String {
    changes.text(isColoured: isColoured) + "\n" + events.text(isColoured: isColoured)
  }

  /// Both tables as one JSON object.
  public var json: String { "{\"changes\":\(changes.json),\"events\":\(events.json)}" }
}

extension Report {
  /// What changed in this report from one point in time to another.
  /// - Throws: ``ReportError`` when the request does not fit the report, or the books cannot be read.
  public static func difference(
    from first: any Look, to second: any Look, _ request: ReportRequest = ReportRequest()
  ) throws(ReportError) -> Difference {
    let before = try KeyedRows(try table(first, request, orNothingOf: second), keys)
    let after = try KeyedRows(try table(second, request, orNothingOf: first), keys)
    let later = first.point.knownAt > second.point.knownAt ? first : second
    let inquiry = try Inquiry(later, request, about: subject.kinds)
    var answers = ComparedAnswers(
      name, title, keyColumns: columns.filter { keys.contains($0.name) }, inquiry,
      from: first.point, to: second.point)
    for key in before.order + after.order.filter({ before.rows[$0] == nil }) {
      try answers.compare(
        key, before.rows[key], after.rows[key], columns.filter { measures.contains($0.name) })
    }
    return answers.difference
  }

  /// The report, or an empty one when what it is about was known only at the other point.
  private static func table(
    _ look: any Look, _ request: ReportRequest, orNothingOf other: any Look
  ) throws(ReportError) -> Table {
    do throws(ReportError) { return try table(look, request) } catch {
      guard error.code == .unknownCode else { throw error }
      var table = try self.table(other, request)
      table.rows = []
      return table
    }
  }
}

/// The plain rows of a report by their keys; of rows with the same keys, one after the other.
private struct KeyedRows {
  struct Key: Hashable {
    var cells: [Cell]
    var occurrence: Int
  }
  struct Values {
    var cells: [String: Cell]
    var basis: Basis?
  }
  private(set) var rows: [Key: Values] = [:]
  private(set) var order: [Key] = []

  init(_ table: Table, _ keys: [String]) throws(ReportError) {
    for row in table.rows where row.style == .plain {
      let cells = Dictionary(
        zip(table.columns.map(\.name), row.cells), uniquingKeysWith: { first, _ in first })
      var key = Key(cells: keys.map { cells[$0] ?? .empty }, occurrence: 0)
      while rows[key] != nil { key.occurrence += 1 }
      rows[key] = Values(cells: cells, basis: row.basis)
      order.append(key)
    }
  }
}

/// Two answers being compared.
private struct ComparedAnswers {
  private(set) var difference: Difference
  private let inquiry: Inquiry
  private let points: Comparison

  init(
    _ report: String, _ title: String, keyColumns: [Column], _ inquiry: Inquiry,
    from first: Point, to second: Point
  ) {
    self.inquiry = inquiry
    points = Comparison(first: first, second: second)
    var provenance = inquiry.provenance
    provenance.asOf = second.asOf
    let changes = Table(
      "diff", title: "What changed in \(report)", subject: inquiry.request.code,
      columns: keyColumns + [
        Column("column", "Column", .text), Column("was", "Was", .quantity),
        Column("is", "Is", .quantity), Column("difference", "Difference", .quantity),
      ], provenance: provenance)
    let events = Table(
      "diff-events", title: "The events that changed it", subject: inquiry.request.code,
      columns: [Column("row", "Row", .text)] + EvidenceColumns.columns(inquiry),
      provenance: provenance)
    difference = Difference(changes: changes, events: events)
    difference.changes.notes.append("Was: \(first.words). Is: \(second.words).")
  }

  /// Compares one row; adds its changed columns and the events behind them.
  mutating func compare(
    _ key: KeyedRows.Key, _ was: KeyedRows.Values?, _ now: KeyedRows.Values?,
    _ measures: [Column]
  ) throws(ReportError) {
    var isChanged = false
    for column in measures {
      let before = was?.cells[column.name] ?? .empty
      let after = now?.cells[column.name] ?? .empty
      if before.isSame(as: after) { continue }
      isChanged = true
      let change = after.subtracting(before)
      difference.changes.add(
        key.cells + [
          .text(column.label), before == .empty ? change.zero : before,
          after == .empty ? change.zero : after, change,
        ],
        basis: now?.basis ?? was?.basis)
    }
    guard isChanged, let basis = was?.basis?.joined(with: now?.basis) ?? now?.basis else { return }
    let row = key.cells.map(\.plain).filter { !$0.isEmpty }.joined(separator: " ")
    for piece in try inquiry.evidence(for: basis, points) {
      let sign: Int64 = points.second.counts(piece.on, piece.event.position) ? 1 : -1
      difference.events.add(
        [.text(row)] + (try EvidenceColumns.cells(piece, sign: sign, inquiry)),
        basis: .events([piece.event.position]))
    }
  }
}

extension Point {
  /// `as of 2026-03-31, known at #812`.
  fileprivate var words: String {
    (asOf.map { "as of \($0)" } ?? "all days") + ", known at #\(knownAt)"
  }
}

extension Cell {
  /// Whether it says the same; nothing is zero.
  fileprivate func isSame(as other: Cell) -> Bool {
    self == other || subtracting(other).isZero
  }

  private var isZero: Bool {
    switch self {
    case .number(let number): number == 0
    case .amount(let units, _): units == 0
    default: false
    }
  }

  /// Zero of the same kind; nothing for words.
  fileprivate var zero: Cell {
    switch self {
    case .number: .number(0)
    case .amount(_, let decimals): .amount(0, decimals: decimals)
    default: .empty
    }
  }

  /// By how much it is more than `other`; nothing for words.
  fileprivate func subtracting(_ other: Cell) -> Cell {
    switch (self, other) {
    case (.amount(let a, let decimals), .amount(let b, let others)) where decimals == others:
      .amount(a - b, decimals: decimals)
    case (.amount, .empty): self
    case (.empty, .amount(let b, let decimals)): .amount(-b, decimals: decimals)
    case (.number(let a), .number(let b)): .number(a - b)
    case (.number, .empty): self
    case (.empty, .number(let b)): .number(-b)
    default: .empty
    }
  }
}
