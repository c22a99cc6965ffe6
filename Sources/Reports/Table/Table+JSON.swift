// Why: other programs read JSON; amounts are decimal texts, so that nothing is lost in a Double.

internal import Ledger
internal import Wire

extension Table {
  /// The table as one JSON object.
  public var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.text("report", report)
      if let subject { writer.text("subject", subject.text) }
      if let from = provenance.from { writer.text("from", from.description) }
      if let asOf = provenance.asOf { writer.text("asOf", asOf.description) }
      writer.key("knownAt")
      writer.object { writer in
        writer.key("position")
        writer.raw(String(provenance.size))
        if let at = provenance.at { writer.text("at", at.description) }
      }
      writer.text("currency", provenance.currency.text)
      writer.key("provenance")
      writer.object { writer in
        writer.text("origin", provenance.origin)
        writer.key("size")
        writer.raw(String(provenance.size))
        writer.text("root", provenance.root)
        writer.text("projection", provenance.projections.joined(separator: " "))
        writer.text("command", provenance.command)
      }
      writer.key("rows")
      writer.list(rows.filter { $0.style == .plain }) { writer, row in
        object(of: row.cells, in: &writer)
      }
      if !totals.isEmpty {
        writer.key("totals")
        object(of: totals, in: &writer)
      }
    }
    return writer.text
  }

  private func object(of cells: [Cell], in writer: inout JSONWriter) {
    writer.object { writer in
      for (column, cell) in zip(columns, cells) where cell != .empty {
        writer.key(column.name)
        if case .number(let number) = cell {
          writer.raw(String(number))
        } else {
          writer.string(cell.plain)
        }
      }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func text(_ name: String, _ value: String) {
    key(name)
    string(value)
  }
}
