// Why: decisions need to know which events are about a name, wherever that is kept: in the summaries, or in those of a prefix.

internal import EventLog
internal import Events
internal import Ledger

/// Stored histories: which events are about a name.
protocol HistoryReading: Sendable {
  /// The last position that they cover.
  func covered() throws(LogError) -> Position
  /// The positions up to `end` of the events about `name`, rising; nothing concerns it before `since`.
  func positions(
    of name: NameID, since: Position, onlyDefinitions: Bool, through end: Position
  ) throws(LogError) -> [Position]
}
