// Why: spreadsheets and other programs read CSV (RFC 4180): one header line, one line a row, no sums.

extension Table {
  /// The rows as CSV, lines ending in CR LF.
  public var csv: String {
    var text = columns.map { quoted($0.name) }.joined(separator: ",") + "\r\n"
    for row in rows where row.style == .plain {
      text += row.cells.map { quoted($0.plain) }.joined(separator: ",") + "\r\n"
    }
    return text
  }

  private func quoted(_ field: String) -> String {
    guard field.unicodeScalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) else {
      return field
    }
    var text = "\""
    for character in field.unicodeScalars {
      if character == "\"" { text += "\"\"" } else { text.unicodeScalars.append(character) }
    }
    return text + "\""
  }
}
