// Why: positions are told in the same words wherever they are told.

internal import Events

/// Words for what was found.
enum Text {
  /// "event 7", "events 7 to 9".
  static func events(_ range: ClosedRange<Position>) -> String {
    range.lowerBound == range.upperBound
      ? "event \(range.lowerBound)" : "events \(range.lowerBound) to \(range.upperBound)"
  }
}

extension String {
  /// The text as the beginning of a sentence.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
