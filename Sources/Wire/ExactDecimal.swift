// Why: money and quantities are never floating point. A decimal is an integer count of 10^-scale,
// read from and printed to text without loss.

/// An exact decimal number: `digits` × 10^−`scale`, always in its shortest form (2.50 is 25 × 10⁻¹).
public struct ExactDecimal: Sendable, Hashable {
  /// The number without its decimal point.
  public let digits: Int64
  /// How many of the digits stand after the point, 0–18.
  public let scale: UInt8

  /// Zero.
  public static let zero = ExactDecimal()

  /// Zero.
  public init() {
    digits = 0
    scale = 0
  }

  /// `digits` × 10^−`scale`, brought to its shortest form.
  public init(digits: Int64, scale: Int) {
    precondition((0...18).contains(scale), "a decimal has 0 to 18 decimals")
    var digits = digits
    var scale = scale
    while scale > 0, digits % 10 == 0 {
      digits /= 10
      scale -= 1
    }
    self.digits = digits
    self.scale = UInt8(scale)
  }

  /// Reads `text` such as `121`, `-0.25` or `1.5E2`.
  /// - Throws: ``WireError`` `.wrongType` when it is not a number, `.overflow` when it has too many digits.
  public init(_ text: some StringProtocol) throws(WireError) {
    var text = String(text)
    let parsed = text.withUTF8 { unsafe ExactDecimal.parse(Span(_unsafeElements: $0)) }
    self = try parsed.get()
  }

  static func parse(_ bytes: Span<UInt8>) -> Result<ExactDecimal, WireError> {
    let wrong = WireError(
      .wrongType, "is not a decimal number.", remedy: "Write it like 121.00, with a point.")
    let big = WireError(
      .overflow, "has more digits than can be kept exactly.",
      remedy: "Use at most 18 significant digits.")
    var i = 0
    var negative = false
    if i < bytes.count, bytes[i] == UInt8(ascii: "-") {
      negative = true
      i += 1
    }
    var digits: Int64 = 0
    var scale = 0
    var any = false
    var afterPoint = false
    loop: while i < bytes.count {
      switch bytes[i] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
        let (sum, more) = product.subtractingReportingOverflow(Int64(bytes[i] - 48))
        if overflow || more { return .failure(big) }
        digits = sum
        if afterPoint { scale += 1 }
        any = true
      case UInt8(ascii: ".") where !afterPoint && any:
        afterPoint = true
        any = false
      default: break loop
      }
      i += 1
    }
    guard any else { return .failure(wrong) }
    var exponent = 0
    if i < bytes.count, bytes[i] == UInt8(ascii: "e") || bytes[i] == UInt8(ascii: "E") {
      i += 1
      var minus = false
      if i < bytes.count, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") {
        minus = bytes[i] == UInt8(ascii: "-")
        i += 1
      }
      let first = i
      while i < bytes.count, (48...57).contains(bytes[i]) {
        exponent = exponent * 10 + Int(bytes[i] - 48)
        if exponent > 40 { return .failure(big) }
        i += 1
      }
      if i == first { return .failure(wrong) }
      if minus { exponent = -exponent }
    }
    guard i == bytes.count else { return .failure(wrong) }
    scale -= exponent
    while scale > 0, digits % 10 == 0 {
      digits /= 10
      scale -= 1
    }
    while scale < 0 {
      let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
      if overflow { return .failure(big) }
      digits = product
      scale += 1
    }
    if scale > 18 { return .failure(big) }
    if !negative {
      if digits == .min { return .failure(big) }
      digits = -digits
    }
    return .success(ExactDecimal(digits: digits, scale: scale))
  }

  /// This number in units of 10^−`decimals`: 2.5 with two decimals is 250.
  /// - Throws: ``WireError`` `.tooManyDecimals` when that would round, `.overflow` when it does not fit.
  public func units(decimals: Int) throws(WireError) -> Int64 {
    if Int(scale) > decimals {
      throw WireError(
        .tooManyDecimals, "\(self) has more than \(decimals) decimals.",
        remedy: "Round it to \(decimals) decimals.")
    }
    var value = digits
    for _ in Int(scale)..<max(decimals, Int(scale)) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow {
        throw WireError(
          .overflow, "\(self) is too large.", remedy: "Amounts and quantities go up to 10^15.")
      }
      value = product
    }
    return value
  }

  /// The number with the other sign.
  public var negated: ExactDecimal { ExactDecimal(digits: -digits, scale: Int(scale)) }

  /// The sum of two numbers.
  /// - Throws: ``WireError`` `.overflow` when it has too many digits.
  public func adding(_ other: ExactDecimal) throws(WireError) -> ExactDecimal {
    let scale = Int(max(scale, other.scale))
    let (sum, overflow) = try units(decimals: scale).addingReportingOverflow(
      try other.units(decimals: scale))
    if overflow {
      throw WireError(
        .overflow, "\(self) + \(other) is too large.",
        remedy: "Amounts and quantities go up to 10^15.")
    }
    return ExactDecimal(digits: sum, scale: scale)
  }

  /// Whether the number is below zero.
  public var isNegative: Bool { digits < 0 }
  /// Whether the number is zero.
  public var isZero: Bool { digits == 0 }

  /// The number with at least `decimals` decimals: 2.5 as `2.50`.
  public func formatted(decimals: Int = 0) -> String {
    let places = max(decimals, Int(scale))
    var left = digits.magnitude
    // From the last character to the first.
    var text: [UInt8] = []
    for _ in Int(scale)..<places { text.append(UInt8(ascii: "0")) }
    repeat {
      if text.count == places, places > 0 { text.append(UInt8(ascii: ".")) }
      text.append(UInt8(ascii: "0") + UInt8(left % 10))
      left /= 10
    } while left > 0 || text.count <= places
    if digits < 0 { text.append(UInt8(ascii: "-")) }
    text.reverse()
    return String(decoding: text, as: UTF8.self)
  }
}

extension ExactDecimal: CustomStringConvertible {
  /// The shortest exact form: `2.5`.
  public var description: String { formatted() }
}

extension ExactDecimal: ExpressibleByStringLiteral {
  /// A literal in code or tests: `"2.50"`. A literal that is not a number stops the program.
  public init(stringLiteral text: String) {
    do { self = try ExactDecimal(text) } catch { preconditionFailure("\(text): \(error)") }
  }
}
