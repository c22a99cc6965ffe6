// Why: everything in `views/` is derived from the log, range by range, and may be deleted at any time.

internal import EventLog
internal import Events
internal import Ledger
internal import Wire

/// The stored summaries of one company's books.
final class Views: HistoryReading, Sendable {
  init(at path: String, of log: any EventLog, readOnly: Bool) throws(BooksError) {}

  var covered: Position { 0 }

  func positions(
    of name: NameID, onlyDefinitions: Bool, through end: Position
  ) throws(LogError) -> [Position] { [] }

  func catchUp() throws(BooksError) {}
}
