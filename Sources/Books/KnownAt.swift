// Why: "as we knew it on 5 April" is asked with a day, a moment or a position; the books turn each into a position.

internal import Documents
internal import EventLog
public import Events
public import Ledger
internal import Wire

/// A moment in the knowledge of the books.
public enum KnownAt: Sendable, Hashable {
  /// Everything that is known now.
  case now
  /// Everything up to a position.
  case position(Position)
  /// Everything recorded up to a moment, inclusive.
  case moment(Instant)
  /// Everything recorded by the end of a day in the books' time zone.
  case day(Day)

  /// Reads `#812`, `2026-04-05` or `2026-04-05T10:00:00Z`.
  /// - Throws: ``BooksError`` `.question` when it is none of these.
  public init(parsing text: String) throws(BooksError) {
    if text.hasPrefix("#"), let position = UInt64(text.dropFirst()) {
      self = .position(position)
      return
    }
    do throws(WireError) {
      self = text.utf8.count == 10 ? .day(try Day(text)) : .moment(try Instant(text))
    } catch {
      throw BooksError(
        .question, "\"\(text)\" is not a point in time.",
        remedy: "Give a position (#812), a day (2026-04-05) or a moment (2026-04-05T10:00:00Z).")
    }
  }
}

extension Books {
  /// The last position that was known at `knownAt`.
  /// - Throws: ``BooksError`` `.question` for a position that does not exist yet.
  public func position(_ knownAt: KnownAt) throws(BooksError) -> Position {
    switch knownAt {
    case .now: return try size()
    case .position(let position):
      let size = try size()
      guard position <= size else {
        throw BooksError(
          .question, "There is no event at position \(position) yet; the last is \(size).",
          remedy: "Ask for a position from 0 to \(size).")
      }
      return position
    case .moment(let moment):
      return try reading { () throws(LogError) in try log.position(at: moment) }
    case .day(let day):
      let end = try Calendar(try chart().timeZone).end(of: day)
      return try reading { () throws(LogError) in try log.position(at: end) }
    }
  }
}
