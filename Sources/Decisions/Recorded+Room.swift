// Why: a record counts in 16 bits and has an end. An event that asks for more is refused when it is decided, not found out when it is
// laid out, beside the events of others.

internal import Events

extension Recorded {
  /// The most bytes before sealing, which adds less than a hundred to each personal field.
  private static let mostBytes = RecordLayout.maximumLength - (1 << 16)

  /// Refuses a record that has no room for all that its event brings.
  func requireRoom() throws(Obstacle) {
    try require(moves.count, of: RecordLayout.mostEntries, "moves")
    try require(mentions.count, of: RecordLayout.mostEntries, "mentions")
    try require(introduced.count, of: RecordLayout.mostEntries, "new names")
    try require(length, of: Self.mostBytes, "bytes")
  }

  private func require(_ count: Int, of most: Int, _ what: StaticString) throws(Obstacle) {
    if count <= most { return }
    throw .refuse(
      "event.tooLarge", "The event has \(count) \(what); there is room for \(most).",
      remedy: "Record it in several events, each of a part.")
  }
}
