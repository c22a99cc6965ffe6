// Why: people read columns that line up, sums under a line, and below it where the figures come from.

internal import Ledger
internal import Wire

extension Table {
  /// The table as aligned text.
  /// - Parameters:
  ///   - isColoured: whether headings and sums stand out by terminal colours.
  ///   - isCharted: whether a chart stands below the rows, where the report has one.
  public func text(isColoured: Bool = false, isCharted: Bool = false) -> String {
    let lines = rows.map(line) + (totals.isEmpty ? [] : [totals.map(\.readable)])
    let headings = columns.map { column in column.label + (column.unit.map { " (\($0))" } ?? "") }
    let columns = columns
    let widths = columns.indices.map { i in
      max(headings[i].count, lines.map { $0[i].count }.max() ?? 0)
    }
    func padded(_ cells: [String]) -> String {
      var text = ""
      for (i, cell) in cells.enumerated() {
        let space = String(repeating: " ", count: widths[i] - cell.count)
        text += (i > 0 ? "  " : "") + (columns[i].isRightAligned ? space + cell : cell + space)
      }
      while text.last == " " { text.removeLast() }
      return text
    }
    func bold(_ text: String) -> String { isColoured ? "\u{1b}[1m\(text)\u{1b}[0m" : text }
    func faint(_ text: String) -> String { isColoured ? "\u{1b}[2m\(text)\u{1b}[0m" : text }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")

    var text = bold(heading) + "\n" + faint(period) + "\n\n" + bold(padded(headings)) + "\n"
    text += faint(rule) + "\n"
    for (row, cells) in zip(rows, lines) {
      text += (row.style == .plain ? padded(cells) : bold(padded(cells))) + "\n"
    }
    if rows.isEmpty { text += "(nothing)\n" }
    if !totals.isEmpty { text += faint(rule) + "\n" + bold(padded(totals.map(\.readable))) + "\n" }
    if isCharted { text += drawing }
    for note in notes { text += "\n" + note.printable + "\n" }
    return text + "\n" + faint(source) + "\n"
  }

  private func line(_ row: Row) -> [String] {
    var cells = row.cells.map(\.readable)
    if row.depth > 0 { cells[0] = String(repeating: "  ", count: row.depth) + cells[0] }
    return cells
  }

  private var heading: String {
    "\(provenance.books): \(title)\(subject.map { " \($0)" } ?? "")".printable
  }

  private var period: String {
    let from = provenance.from.map { "from \($0) " } ?? ""
    let asOf = provenance.asOf.map { "as of \($0)" } ?? "all days"
    let at = provenance.at.map { ", recorded \($0)" } ?? ""
    return "\(from)\(asOf), as known at #\(provenance.size)\(at)"
  }

  private var source: String {
    let root = provenance.root.prefix(16)
    return "root \(root)… of \(provenance.size) events · \(provenance.command)".printable
  }
}
