// Why: a fault is best seen in the few events that show it, written as a person would record them.

internal import Events
internal import Ledger
internal import Reports
internal import Support
internal import Wire

/// Books in which a few lines of JSON have been recorded.
struct Told {
  let books: MemoryBooks

  init(_ lines: [String], on day: Day = "2026-01-01") throws {
    books = try MemoryBooks(chart: "generic", on: day)
    for line in lines { try books.record(try Proposal(json: Array(line.utf8))) }
  }

  /// A report as of a day.
  func table(
    _ report: any Report.Type, _ code: Code? = nil, by grouping: String? = nil, from: Day? = nil,
    asOf: Day?
  ) throws -> Table {
    var request = ReportRequest(code, from: from)
    request.by = grouping
    return try report.table(MemoryLook(books.records, asOf: asOf), request)
  }
}

extension Table {
  /// The totals by column name.
  var sums: [String: String] {
    Dictionary(uniqueKeysWithValues: zip(columns.map(\.name), totals.map(\.plain)))
  }
}
