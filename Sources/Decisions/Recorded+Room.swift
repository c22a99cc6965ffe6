// Why: a record counts in 16 bits and has an end. An event that asks for more is refused when it is decided, not found out when it is
// laid out, beside the events of others.

internal import Events

extension Recorded {
  /// What sealing may add to the personal fields of a record: each grows by less than a hundred bytes.
  private static let roomForSeals = 1 << 16

  /// Refuses a record that has no room for all that its event brings.
  func requireRoom() throws(Obstacle) {
    for (count, what) in [
      (moves.count, "moves"), (mentions.count, "mentions"), (introduced.count, "new names"),
    ] where count > RecordLayout.mostEntries {
      throw .refuse(
        "event.tooLarge",
        "The event has \(count) \(what); a record holds \(RecordLayout.mostEntries).",
        remedy: "Record it in several events, each of a part.")
    }
    guard length <= RecordLayout.maximumLength - Self.roomForSeals else {
      throw .refuse(
        "event.tooLarge",
        "The event takes \(length) bytes; a record holds \(RecordLayout.maximumLength).",
        remedy: "Record it in several events, each of a part.")
    }
  }
}
