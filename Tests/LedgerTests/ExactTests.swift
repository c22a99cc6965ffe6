// Exact arithmetic, one step on either side of each limit; figures by hand.

import Ledger
import Testing
import Wire

@Suite struct ExactTests {
  @Test(arguments: [
    (0, 3, 0), (1, 2, 1), (-1, 2, -1), (1, 3, 0), (2, 3, 1), (-2, 3, -1), (5, 2, 3), (-5, 2, -3),
    (5, -2, -3), (-5, -2, 3), (49, 100, 0), (50, 100, 1), (51, 100, 1), (-49, 100, 0),
    (-50, 100, -1), (149, 100, 1), (150, 100, 2), (7, 7, 1), (8, 4, 2),
  ])
  func `halves are rounded away from zero`(numerator: Int, denominator: Int, expected: Int) {
    #expect(Exact.divide(Int128(numerator), Int128(denominator)) == Int64(expected))
  }

  @Test func `a quotient that does not fit is none`() {
    let limit = Int128(Int64.max)
    #expect(Exact.divide(limit, 1) == .max)
    #expect(Exact.divide(limit + 1, 1) == nil)
    #expect(Exact.divide(limit * 2 + 1, 2) == nil)  // 2^63 − ½ rounds up to 2^63
    #expect(Exact.divide(limit * 2, 2) == .max)
    #expect(Exact.divide(-limit - 1, 1) == .min)
    #expect(Exact.divide(-limit - 2, 1) == nil)
    #expect(Exact.divide(.max, .max) == 1)
    #expect(Exact.divide(.max, 1) == nil)
  }

  @Test(
    arguments: [
      (100, 1, 3, 33), (100, 2, 3, 67), (-100, 2, 3, -67), (100, 3, 3, 100), (1, 1, 2, 1),
      (.max, .max, .max, .max), (.max, 1, 2, 4_611_686_018_427_387_904), (.min, 1, 1, .min),
      (.min, .min, .min, .min),
    ] as [(Int64, Int64, Int64, Int64)])
  func `a share is exact to half a unit`(value: Int64, part: Int64, whole: Int64, share: Int64) {
    #expect(Exact.share(value, part, of: whole) == share)
  }

  // 10 by three: 3.33 is 3; of the 7 that are left, 3.5 is 4; the last takes 3. Of −5 by 1 to 3: −1.25 is −1, then −4.
  @Test(
    arguments: [
      (10, [1, 1, 1], [3, 4, 3]), (-5, [1, 3], [-1, -4]), (7, [0, 2, 0], [0, 7, 0]),
      (7, [0], [0]), (7, [], []),
    ] as [(Int64, [Int64], [Int64])])
  func `shares come to the whole, the last with what is left`(
    value: Int64, units: [Int64], shares: [Int64]
  ) {
    #expect(Exact.shares(of: value, by: units) == shares)
  }

  @Test(arguments: [
    ("400", "0.25", 2, 10_000), ("3", "0.333333", 2, 100), ("0.5", "0.01", 2, 1),
    ("-0.5", "0.01", 2, -1), ("0.49", "0.01", 2, 0), ("1", "1", 0, 1), ("1.5", "1", 0, 2),
    ("0.000000000000000001", "0.000000000000000001", 2, 0), ("0", "5", 6, 0),
    ("0.000001", "0.5", 6, 1), ("1000000000000000", "1", 2, 100_000_000_000_000_000),
    ("999999999999999.99", "1", 2, 99_999_999_999_999_999),
    ("-1000000000000000", "1", 2, -100_000_000_000_000_000),
    ("1000000000000000", "1", 3, 1_000_000_000_000_000_000),
  ])
  func `a product is rounded once`(a: String, b: String, decimals: Int, expected: Int) throws {
    let product = try Exact.product(ExactDecimal(a), ExactDecimal(b), decimals: decimals)
    #expect(product == Int64(expected))
  }

  @Test(arguments: [
    ("1000000000000000.01", "1", 2), ("-1000000000000000.01", "1", 2), ("1000000000000001", "1", 0),
    ("999999999999999999", "999999999999999999", 0), ("999999999999999999", "1", 6),
    ("10000000000000000", "0.1000001", 2), ("999999999999999999", "999999999999999999", 6),
  ])
  func `beyond 10^15 units is an overflow`(a: String, b: String, decimals: Int) throws {
    let (x, y) = (try ExactDecimal(a), try ExactDecimal(b))
    #expect(throws: WireError(.overflow, "", remedy: "")) {
      try Exact.product(x, y, decimals: decimals)
    }
  }

  @Test(arguments: [
    (0, 1_000_000_000_000_000), (2, 100_000_000_000_000_000), (3, 1_000_000_000_000_000_000),
  ])
  func `the bound is 10^15 whole units, on both sides`(decimals: Int, limit: Int) throws {
    let limit = Int64(limit)
    #expect(try Exact.bounded(limit, decimals: decimals) == limit)
    #expect(try Exact.bounded(-limit, decimals: decimals) == -limit)
    for beyond in [limit + 1, -limit - 1, .max, .min] {
      #expect(throws: WireError(.overflow, "", remedy: "")) {
        try Exact.bounded(beyond, decimals: decimals)
      }
    }
  }

  @Test func `with four decimals or more, 10^18 smallest units are the bound`() throws {
    for decimals in 4...6 {
      let limit: Int64 = 1_000_000_000_000_000_000
      #expect(try Exact.bounded(limit, decimals: decimals) == limit)
      #expect(try Exact.bounded(-limit, decimals: decimals) == -limit)
      for beyond in [limit + 1, -limit - 1, .max, .min] {
        #expect(throws: WireError(.overflow, "", remedy: "")) {
          try Exact.bounded(beyond, decimals: decimals)
        }
      }
    }
  }

  @Test func `a sum that does not fit is an overflow, and adds nothing`() throws {
    #expect(try Exact.sum([.max, -1, 1]) == .max)
    #expect(try Exact.sum([]) == 0)
    #expect(throws: WireError(.overflow, "", remedy: "")) { try Exact.sum([.max, 1, -1]) }
    var sum: Int64 = .min + 1
    try Exact.add(-1, to: &sum)
    #expect(throws: WireError(.overflow, "", remedy: "")) { try Exact.add(-1, to: &sum) }
    #expect(sum == .min)
  }
}

@Suite struct CurrencyTests {
  // ISO 4217, list one.
  @Test(
    arguments: [
      ("EUR", 2), ("USD", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("ISK", 0), ("HUF", 2),
      ("BHD", 3),
      ("VND", 0), ("MGA", 2), ("UYW", 4), ("ZWG", 2),
    ] as [(Code, Int)])
  func `a currency has its decimals`(code: Code, decimals: Int) throws {
    let currency = try #require(Currency(code))
    #expect(currency.code == code)
    #expect(currency.decimals == decimals)
  }

  @Test(arguments: ["eur", "EURO", "XXX", "E", "DEM", "€"] as [Code])
  func `what is no currency is none`(code: Code) {
    #expect(Currency(code) == nil)
  }
}

@Suite struct NameTests {
  // The numbers are in the log for ever.
  @Test(arguments: [
    (NameKind.account, 1), (.currency, 2), (.product, 3), (.warehouse, 4), (.customer, 5),
    (.supplier, 6), (.employee, 7), (.tax, 8), (.project, 9), (.user, 10), (.order, 16),
    (.shipment, 17), (.return, 18), (.invoice, 19), (.correction, 20), (.payment, 21),
    (.purchase, 22), (.receipt, 23), (.bill, 24), (.count, 25), (.adjustment, 26), (.transfer, 27),
    (.scrap, 28), (.payrollRun, 29), (.entry, 30), (.charge, 31), (.series, 32), (.person, 33),
    (.books, 60),
  ])
  func `a kind of name keeps its number`(kind: NameKind, number: Int) {
    #expect(Int(kind.rawValue) == number)
  }

  @Test func `a name's number says its kind and its place`() {
    let first = NameID(.customer, 1)
    #expect(first.raw == 5 << 26 | 1)
    #expect(first.kind == .customer && first.sequence == 1)
    let last = NameID(.person, NameID.maximumSequence)
    #expect(last.kind == .person && last.sequence == 67_108_863)
    #expect(last.is(.person) && !last.is(.customer))
    #expect(NameID.none.isNone && NameID.none.kind == nil)
    #expect(NameID(raw: 63 << 26).kind == nil)
  }
}
