// Why: every command that answers with a table prints it in the same formats.

internal import Platform
internal import Reports

/// How tables are printed.
enum TablePrinting {
  /// What `--format` names.
  static func named(
    _ format: String, isCharted: Bool = false
  ) throws(Failure) -> (Table) -> String {
    switch format {
    case "text": return { $0.text(isColoured: Terminal.isColoured, isCharted: isCharted) }
    case "csv": return { $0.csv }
    case "json": return { $0.json + "\n" }
    default:
      throw Failure.usage("There is no format \"\(format)\". Use text, csv or json.")
    }
  }
}
