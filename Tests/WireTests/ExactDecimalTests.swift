// Exact decimals in and out of text; cases worked by hand.

import Testing
import Wire

@Suite struct ExactDecimalTests {
  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("121.00", "121"), ("0.25", "0.25"), ("-2.50", "-2.5"),
    ("1.5E2", "150"), ("1e-3", "0.001"), ("999999999999999.99", "999999999999999.99"),
  ])
  func `a decimal is read exactly and printed in its shortest form`(text: String, short: String)
    throws
  {
    #expect(try ExactDecimal(text).description == short)
  }

  @Test(arguments: ["", "-", ".5", "5.", "1,5", "0x1", "1e", "NaN", " 1", "1 "])
  func `what is not a decimal is refused`(text: String) {
    #expect(throws: WireError(.wrongType, "", remedy: "")) { try ExactDecimal(text) }
  }

  @Test func `more digits than can be kept are refused, not rounded`() {
    let digits = "99999999999999999999"
    #expect(throws: WireError(.overflow, "", remedy: "")) { try ExactDecimal(digits) }
  }

  @Test func `units are counted exactly or not at all`() throws {
    let half: ExactDecimal = "2.5"
    #expect(try half.units(decimals: 2) == 250)
    #expect(throws: WireError(.tooManyDecimals, "", remedy: "")) { try half.units(decimals: 0) }
  }
}
