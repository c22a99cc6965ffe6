// Why: every report is a table: columns that say what they hold, rows, totals, and where it all comes from. How
// it is printed (text, CSV, JSON) is no business of the report.

public import Ledger
public import Wire

/// The answer of a report.
public struct Table: Sendable, Hashable {
  /// The report's name on the command line: `trial-balance`.
  public var report: String
  /// The heading for people.
  public var title: String
  /// What the report is about, when it is about one thing: an account, a customer.
  public var subject: Code?
  /// What is in each column.
  public var columns: [Column]
  /// The rows, in the order in which they are read.
  public var rows: [Row] = []
  /// The sums below, one cell a column; empty when sums make no sense.
  public var totals: [Cell] = []
  /// What a chart of it shows; `nil` for none.
  public var chart: Chart?
  /// Remarks below the table, for people.
  public var notes: [String] = []
  /// Where the answer comes from.
  public var provenance: Provenance

  /// A table without rows.
  public init(
    _ report: String, title: String, subject: Code? = nil, columns: [Column],
    provenance: Provenance
  ) {
    self.report = report
    self.title = title
    self.subject = subject
    self.columns = columns
    self.provenance = provenance
  }

  /// Adds a row; it must have a cell for each column.
  public mutating func add(
    _ cells: [Cell], style: Row.Style = .plain, depth: Int = 0, basis: Basis? = nil
  ) {
    precondition(cells.count == columns.count, "\(report): a row has one cell a column")
    rows.append(Row(cells: cells, style: style, depth: depth, basis: basis))
  }

  /// The cells of column `name`, row by row.
  public subscript(column name: String) -> [Cell] {
    guard let index = columns.firstIndex(where: { $0.name == name }) else { return [] }
    return rows.map { $0.cells[index] }
  }
}

/// What a column holds.
public struct Column: Sendable, Hashable {
  /// What kind of values they are.
  public enum Kind: Sendable, Hashable {
    case text, code, day, moment, number, money, quantity, percent
  }
  /// The name in JSON and CSV: `unitCost`.
  public var name: String
  /// The heading for people: `Unit cost`.
  public var label: String
  /// What kind of values it holds; numbers stand to the right.
  public var kind: Kind
  /// The unit of all its values, where they share one: `EUR`.
  public var unit: String?

  /// A column.
  public init(_ name: String, _ label: String, _ kind: Kind, unit: String? = nil) {
    self.name = name
    self.label = label
    self.kind = kind
    self.unit = unit
  }

  var isRightAligned: Bool {
    switch kind {
    case .number, .money, .quantity, .percent: true
    default: false
    }
  }
}

/// One value.
public enum Cell: Sendable, Hashable {
  /// Nothing to say.
  case empty
  /// Words.
  case text(String)
  /// A day.
  case day(Day)
  /// A moment.
  case moment(Instant)
  /// A count, a position.
  case number(Int64)
  /// An exact amount of smallest units with as many decimals.
  case amount(Int64, decimals: Int)

  /// The value without any grouping: what CSV and JSON print.
  public var plain: String {
    switch self {
    case .empty: ""
    case .text(let text): text
    case .day(let day): day.description
    case .moment(let moment): moment.description
    case .number(let number): String(number)
    case .amount(let units, let decimals):
      ExactDecimal(digits: units, scale: decimals).formatted(decimals: decimals)
    }
  }

  /// The value for people: amounts in groups of three digits, and nothing that commands a terminal.
  public var readable: String {
    guard case .amount = self else { return plain.printable }
    let text = plain
    let digits = text.drop { $0 == "-" }
    let whole = digits.prefix { $0 != "." }
    var grouped = ""
    for (i, digit) in whole.enumerated() {
      if i > 0, (whole.count - i) % 3 == 0 { grouped += "," }
      grouped.append(digit)
    }
    return (text.hasPrefix("-") ? "-" : "") + grouped + digits.dropFirst(whole.count)
  }
}

/// One row.
public struct Row: Sendable, Hashable {
  /// How a row reads.
  public enum Style: Sendable, Hashable {
    case plain, heading, subtotal
  }
  /// One value a column.
  public var cells: [Cell]
  /// Whether it is a heading or a sum of those above it.
  public var style: Style
  /// How far it is indented, for people.
  public var depth: Int
  /// What it rests on, for those who ask why; `nil` for headings and sums.
  public var basis: Basis?
}
