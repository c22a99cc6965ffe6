// Why: headings and sums within a table are rows too, with most of their cells empty.

extension Table {
  /// A row with `cells` in the columns called so and nothing in the others.
  func row(_ cells: [String: Cell]) -> [Cell] { columns.map { cells[$0.name] ?? .empty } }

  /// Adds a heading in column `column`.
  mutating func addHeading(_ text: String, in column: String? = nil) {
    guard let column = column ?? columns.first?.name else { return }
    add(row([column: .text(text)]), style: .heading)
  }

  /// Adds a sum of the rows above.
  mutating func addSubtotal(_ cells: [String: Cell]) { add(row(cells), style: .subtotal) }
}
