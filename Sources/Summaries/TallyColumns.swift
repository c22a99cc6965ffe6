// Why: an answer of ten thousand rows is handed over as it was summed: sorted columns, without a box for each row.

internal import Ledger

/// The answer to a tally query: rows in the order of their keys, none of them all zero.
public struct TallyColumns: Sendable, Hashable, RandomAccessCollection {
  /// Account and subject of each row.
  var uppers: [UInt64] = []
  /// Commodity of each row.
  var lowers: [UInt32] = []
  /// Debit amount, credit amount, debit value, credit value of each row, one row after the other.
  var sums: [Int64] = []

  /// No rows.
  public init() {}

  /// The first row's place, 0.
  public var startIndex: Int { 0 }
  /// How many rows there are.
  public var endIndex: Int { uppers.count }

  /// The key of row `index`.
  public func key(_ index: Int) -> TallyKey {
    TallyKey(upper: uppers[index], lower: lowers[index])
  }

  /// Row `index`.
  public subscript(index: Int) -> TallyRow {
    let at = index * 4
    return TallyRow(
      key: key(index),
      sums: TallySums(
        debitAmount: sums[at], creditAmount: sums[at + 1], debitValue: sums[at + 2],
        creditValue: sums[at + 3]))
  }

  /// The sums of `key`; all zero when it has no row.
  public func sums(of key: TallyKey) -> TallySums {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self.key(middle) < key { low = middle + 1 } else { high = middle }
    }
    return low < count && self.key(low) == key ? self[low].sums : TallySums()
  }

  /// The rows of `keys`.
  public func rows(in keys: KeyRange) -> SubSequence {
    func place(_ isBefore: (TallyKey) -> Bool) -> Int {
      var low = 0
      var high = count
      while low < high {
        let middle = (low + high) / 2
        if isBefore(key(middle)) { low = middle + 1 } else { high = middle }
      }
      return low
    }
    let low = place { $0 < keys.first }
    return self[low..<Swift.max(low, place { $0 <= keys.last })]
  }
}
