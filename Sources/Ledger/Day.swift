// Why: valid time is a calendar day in the books' time zone; a day is a number, so that comparing two is
// comparing integers, in a report over millions of moves too.

public import Wire

/// A calendar day (proleptic Gregorian), counted from 1970-01-01.
public struct Day: Sendable, Hashable, Comparable {
  /// Days since 1970-01-01.
  public var number: Int32

  /// 0001-01-01, the first day that can be written.
  public static let first = Day(number: -719_162)
  /// 9999-12-31, the last day that can be written.
  public static let last = Day(number: 2_932_896)

  /// 1970-01-01.
  public init() { number = 0 }
  /// The day `number` days after 1970-01-01.
  @inlinable public init(number: Int32) { self.number = number }

  /// The day of a civil date; `nil` when there is none such (2026-02-30) or the year is not in 1…9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Day.length(ofMonth: month, year: year)
    else { return nil }
    // Days from civil: the era of 400 years, with the year beginning in March.
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// Reads `2026-03-31`.
  /// - Throws: `WireError` `.invalidValue` when it is no such day.
  public init(_ text: String) throws(WireError) {
    let utf8 = Array(text.utf8)
    func digits(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in utf8[range] {
        guard (48...57).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 48)
      }
      return value
    }
    guard utf8.count == 10, utf8[4] == UInt8(ascii: "-"), utf8[7] == UInt8(ascii: "-"),
      let year = digits(0..<4), let month = digits(5..<7), let day = digits(8..<10),
      let found = Day(year: year, month: month, day: day)
    else {
      throw WireError(
        .invalidValue, "\"\(text)\" is not a day of the calendar.",
        remedy: "Write it as 2026-03-31.")
    }
    self = found
  }

  /// How many days the month has.
  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Year, month and day.
  public var civil: (year: Int, month: Int, day: Int) {
    let z = Int(number) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  @inlinable public static func < (a: Day, b: Day) -> Bool { a.number < b.number }
  /// The day `days` later, but not before ``first`` or after ``last``.
  public static func + (day: Day, days: Int) -> Day {
    let (sum, overflow) = Int(day.number).addingReportingOverflow(days)
    if overflow { return days < 0 ? first : last }
    return Day(number: Int32(min(max(sum, Int(first.number)), Int(last.number))))
  }
  /// How many days `a` is after `b`.
  @inlinable public static func - (a: Day, b: Day) -> Int { Int(a.number) - Int(b.number) }
}

extension Day: CustomStringConvertible {
  /// `2026-03-31`.
  public var description: String {
    let (year, month, day) = civil
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    let y = String(year)
    return String(repeating: "0", count: max(0, 4 - y.count)) + y + "-\(two(month))-\(two(day))"
  }
}

extension Day: ExpressibleByStringLiteral {
  /// A literal in code or tests. One that is no day stops the program.
  public init(stringLiteral text: String) {
    do { self = try Day(text) } catch { preconditionFailure("\(text): \(error)") }
  }
}

extension Day: FieldValue {
  public static var fieldType: FieldType { .day }
  public func write(_ number: Int, to writer: inout BinaryWriter) {
    writer.integer(number, Int64(self.number))
  }
  public func writeGiven(_ number: Int, to writer: inout BinaryWriter) {
    writer.given(number, Int64(self.number))
  }
  public mutating func read(_ number: Int, from reader: inout BinaryReader) throws(WireError) {
    guard let number = Int32(exactly: try reader.integer()),
      (Day.first.number...Day.last.number).contains(number)
    else {
      throw WireError(.invalidValue, "A day is out of range.", remedy: "The bytes are damaged.")
    }
    self.number = number
  }
  public func write(to writer: inout JSONWriter) { writer.string(description) }
  public mutating func read(from json: JSONValue) throws(WireError) {
    self = try Day(try json.text())
  }
}
