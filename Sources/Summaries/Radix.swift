// Why: keys, entries and days are small whole numbers; sorting them digit by digit is several times faster than comparing, and keeps
// equals in order.

/// Radix sort (Knuth, TAOCP 3, 5.2.5), least significant digit first.
enum Radix {
  /// Sorts `order` by `key` of its elements, of which only `bits` differ; equals keep their order.
  @inline(__always)
  static func sort(_ order: inout [UInt32], bits: UInt64, key: (Int) -> UInt64) {
    var other = order
    for shift in stride(from: UInt64(0), to: 64, by: 8) where bits >> shift & 0xff != 0 {
      pass(order, &other) { Int(truncatingIfNeeded: key($0) >> shift & 0xff) }
      swap(&order, &other)
    }
  }

  @inline(__always)
  private static func pass(_ from: [UInt32], _ into: inout [UInt32], _ digit: (Int) -> Int) {
    var counts = [Int](repeating: 0, count: 257)
    var starts = counts.mutableSpan
    let from = from.span
    var into = into.mutableSpan
    for index in from.indices { starts[digit(Int(from[index])) &+ 1] &+= 1 }
    for value in 1..<257 { starts[value] &+= starts[value &- 1] }
    for index in from.indices {
      let value = digit(Int(from[index]))
      into[starts[value]] = from[index]
      starts[value] &+= 1
    }
  }
}
