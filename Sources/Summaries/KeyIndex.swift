// Why: within a leaf a key is a small number. Open addressing with linear probing: no allocation for each key, and
// most look-ups touch one cache line.

/// Numbers keys in order of their first appearance.
struct KeyIndex: Sendable {
  /// Account and subject of each key.
  private(set) var uppers: [UInt64] = []
  /// Commodity of each key.
  private(set) var lowers: [UInt32] = []
  /// Number of a key, plus 1; 0 is free. A power of two of them, at least twice as many as keys.
  private var slots = [UInt32](repeating: 0, count: 1024)
  private var last = 0

  var count: Int { uppers.count }

  private static func hash(_ upper: UInt64, _ lower: UInt32) -> Int {
    // Multiplication by 2^64 ÷ the golden ratio spreads consecutive numbers (Knuth, TAOCP 3, 6.4).
    let mixed = (upper ^ UInt64(lower) &* 0xff51_afd7_ed55_8ccd) &* 0x9e37_79b9_7f4a_7c15
    return Int(truncatingIfNeeded: mixed ^ mixed >> 32)
  }

  /// The number of a key, which is new if it has not been seen.
  @inline(__always)
  mutating func number(of upper: UInt64, _ lower: UInt32) -> Int {
    // A document's lines often name the same key in a row.
    if last < uppers.count, uppers[last] == upper, lowers[last] == lower { return last }
    let mask = slots.count &- 1
    var slot = KeyIndex.hash(upper, lower) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) &- 1
      if uppers[number] == upper, lowers[number] == lower {
        last = number
        return number
      }
      slot = (slot &+ 1) & mask
    }
    return insert(upper, lower, slot)
  }

  private mutating func insert(_ upper: UInt64, _ lower: UInt32, _ slot: Int) -> Int {
    let number = uppers.count
    uppers.append(upper)
    lowers.append(lower)
    slots[slot] = UInt32(number + 1)
    last = number
    if uppers.count * 2 > slots.count { grow() }
    return number
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for number in uppers.indices {
      var slot = KeyIndex.hash(uppers[number], lowers[number]) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(number + 1)
    }
  }

  mutating func removeAll() {
    uppers.removeAll(keepingCapacity: true)
    lowers.removeAll(keepingCapacity: true)
    for slot in slots.indices { slots[slot] = 0 }
    last = 0
  }

  /// The keys' numbers in the order of the keys.
  func sorted() -> [UInt32] {
    var order = [UInt32](0..<UInt32(count))
    if count < 256 {
      order.sort {
        let (a, b) = (Int($0), Int($1))
        return uppers[a] < uppers[b] || (uppers[a] == uppers[b] && lowers[a] < lowers[b])
      }
      return order
    }
    var upperBits: UInt64 = 0
    var lowerBits: UInt32 = 0
    for number in 1..<count {
      upperBits |= uppers[number] ^ uppers[0]
      lowerBits |= lowers[number] ^ lowers[0]
    }
    let (high, low) = (uppers.span, lowers.span)
    Radix.sort(&order, bits: UInt64(lowerBits)) { UInt64(low[$0]) }
    Radix.sort(&order, bits: upperBits) { high[$0] }
    return order
  }
}
