// Why: decisions do not know the log; what keeps it from being read becomes what keeps an event from being decided.

public import Decisions
public import EventLog

extension Obstacle: LogFailure {
  /// A failure of the log below a decision.
  public init(log: LogError) { self = .unreadable(log) }
}
