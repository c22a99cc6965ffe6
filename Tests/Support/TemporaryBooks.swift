// Why: the whole way from a proposal to an answer is tested on real books, in a directory that goes away afterwards.

public import Books
internal import Charts
public import Events
internal import Foundation
internal import Ledger
internal import Summaries
public import Wire

/// Real books for the length of a test.
public enum TemporaryBooks {
  /// Opens books with a chart in a new directory, and removes them afterwards.
  ///
  /// The summaries are small (16 events a leaf), so that a short history already has several levels of them.
  public static func with(
    chart: String, currency: Code = "EUR", timeZone: String = "Europe/Madrid",
    openedAt: String, _ body: (Books) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "diario-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try Books.create(at: folder.path(), identity: Array(repeating: 7, count: 16))
    let at = try Instant(openedAt)
    let books = try Books(
      at: folder.path(), tree: SummaryTree(leafSize: 16, fanout: 4),
      now: { Instant(microseconds: at.microseconds + 40 * 365 * 86_400_000_000) })
    let proposals = try opening(
      chart: chart, currency: currency, timeZone: timeZone, openedAt: openedAt)
    try books.record(proposals, RecordOptions(isAtomic: true, isImport: true))
    try body(books)
  }

  /// The first events of books: their settings and a chart, to be recorded as an import.
  public static func opening(
    chart: String, currency: Code = "EUR", timeZone: String = "Europe/Madrid", openedAt: String
  ) throws -> [Proposal] {
    let at = try Instant(openedAt)
    var opened = BooksOpened()
    opened.name = "Test"
    opened.currency = currency
    opened.timeZone = timeZone
    opened.chart = try Code(chart)
    var proposals = [Proposal(opened, on: at.dayInUTC)]
    proposals += (Charts.named(chart) ?? []).map { Proposal($0, on: at.dayInUTC) }
    for index in proposals.indices {
      proposals[index].at = Instant(microseconds: at.microseconds + Int64(index))
    }
    return proposals
  }
}
