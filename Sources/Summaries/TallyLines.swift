// Why: a projection adds lines one by one, millions of times; here they are kept without a copy of the key in each.

public import Ledger

/// One line as it was added.
struct TallyLine {
  var amount: Int64
  var value: Int64
  var day: Int32
  /// The key's number in order of appearance, doubled; plus 1 for a credit.
  var entry: UInt32
  /// The event's place in the leaf, from 0.
  var offset: UInt32

  var key: Int { Int(entry >> 1) }
  var side: Int { Int(entry & 1) }
}

/// What the events of a range add to a tally.
public struct TallyLines: Sendable {
  /// The keys in order of appearance.
  var keys = KeyIndex()
  /// The lines in order of appearance.
  var lines: [TallyLine] = []
  /// The place in the leaf of the event whose lines are being added.
  var offset: UInt32 = 0

  init() {}

  /// Adds what comes in: `amount` in the commodity's smallest unit, `value` in that of the books' currency.
  public mutating func debit(_ key: TallyKey, on day: Day, amount: Int64, value: Int64) {
    add(key, 0, day, amount, value)
  }

  /// Adds what goes out.
  public mutating func credit(_ key: TallyKey, on day: Day, amount: Int64, value: Int64) {
    add(key, 1, day, amount, value)
  }

  @inline(__always)
  private mutating func add(
    _ key: TallyKey, _ side: UInt32, _ day: Day, _ amount: Int64, _ value: Int64
  ) {
    let number = keys.number(of: key.upper, key.commodity.raw)
    lines.append(
      TallyLine(
        amount: amount, value: value, day: day.number, entry: UInt32(number) << 1 | side,
        offset: offset))
  }

  mutating func add(
    _ upper: UInt64, _ lower: UInt32, _ side: Int, _ day: Int32, _ amount: Int64, _ value: Int64
  ) {
    let entry = UInt32(keys.number(of: upper, lower)) << 1 | UInt32(side)
    lines.append(TallyLine(amount: amount, value: value, day: day, entry: entry, offset: 0))
  }

  /// Forgets the lines that do not count.
  mutating func keep(_ counts: (TallyLine) -> Bool) { lines.removeAll { !counts($0) } }

  /// Debit amount, credit amount, debit value, credit value of each key; net of each other in the debit columns
  /// when `net` is wanted.
  /// - Throws: ``SummaryError`` `.overflow`.
  func sums(net: Bool) throws(SummaryError) -> [Int64] {
    var result = [Int64](repeating: 0, count: keys.count * 4)
    var sums = result.mutableSpan
    var overflow: Int64 = 0
    for line in lines {
      let at = line.key &* 4 &+ line.side
      let amount = sums[at] &+ line.amount
      overflow |= (sums[at] ^ amount) & (line.amount ^ amount)
      sums[at] = amount
      let value = sums[at &+ 2] &+ line.value
      overflow |= (sums[at &+ 2] ^ value) & (line.value ^ value)
      sums[at &+ 2] = value
    }
    if net {
      for at in stride(from: 0, to: sums.count, by: 2) {
        let difference = sums[at] &- sums[at + 1]
        overflow |= (sums[at] ^ sums[at + 1]) & (sums[at] ^ difference)
        sums[at] = difference
        sums[at + 1] = 0
      }
    }
    if overflow < 0 { throw .overflow }
    return result
  }

  mutating func removeAll() {
    keys.removeAll()
    lines.removeAll(keepingCapacity: true)
    offset = 0
  }
}
