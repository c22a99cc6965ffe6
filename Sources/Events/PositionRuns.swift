// Why: records lie in blocks of some sixty. Those that are near one another are read together: one search and one checksum for
// all of a block, instead of one for each record.

extension Array where Element == Position {
  /// Rising positions, cut wherever the next is more than `gap` away.
  package func runs(within gap: Position = 64) -> [ArraySlice<Position>] {
    var runs: [ArraySlice<Position>] = []
    var start = startIndex
    for index in indices where index + 1 == endIndex || self[index + 1] - self[index] > gap {
      runs.append(self[start...index])
      start = index + 1
    }
    return runs
  }
}
