// Why: the page about the reports is printed from the reports themselves, so it cannot be out of date.

internal import Ledger

/// docs/REPORTS.md.
public enum ReportMarkdown {
  /// The whole page.
  public static var page: String {
    var page = """
      # Reports

      Printed from the reports themselves; do not edit. Every report is given at a point in time: `--as-of DAY` is the
      last day that counts, `--known-at` how much of the log was known. Formats: text, csv, json.

      | report | about | shows |
      |---|---|---|

      """
    for report in ReportCatalogue.all {
      page += "| [\(report.name)](#\(report.name)) | \(about(report)) | \(report.summary) |\n"
    }
    for report in ReportCatalogue.all { page += "\n" + section(report) }
    return page
  }

  private static func about(_ report: any Report.Type) -> String {
    let kinds = report.subject.kinds
    let labels =
      kinds.count > 4 ? "anything with a code" : kinds.map(\.label).joined(separator: ", ")
    switch report.subject {
    case .none: return "all"
    case .optional: return "all, or one: \(labels)"
    case .required: return "one: \(labels)"
    }
  }

  private static func section(_ report: any Report.Type) -> String {
    let code =
      switch report.subject {
      case .none: ""
      case .optional: " [CODE]"
      case .required: " CODE"
      }
    let options =
      (report.takesFrom ? " [--from DAY]" : "") + (report.takesMemo ? " [--memo]" : "")
      + (report.groupings.isEmpty ? "" : " [--by \(report.groupings.joined(separator: "|"))]")
    var text = """
      ## \(report.name)

      \(report.summary).

          diario report \(report.name)\(code) [--as-of DAY] [--known-at T]\(options)

      | column | heading | holds |
      |---|---|---|

      """
    for column in report.columns {
      let isKey = report.keys.contains(column.name)
      text += "| `\(column.name)` | \(column.label) | \(column.kind)\(isKey ? ", key" : "") |\n"
    }
    return text
  }
}
