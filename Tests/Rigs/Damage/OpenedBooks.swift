// Why: many questions are asked at the same few points in time, and to get ready for one reads the whole chart.

internal import Books
internal import EventLog
internal import Events
internal import Ledger
internal import Projections
internal import Summaries

/// Books, with the points in time at which they have been asked, or why that was not possible.
final class OpenedBooks {
  /// Small ranges, so that few events have summaries of several levels.
  private static let tree = SummaryTree(leafSize: 16, fanout: 4)

  private struct Moment: Hashable {
    var day: Day
    var position: Position
  }

  let books: Books
  private var looks: [Moment: Result<BooksLook, any Error>] = [:]

  /// Opens the books at `path`.
  init(_ path: String, readOnly: Bool = true) throws {
    books = try Books(
      at: path, projections: [AccountBalances.self, OpenItems.self, Histories.self],
      tree: Self.tree, readOnly: readOnly, now: { Instant(microseconds: 2_000_000_000_000_000) })
  }

  var log: any EventLog { books.log }

  /// The books at one point in time.
  func look(asOf day: Day, knownAt position: Position) throws -> BooksLook {
    let moment = Moment(day: day, position: position)
    if let look = looks[moment] { return try look.get() }
    let look = Result { try books.look(asOf: day, knownAt: .position(position)) }
    looks[moment] = look
    return try look.get()
  }
}
