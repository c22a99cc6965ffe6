// Why: notes, keys and proofs are lines and words with ASCII between them, of which an empty one counts, and they come from strangers: they
// are taken apart as bytes, so that nothing depends on how texts compare.

extension ArraySlice<UInt8> {
  /// The parts between the bytes that are `separator`, empty ones too; at most `most`, of which the last has the rest.
  public func between(_ separator: UInt8, most: Int = .max) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = startIndex
    for index in indices where self[index] == separator && parts.count < most - 1 {
      parts.append(self[start..<index])
      start = index + 1
    }
    parts.append(self[start...])
    return parts
  }
}
