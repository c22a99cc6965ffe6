// Why: which product sells best, and whether a year goes up or down, is seen sooner than read. A chart is drawn from the
// rows of the table below which it stands, in characters that every terminal has.

extension Table {
  /// What a chart shows.
  public struct Chart: Sendable, Hashable {
    /// The column that names the rows.
    public var label: String
    /// The column whose amounts are drawn.
    public var value: String

    /// A chart.
    public init(_ label: String, _ value: String) {
      self.label = label
      self.value = value
    }
  }

  /// Columns in which the longest bar is drawn.
  private static let barWidth = 40

  /// The bars of the plain rows, below a blank line; empty where there is nothing to draw.
  var drawing: String {
    guard let chart, let labelAt = columns.firstIndex(where: { $0.name == chart.label }),
      let valueAt = columns.firstIndex(where: { $0.name == chart.value })
    else { return "" }
    let bars = rows.filter { $0.style == .plain }.compactMap { row in
      row.cells[valueAt].units.map {
        (row.cells[labelAt].readable, $0, row.cells[valueAt].readable)
      }
    }
    guard let longest = bars.map({ $0.1.magnitude }).max(), longest > 0 else { return "" }
    let width = bars.map { $0.0.count }.max() ?? 0
    var text = "\n\(columns[valueAt].label)  \(Self.sparkline(of: bars.map { $0.1 }))\n"
    for (label, units, amount) in bars {
      let space = String(repeating: " ", count: width - label.count)
      text += "\(label)\(space)  \(Self.bar(units, longest)) \(amount)\n"
    }
    return text
  }

  /// A bar in eighths of a column; a negative amount is drawn lighter.
  static func bar(_ units: Int64, _ longest: UInt64) -> String {
    let eighths = Int(
      (UInt128(units.magnitude) * UInt128(barWidth * 8) + UInt128(longest / 2)) / UInt128(longest))
    if units < 0 { return String(repeating: "░", count: max(1, eighths / 8)) }
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }

  /// One character for each amount, from the least to the greatest.
  static func sparkline(of amounts: [Int64]) -> String {
    guard let least = amounts.min(), let greatest = amounts.max() else { return "" }
    let steps = Array("▁▂▃▄▅▆▇█")
    let range = Int128(greatest) - Int128(least)
    return String(
      amounts.map { amount in
        range == 0 ? steps[3] : steps[Int((Int128(amount) - Int128(least)) * 7 / range)]
      })
  }
}

extension Cell {
  /// The smallest units of an amount, or a number; `nil` for anything else.
  var units: Int64? {
    switch self {
    case .amount(let units, _): units
    case .number(let number): number
    default: nil
    }
  }
}
