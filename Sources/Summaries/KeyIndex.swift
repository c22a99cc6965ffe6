// Why: within a leaf a key is a small number. Open addressing with linear probing: no allocation for each key, and
// most look-ups touch one cache line.

/// Numbers keys in order of their first appearance.
struct KeyIndex: Sendable {
  /// Account and subject of each key.
  private(set) var uppers: [UInt64] = []
  /// Commodity of each key.
  private(set) var lowers: [UInt32] = []
  /// A power of two of them, at least twice as many as keys.
  private var slots = [Slot](repeating: Slot(), count: 1024)

  /// A key and its number, plus 1; 0 is free. All in one place, so that a look-up is one cache line as a rule.
  private struct Slot {
    var upper: UInt64 = 0
    var lower: UInt32 = 0
    var number: UInt32 = 0
  }

  var count: Int { uppers.count }

  @inline(__always)
  private static func hash(_ upper: UInt64, _ lower: UInt32) -> Int {
    // Multiplication by 2^64 ÷ the golden ratio spreads consecutive numbers (Knuth, TAOCP 3, 6.4).
    let mixed = (upper ^ UInt64(lower) &* 0xff51_afd7_ed55_8ccd) &* 0x9e37_79b9_7f4a_7c15
    return Int(truncatingIfNeeded: mixed ^ mixed >> 32)
  }

  /// The number of a key, which is new if it has not been seen.
  @inline(__always)
  mutating func number(of upper: UInt64, _ lower: UInt32) -> Int {
    let index = place(of: upper, lower)
    let number = slots[index].number
    return number == 0 ? insert(upper, lower, index) : Int(number) &- 1
  }

  /// The slot where a key is, or where it belongs.
  @inline(__always)
  private func place(of upper: UInt64, _ lower: UInt32) -> Int {
    let slots = slots.span
    let mask = slots.count &- 1
    var index = KeyIndex.hash(upper, lower) & mask
    while true {
      let slot = slots[index]
      if slot.number == 0 || (slot.upper == upper && slot.lower == lower) { return index }
      index = (index &+ 1) & mask
    }
  }

  @inline(never)
  private mutating func insert(_ upper: UInt64, _ lower: UInt32, _ index: Int) -> Int {
    let number = uppers.count
    uppers.append(upper)
    lowers.append(lower)
    slots[index] = Slot(upper: upper, lower: lower, number: UInt32(number + 1))
    if uppers.count * 2 > slots.count { grow() }
    return number
  }

  private mutating func grow() {
    slots = [Slot](repeating: Slot(), count: slots.count * 2)
    let mask = slots.count - 1
    for number in uppers.indices {
      var index = KeyIndex.hash(uppers[number], lowers[number]) & mask
      while slots[index].number != 0 { index = (index + 1) & mask }
      slots[index] = Slot(
        upper: uppers[number], lower: lowers[number], number: UInt32(number + 1))
    }
  }

  mutating func removeAll() {
    uppers.removeAll(keepingCapacity: true)
    lowers.removeAll(keepingCapacity: true)
    for index in slots.indices { slots[index] = Slot() }
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
