// Why: many questions want the first or the last few events of a long history; they must not pay for all of it.

/// Which part of a history is asked for.
public enum HistoryPart: Sendable, Hashable {
  /// All of it.
  case all
  /// The first so many events.
  case first(Int)
  /// The last so many events.
  case last(Int)
}
