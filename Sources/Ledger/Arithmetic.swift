// Why: amounts and quantities are integers with a bound; what does not fit is a refusal, never a trap or a wrap.

public import Wire

/// Exact arithmetic on smallest units.
public enum Exact {
  /// The largest number of whole units of anything: 10^15.
  public static let maximumUnits: Int64 = 1_000_000_000_000_000
  /// The largest number of smallest units: 10^18, so that with four and more decimals fewer whole units can be had.
  public static let maximumSmallestUnits: Int64 = 1_000_000_000_000_000_000

  /// Adds `part` to `sum`.
  /// - Throws: `WireError` `.overflow` when the sum does not fit; then nothing is added.
  @inlinable public static func add(_ part: Int64, to sum: inout Int64) throws(WireError) {
    let (next, overflow) = sum.addingReportingOverflow(part)
    if overflow { throw tooMuchTogether }
    sum = next
  }

  /// What `parts` come to.
  /// - Throws: `WireError` `.overflow` when it does not fit.
  @inlinable public static func sum(_ parts: some Sequence<Int64>) throws(WireError) -> Int64 {
    var sum: Int64 = 0
    for part in parts { try add(part, to: &sum) }
    return sum
  }

  @usableFromInline static var tooMuchTogether: WireError {
    WireError(
      .overflow, "The amounts add up to more than can be kept.",
      remedy: "Correct them, or record them in several events.")
  }

  /// `numerator` ÷ `denominator`, rounded half away from zero; `nil` when the result does not fit.
  public static func divide(_ numerator: Int128, _ denominator: Int128) -> Int64? {
    precondition(denominator != 0, "division by zero")
    let (n, d) = denominator < 0 ? (-numerator, -denominator) : (numerator, denominator)
    let (quotient, remainder) = n.quotientAndRemainder(dividingBy: d)
    let up = remainder.magnitude * 2 >= d.magnitude
    return Int64(exactly: up ? quotient + (n < 0 ? -1 : 1) : quotient)
  }

  /// `value` × `part` ÷ `whole`, rounded half away from zero.
  public static func share(_ value: Int64, _ part: Int64, of whole: Int64) -> Int64 {
    // |value| and |part| are below 2^63, so the product fits; the quotient does while |part| ≤ |whole|.
    guard let share = divide(Int128(value) * Int128(part), Int128(whole)) else {
      preconditionFailure("the share of \(value) for \(part) of \(whole) does not fit")
    }
    return share
  }

  /// `value` in parts, in proportion to `units`: each is rounded of what is left, so the last takes all that is.
  public static func shares(of value: Int64, by units: [Int64]) -> [Int64] {
    var (left, rest) = (value, units.reduce(0, +))
    return units.map { part in
      if rest == 0 { return 0 }
      let share = share(left, part, of: rest)
      left -= share
      rest -= part
      return share
    }
  }

  /// The product of two decimals in units of 10^−`decimals`, rounded half away from zero.
  /// - Throws: `WireError` `.overflow` beyond 10^15 whole units.
  public static func product(
    _ a: ExactDecimal, _ b: ExactDecimal, decimals: Int
  ) throws(WireError) -> Int64 {
    let scale = Int(a.scale) + Int(b.scale)
    var numerator = Int128(a.digits) * Int128(b.digits)
    var denominator: Int128 = 1
    if scale > decimals {
      for _ in decimals..<scale { denominator *= 10 }
    } else {
      for _ in scale..<decimals {
        let (product, overflow) = numerator.multipliedReportingOverflow(by: 10)
        if overflow { throw overflowing("\(a) × \(b)", decimals) }
        numerator = product
      }
    }
    guard let result = divide(numerator, denominator) else {
      throw overflowing("\(a) × \(b)", decimals)
    }
    return try bounded(result, decimals: decimals)
  }

  /// `a` × `b` × `percent` ÷ 100 in units of 10^−`decimals`, rounded once, half away from zero.
  /// - Throws: `WireError` `.overflow` beyond 10^15 whole units.
  public static func product(
    _ a: ExactDecimal, _ b: ExactDecimal, _ percent: ExactDecimal,
    percentWithDecimals decimals: Int
  ) throws(WireError) -> Int64 {
    let (numerator, overflow) = (Int128(a.digits) * Int128(b.digits)).multipliedReportingOverflow(
      by: Int128(percent.digits))
    let (raised, overflow2) = numerator.multipliedReportingOverflow(by: power(decimals))
    let denominator = power(Int(a.scale) + Int(b.scale)) * power(Int(percent.scale) + 2)
    guard !overflow, !overflow2, let result = divide(raised, denominator) else {
      throw overflowing("\(a) × \(b)", decimals)
    }
    return try bounded(result, decimals: decimals)
  }

  private static func power(_ exponent: Int) -> Int128 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  /// `value` itself, when it lies within ±10^15 whole units and ±10^18 smallest ones.
  /// - Throws: `WireError` `.overflow` when it lies beyond.
  public static func bounded(_ value: Int64, decimals: Int) throws(WireError) -> Int64 {
    var limit = maximumUnits
    for _ in 0..<decimals where limit < maximumSmallestUnits { limit *= 10 }
    guard value <= limit, value >= -limit else {
      throw overflowing(ExactDecimal(digits: value, scale: decimals).description, decimals)
    }
    return value
  }

  private static func overflowing(_ what: String, _ decimals: Int) -> WireError {
    WireError(
      .overflow, "\(what) is too large.",
      remedy: decimals > 3
        ? "With \(decimals) decimals, amounts and quantities go up to 10^\(18 - decimals)."
        : "Amounts and quantities go up to 10^15.")
  }
}
