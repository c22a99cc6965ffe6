// Why: the recorder keeps count of what was moved; situations in memory are small enough to count it whenever somebody asks.

public import Decisions
internal import Events
public import Ledger

extension Situation {
  /// All that was ever moved, event by event.
  public func turnover() throws(Obstacle) -> Turnover {
    var turnover = Turnover()
    for position in 1..<size() + 1 {
      for move in try recorded(position)?.moves ?? [] { turnover.add(move) }
    }
    return turnover
  }
}
