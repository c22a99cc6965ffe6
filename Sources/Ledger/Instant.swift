// Why: record time is the moment at which the books learned something. It is given to the engine from
// outside, kept in UTC microseconds, and always rises from one event to the next.

public import Wire

/// A moment: microseconds since 1970-01-01T00:00:00Z, without leap seconds.
public struct Instant: Sendable, Hashable, Comparable {
  /// Microseconds since 1970-01-01T00:00:00Z.
  public var microseconds: Int64

  /// 9999-12-31T23:59:59.999999Z, the last moment that can be written.
  public static let last = Instant(microseconds: 253_402_300_799_999_999)

  /// The moment `microseconds` after 1970-01-01T00:00:00Z.
  @inlinable public init(microseconds: Int64 = 0) { self.microseconds = microseconds }

  /// Reads RFC 3339 with an offset: `2026-04-05T10:00:00Z`, `2026-04-05T12:00:00.5+02:00`.
  /// - Throws: `WireError` `.invalidValue` when it is none.
  public init(_ text: String) throws(WireError) {
    guard let parsed = Instant.parse(Array(text.utf8)) else {
      throw WireError(
        .invalidValue, "\"\(text)\" is not a moment.",
        remedy: "Write it as 2026-04-05T10:00:00Z or with an offset such as +02:00 (RFC 3339).")
    }
    self = parsed
  }

  private static func parse(_ s: [UInt8]) -> Instant? {
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= s.count else { return nil }
      var value = 0
      for byte in s[range] {
        guard (48...57).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 48)
      }
      return value
    }
    guard s.count >= 20, s[4] == 45, s[7] == 45, s[10] | 0x20 == UInt8(ascii: "t"), s[13] == 58,
      s[16] == 58, let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let civil = Day(year: year, month: month, day: day), let hour = number(11..<13), hour < 24,
      let minute = number(14..<16), minute < 60, let second = number(17..<19), second < 60
    else { return nil }
    var i = 19
    var micros = 0
    if s[i] == UInt8(ascii: ".") {
      i += 1
      var unit = 100_000
      let first = i
      while i < s.count, (48...57).contains(s[i]) {
        micros += Int(s[i] - 48) * unit
        unit /= 10
        i += 1
      }
      if i == first || i - first > 9 { return nil }
    }
    guard i < s.count else { return nil }
    var offset = 0
    if s[i] | 0x20 == UInt8(ascii: "z") {
      i += 1
    } else {
      guard s[i] == UInt8(ascii: "+") || s[i] == UInt8(ascii: "-"), s.count == i + 6,
        s[i + 3] == 58, let hours = number(i + 1..<i + 3), let minutes = number(i + 4..<i + 6),
        hours < 24, minutes < 60
      else { return nil }
      offset = (hours * 60 + minutes) * (s[i] == UInt8(ascii: "-") ? -1 : 1)
      i += 6
    }
    guard i == s.count else { return nil }
    let seconds = Int(civil.number) * 86_400 + hour * 3_600 + minute * 60 + second - offset * 60
    return Instant(microseconds: Int64(seconds) * 1_000_000 + Int64(micros))
  }

  @inlinable public static func < (a: Instant, b: Instant) -> Bool {
    a.microseconds < b.microseconds
  }

  /// Whole days, rounded down, and the microseconds since midnight.
  private static func split(_ microseconds: Int64) -> (days: Int64, rest: Int64) {
    let (days, rest) = microseconds.quotientAndRemainder(dividingBy: 86_400_000_000)
    return rest < 0 ? (days - 1, rest + 86_400_000_000) : (days, rest)
  }

  /// The day in UTC.
  public var dayInUTC: Day {
    Day(number: Int32(Instant.split(microseconds).days))
  }
}

extension Instant: CustomStringConvertible {
  /// RFC 3339 in UTC with microseconds: `2026-04-05T10:00:00.000000Z`.
  public var description: String {
    let (days, rest) = Instant.split(microseconds)
    func padded(_ n: Int64, _ width: Int) -> String {
      let text = String(n)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    let seconds = rest / 1_000_000
    return "\(Day(number: Int32(days)))T\(padded(seconds / 3600, 2)):"
      + "\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2)).\(padded(rest % 1_000_000, 6))Z"
  }
}

extension Instant: FieldValue {
  public init() { microseconds = 0 }
  public static var fieldType: FieldType { .moment }
  public func write(_ number: Int, to writer: inout BinaryWriter) {
    writer.integer(number, microseconds)
  }
  public func writeGiven(_ number: Int, to writer: inout BinaryWriter) {
    writer.given(number, microseconds)
  }
  public mutating func read(_ number: Int, from reader: inout BinaryReader) throws(WireError) {
    microseconds = try reader.integer()
  }
  public func write(to writer: inout JSONWriter) { writer.string(description) }
  public mutating func read(from json: JSONValue) throws(WireError) {
    self = try Instant(try json.text())
  }
}
