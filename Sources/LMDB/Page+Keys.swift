// Why: LMDB looks for a key by comparing; it finds what is there only if the keys of every page on its way rise and belong there.

extension Page {
  /// Whether its keys rise from `lower` and end before `upper`; `nil` stands for no bound.
  /// - Parameter areNumbers: keys are numbers, as in the table of free pages (MDB_INTEGERKEY), not texts of bytes.
  func hasRisingKeys(from lower: [UInt8]?, before upper: [UInt8]?, areNumbers: Bool = false) -> Bool
  {
    // LMDB does not read the first key of a branch: everything before the second is below it.
    let first = isBranch ? 1 : 0
    var last: Range<Int>?
    for index in first..<max(first, count) {
      guard let key = node(index)?.key, !key.isEmpty, key.count <= 511,
        !areNumbers || key.count == 8
      else { return false }
      if let last {
        guard Self.isBefore(bytes, last, bytes, key, areNumbers) else { return false }
      } else if let lower, Self.isBefore(bytes, key, lower, lower.indices, areNumbers) {
        return false
      }
      last = key
    }
    guard let upper, let last else { return true }
    return Self.isBefore(bytes, last, upper, upper.indices, areNumbers)
  }

  /// Where on a page with rising keys `key` belongs: at the last node that is not behind it; `nil` when all are.
  func place(of key: [UInt8]) -> Int? {
    var (low, high) = (isBranch ? 1 : 0, count)
    while low < high {
      let middle = (low + high) / 2
      guard let other = node(middle)?.key else { return nil }
      if Self.isBefore(key, key.indices, bytes, other, false) {
        high = middle
      } else {
        low = middle + 1
      }
    }
    return low == 0 ? nil : low - 1
  }

  /// Whether one key comes before another.
  private static func isBefore(
    _ a: [UInt8], _ first: Range<Int>, _ b: [UInt8], _ second: Range<Int>, _ areNumbers: Bool
  ) -> Bool {
    if areNumbers {
      return a.little(first.lowerBound, UInt64.self) < b.little(second.lowerBound, UInt64.self)
    }
    for offset in 0..<min(first.count, second.count) {
      let (one, other) = (a[first.lowerBound + offset], b[second.lowerBound + offset])
      if one != other { return one < other }
    }
    return first.count < second.count
  }
}
