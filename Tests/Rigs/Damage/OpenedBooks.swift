// Why: many questions are asked of the same two states of the books, and to get ready for one reads the whole chart.

internal import Books
internal import EventLog
internal import Events
internal import Ledger
internal import Projections
internal import Summaries

/// Books, with the states at which they have been asked, or why that was not possible.
final class OpenedBooks {
  /// Small ranges, so that few events have summaries of several levels.
  private static let tree = SummaryTree(leafSize: 16, fanout: 4)

  let books: Books
  private var looks: [Position: Result<BooksLook, any Error>] = [:]

  /// Opens the books at `path`.
  init(_ path: String, readOnly: Bool = true) throws {
    books = try Books(
      at: path, projections: [AccountBalances.self, OpenItems.self, Histories.self],
      tree: Self.tree, readOnly: readOnly, now: { Instant(microseconds: 2_000_000_000_000_000) })
  }

  var log: any EventLog { books.log }

  /// The books as they were known at `position`, without a limit to the day.
  func look(knownAt position: Position) throws -> BooksLook {
    if let look = looks[position] { return try look.get() }
    let look = Result { try books.look(knownAt: .position(position)) }
    looks[position] = look
    return try look.get()
  }
}
