// Why: a generated company must be the same on every machine, for ever, so its chance is our own: SplitMix64 (Steele,
// Lea and Flood, "Fast splittable pseudorandom number generators", 2014).

/// A small deterministic source of chance.
struct SplitMix64: Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A whole number from 0 up to, not including, `bound`, which is above zero.
  mutating func below(_ bound: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A whole number of `range`.
  mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

  /// Whether something that happens `perMille` times in a thousand happens now.
  mutating func happens(_ perMille: Int) -> Bool { below(1000) < perMille }

  /// An index below `count`, small ones much more often than large ones: the first hundredth gets a tenth of all.
  mutating func skewed(_ count: Int) -> Int {
    let u = Int(truncatingIfNeeded: next() >> 34)  // 30 bits
    // u² ÷ 2^60 × count, in integers.
    let square = UInt64(u) * UInt64(u)
    return Int(truncatingIfNeeded: (square << 4).multipliedFullWidth(by: UInt64(count)).high)
  }
}
