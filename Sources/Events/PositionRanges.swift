// Why: what is missing, and what was found, are ranges of positions: perhaps thousands, and asked about millions of times.

extension ClosedRange<Position> {
  /// How many positions it has. (`count` is an `Int`, and traps where a forged range is longer.)
  package var size: UInt64 { upperBound - lowerBound + 1 }
}

extension [ClosedRange<Position>] {
  /// Whether one of them, which rise and do not overlap, has `position`.
  package func cover(_ position: Position) -> Bool {
    let place = partitioningIndex(where: { $0.upperBound >= position })
    return place < count && self[place].contains(position)
  }
}

extension Array {
  /// The index of the first element for which `isBehind`, which is false up to some element and true from there on; the end when there is none.
  package func partitioningIndex(where isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
