// What all events move together; figures by hand.

import Ledger
import Testing

@Suite struct TurnoverTests {
  @Test func `amounts and values count for themselves, whichever way they go`() {
    var turnover = Turnover()
    turnover.add(5, worth: -70)
    turnover.add(-6, worth: 0)
    #expect(turnover.amount == 11)
    #expect(turnover.value == 70)
    #expect(turnover.greatest == 70)
    var all = Turnover()
    all.add(turnover)
    all.add(turnover)
    #expect(all.amount == 22)
    #expect(all.value == 140)
  }

  @Test func `it stops where it cannot grow`() {
    var turnover = Turnover()
    for _ in 0..<3 { turnover.add(.min, worth: .max) }
    #expect(turnover.amount == .max)  // 3 × 2^63
    #expect(turnover.value == .max)  // 3 × (2^63 − 1)
  }

  // 2^61 + 2^24 × 2^37 = 2^62; two sums of that are 2^63, one more than Int64 holds, so none may be quite as large.
  @Test func `small events fit into what large ones leave`() {
    #expect(Turnover.ofLarge == 2_305_843_009_213_693_952)
    #expect(Turnover.small == 137_438_953_472)
    #expect(Turnover.manySmall == 16_777_216)
    #expect(Turnover.ofLarge + Turnover.manySmall * Turnover.small == Turnover.ofAll)
  }
}
