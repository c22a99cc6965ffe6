// Why: what is taken on a day must be there on that day, and nothing recorded of a later day may lack it then.

package import Ledger

extension [Day: Int64] {
  /// Of changes by day: the least level on `day` or any later day before `end`, which is what can be taken on `day`.
  package func least(from day: Day, before end: Day? = nil) -> Int64 {
    var (level, least): (Int64, Int64?) = (0, nil)
    for (on, change) in sorted(by: { $0.key < $1.key }) {
      if let end, on >= end { break }
      if on > day { least = Swift.min(least ?? level, level) }
      level += change
    }
    return Swift.min(least ?? level, level)
  }
}
