// Why: one must know what can be asked.

internal import ArgumentParser
internal import Ledger
internal import Platform
internal import Reports

struct ReportList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reports",
    abstract: "List the reports.",
    discussion: """
      EXAMPLES
        diario reports
        diario reports --markdown
      """)

  @Flag(help: "The page of the manual with every report and its columns.")
  var markdown = false

  func run() {
    if markdown { return Terminal.write(ReportMarkdown.page) }
    let width = ReportCatalogue.all.map { call($0).count }.max() ?? 0
    var text = ""
    for report in ReportCatalogue.all {
      let call = call(report)
      text += call + String(repeating: " ", count: width - call.count + 2) + report.summary + "\n"
    }
    Terminal.write(text)
  }

  /// The name with what it may be about: `statement CUSTOMER`.
  private func call(_ report: any Report.Type) -> String {
    switch report.subject {
    case .none: report.name
    case .optional(let kinds): "\(report.name) [\(words(kinds.map(\.label)))]"
    case .required(let kinds): "\(report.name) \(words(kinds.map(\.label)))"
    }
  }

  private func words(_ labels: [String]) -> String {
    labels.count > 4 ? "CODE" : labels.joined(separator: "|").uppercased().replacing(" ", with: "-")
  }
}
