// Why: movements between two days are one answer less another.

internal import Ledger

extension TallyColumns {
  /// These rows less those of `earlier`; rows that come to nothing are left out.
  /// - Throws: ``SummaryError`` `.overflow`.
  public func less(_ earlier: TallyColumns) throws(SummaryError) -> TallyColumns {
    var result = TallyColumns()
    result.uppers.reserveCapacity(count)
    result.lowers.reserveCapacity(count)
    result.sums.reserveCapacity(count * 4)
    var (row, other) = (0, 0)
    while row < count || other < earlier.count {
      let isMine = row < count && (other == earlier.count || key(row) <= earlier.key(other))
      let isTheirs =
        other < earlier.count && (row == count || earlier.key(other) <= key(row))
      let at = result.sums.count
      var any: Int64 = 0
      for column in 0..<4 {
        let mine = isMine ? sums[row * 4 + column] : 0
        let theirs = isTheirs ? earlier.sums[other * 4 + column] : 0
        let (difference, overflow) = mine.subtractingReportingOverflow(theirs)
        if overflow { throw .overflow }
        any |= difference
        result.sums.append(difference)
      }
      if any == 0 {
        result.sums.removeLast(result.sums.count - at)
      } else {
        result.uppers.append(isMine ? uppers[row] : earlier.uppers[other])
        result.lowers.append(isMine ? lowers[row] : earlier.lowers[other])
      }
      if isMine { row += 1 }
      if isTheirs { other += 1 }
    }
    return result
  }
}
