// Why: what a caller hears about a proposal: a receipt, which is given only when the event is on stable storage, or
// a refusal with its reason. What was only tried or was undone is neither, and cannot be taken for a receipt.

public import Decisions
public import Events
public import Ledger
internal import Wire

/// What is said of an event that is recorded.
public struct Receipt: Sendable, Hashable {
  /// Its place in the log.
  public var position: Position
  /// The day on which it is true.
  public var on: Day
  /// When it was recorded.
  public var at: Instant
  /// What it moves.
  public var moves: [Move]
  /// Whether it had been recorded before, under the same key; this is the first answer again.
  public var isRepeated: Bool
}

/// What becomes of a proposal.
public enum Answer: Sendable, Hashable {
  /// It is recorded, on stable storage.
  case recorded(Receipt)
  /// It could be recorded and is not, because this was a trial or a line after it in its atomic batch is refused: what
  /// the receipt would have said. Nothing has changed.
  case wouldBe(Receipt)
  /// It is not, and nothing has changed.
  case refused(Refusal)
}
