// Why: when the sums are complete they are the answer, as they lie; only rows that came to nothing must go.

internal import Ledger

extension TallyColumns {
  /// The rows of `sum`, also those that are all zero if it is so wanted.
  init(_ sum: TallyAccumulator, withZeros: Bool) {
    let kept = withZeros ? sum.count : TallyColumns.countRows(sum.sums)
    if kept == sum.count {
      (uppers, lowers, sums) = (sum.uppers, sum.lowers, sum.sums)
      return
    }
    uppers.reserveCapacity(kept)
    lowers.reserveCapacity(kept)
    sums.reserveCapacity(kept * 4)
    let all = sum.sums.span
    for row in 0..<sum.count {
      let at = row &* 4
      let (a, b, c, d) = (all[at], all[at &+ 1], all[at &+ 2], all[at &+ 3])
      if a | b | c | d == 0 { continue }
      append(sum.uppers[row], sum.lowers[row], a, b, c, d)
    }
  }

  /// The rows of `keys` in the order given, with `sums` by the keys' numbers.
  init(_ keys: KeyIndex, _ order: [UInt32], _ all: [Int64], withZeros: Bool) {
    uppers.reserveCapacity(order.count)
    lowers.reserveCapacity(order.count)
    sums.reserveCapacity(order.count * 4)
    let all = all.span
    for number in order {
      let at = Int(number) &* 4
      let (a, b, c, d) = (all[at], all[at &+ 1], all[at &+ 2], all[at &+ 3])
      if !withZeros, a | b | c | d == 0 { continue }
      append(keys.uppers[Int(number)], keys.lowers[Int(number)], a, b, c, d)
    }
  }

  @inline(__always)
  private mutating func append(
    _ upper: UInt64, _ lower: UInt32, _ a: Int64, _ b: Int64, _ c: Int64, _ d: Int64
  ) {
    uppers.append(upper)
    lowers.append(lower)
    sums.append(a)
    sums.append(b)
    sums.append(c)
    sums.append(d)
  }

  private static func countRows(_ sums: [Int64]) -> Int {
    let all = sums.span
    var rows = 0
    for at in stride(from: 0, to: all.count, by: 4)
    where all[at] | all[at &+ 1] | all[at &+ 2] | all[at &+ 3] != 0 { rows &+= 1 }
    return rows
  }

  /// Checks that every balance fits, so that nobody who asks for one is stopped.
  /// - Throws: ``SummaryError`` `.overflow`.
  func checkBalances() throws(SummaryError) {
    let all = sums.span
    var overflow: Int64 = 0
    for at in stride(from: 0, to: all.count, by: 2) {
      let (debit, credit) = (all[at], all[at &+ 1])
      overflow |= (debit ^ credit) & (debit ^ (debit &- credit))
    }
    if overflow < 0 { throw .overflow }
  }
}
