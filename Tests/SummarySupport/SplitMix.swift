// Why: a property that fails must fail again with the printed seed, on any machine.

/// SplitMix64 (Steele, Lea, Flood 2014).
public struct SplitMix: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Numbers that follow from `seed`.
  public init(_ seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }

  /// A number from 0 up to `bound`, not included.
  public mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  /// Whether something with a chance of `percent` in a hundred happens.
  public mutating func happens(_ percent: Int) -> Bool { below(100) < percent }
}
