// Why: bringing a thousand keys in line with ten thousand costs more than looking each of them up. What comes in small
// parts is gathered here, and added to the columns once.

/// Sums by key in no order: for the few lines of a range that are not worth aligning its keys.
struct TallyGatherer: Sendable {
  private(set) var keys = KeyIndex()
  private(set) var sums: [Int64] = []
  /// Negative as soon as a sum has overflowed.
  private(set) var overflow: Int64 = 0

  /// Adds a line.
  @inline(__always)
  mutating func add(
    _ upper: UInt64, _ lower: UInt32, _ side: Int, _ amount: Int64, _ value: Int64
  ) {
    let at = row(upper, lower) &+ side
    add(amount, at: at)
    add(value, at: at &+ 2)
  }

  /// Adds the four sums of a key.
  @inline(__always)
  mutating func add(
    _ upper: UInt64, _ lower: UInt32, _ a: Int64, _ b: Int64, _ c: Int64, _ d: Int64
  ) {
    let at = row(upper, lower)
    add(a, at: at)
    add(b, at: at &+ 1)
    add(c, at: at &+ 2)
    add(d, at: at &+ 3)
  }

  @inline(__always)
  private mutating func row(_ upper: UInt64, _ lower: UInt32) -> Int {
    let at = keys.number(of: upper, lower) &* 4
    if at == sums.count { for _ in 0..<4 { sums.append(0) } }
    return at
  }

  @inline(__always)
  private mutating func add(_ part: Int64, at index: Int) {
    let sum = sums[index] &+ part
    overflow |= (sums[index] ^ sum) & (part ^ sum)
    sums[index] = sum
  }
}
