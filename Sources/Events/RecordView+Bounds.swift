// Why: a record whose hashes are right may still say what no recording can write: whoever forges one makes the hashes too. Reports
// reckon with moments and amounts as recording bounds them, so what lies outside is damage, and told where records are checked.

package import Ledger

extension RecordView {
  /// What no recording can have written, in words that go on "Event 7 has"; `nil` when there is nothing of the kind.
  public var impossibility: String? {
    guard RecordBounds.moments.contains(at) else { return "a moment in no year that there is" }
    guard Day.first <= on, on <= Day.last else { return "a day in no year that there is" }
    for index in 0..<moveCount {
      let move = move(index)
      guard move.amount != .min, move.value != .min else {
        return "an amount that is beyond all that can be counted"
      }
      guard Day.first <= move.on, move.on <= Day.last else {
        return "a move on a day in no year that there is"
      }
    }
    return nil
  }
}

/// What recording can write.
package enum RecordBounds {
  private static let microsecondsOfDay: Int64 = 86_400_000_000

  /// From a day before the first that can be written, since moments come with an offset from UTC, to the last moment that the head has.
  package static let moments =
    Instant(microseconds: (Int64(Day.first.number) - 1) * microsecondsOfDay)...Instant.last
}
