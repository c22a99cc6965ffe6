// Calendar days and moments; figures from the calendar, `date -u` and by hand.

import Ledger
import Testing
import Wire

@Suite struct DayTests {
  // Days since 1970-01-01, by `date -u -d DAY +%s` ÷ 86,400.
  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("1970-01-02", 1), ("2000-02-29", 11_016),
    ("2000-03-01", 11_017), ("2026-03-02", 20_514), ("2038-01-19", 24_855),
    ("1900-03-01", -25_508), ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
    ("1600-02-29", -135_081), ("2100-02-28", 47_540), ("2100-03-01", 47_541),
  ])
  func `a day is counted from 1970, and back`(text: String, number: Int) throws {
    let day = try Day(text)
    #expect(Int(day.number) == number)
    #expect(Day(number: Int32(number)).description == text)
  }

  @Test(arguments: [
    "", "2026-02-29", "2100-02-29", "2026-00-01", "2026-13-01", "2026-04-31", "2026-01-00",
    "0000-01-01", "2026-1-01", "2026-01-1", "2026/01/01", "20260101", " 2026-01-01", "2026-01-01 ",
    "+026-01-01", "２０２６-01-01", "2026-01-01T00:00:00Z",
  ])
  func `what is no day is refused`(text: String) {
    #expect(throws: WireError(.invalidValue, "", remedy: "")) { try Day(text) }
  }

  @Test func `every day of 800 years follows the one before it`() {
    // The calendar repeats after 400 years: 146,097 days.
    var last = Day(number: -146_097 - 1).civil
    for number in -146_097...146_097 {
      let (year, month, day) = Day(number: Int32(number)).civil
      if day == 1 {
        #expect(last.day == Day.length(ofMonth: last.month, year: last.year))
        #expect(month == last.month % 12 + 1 && year == last.year + (month == 1 ? 1 : 0))
      } else {
        #expect(day == last.day + 1 && month == last.month && year == last.year)
      }
      #expect(Day(year: year, month: month, day: day)?.number == Int32(number))
      last = (year, month, day)
    }
  }

  @Test func `days are added and subtracted`() {
    let day: Day = "2026-02-27"
    #expect(day + 1 == "2026-02-28")
    #expect(day + 2 == "2026-03-01")
    #expect(day + -58 == "2025-12-31")
    #expect(("2026-03-01" as Day) - day == 2)
    #expect(day < day + 1)
  }

  @Test func `no sum leaves the calendar`() {
    #expect(Day.last + 1 == Day.last)
    #expect(Day.first + -1 == Day.first)
    #expect(Day.last + Int.max == Day.last)
    #expect(Day.first + Int.min == Day.first)
    #expect(Day.first + (Day.last - Day.first) == Day.last)
  }

  @Test func `a day out of range, from damaged bytes, is printed and not stopped at`() {
    #expect(Day(number: .max).description == "5881580-07-11")
    #expect(Day(number: .min).description.isEmpty == false)
  }

  @Test func `bytes that hold no day are refused`() throws {
    for days in [Int64(2_932_897), -719_163, .max, .min] {
      var writer = BinaryWriter()
      writer.given(1, days)
      let bytes = writer.bytes
      #expect(throws: WireError(.invalidValue, "", remedy: "", path: "day")) {
        try BinaryReader.read(Dated.self, from: bytes)
      }
    }
  }

  private struct Dated: Fields {
    var day = Day()
    mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
      try f.field(1, "day", &day)
    }
  }
}

@Suite struct InstantTests {
  // By `date -u -d MOMENT +%s`.
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2026-03-02T12:34:56Z", 1_772_454_896_000_000),
    ("2026-03-02T12:34:56.5Z", 1_772_454_896_500_000),
    ("2026-03-02T12:34:56.000001Z", 1_772_454_896_000_001),
    ("2026-03-02t12:34:56z", 1_772_454_896_000_000),
    ("2026-03-02T13:34:56+01:00", 1_772_454_896_000_000),
    ("2026-03-02T07:04:56-05:30", 1_772_454_896_000_000),
    ("1969-12-31T23:59:59.999999Z", -1), ("2026-03-02T12:34:56.123456789Z", 1_772_454_896_123_456),
    ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
    ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
  ])
  func `a moment is read in UTC microseconds`(text: String, micros: Int) throws {
    #expect(try Instant(text).microseconds == Int64(micros))
  }

  @Test(arguments: [
    "", "2026-03-02", "2026-03-02T12:34:56", "2026-03-02 12:34:56Z", "2026-03-02T24:00:00Z",
    "2026-03-02T12:60:00Z", "2026-03-02T12:34:60Z", "2026-02-30T12:34:56Z",
    "2026-03-02T12:34:56.Z", "2026-03-02T12:34:56.1234567890Z", "2026-03-02T12:34:56+1:00",
    "2026-03-02T12:34:56+24:00", "2026-03-02T12:34:56+01:60", "2026-03-02T12:34:56Z ",
    "2026-03-02T12:34:56+01:00x", "2026-03-02T12:34:56+01", "0000-03-02T12:34:56Z",
  ])
  func `what is no moment is refused`(text: String) {
    #expect(throws: WireError(.invalidValue, "", remedy: "")) { try Instant(text) }
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"),
    (1_772_454_896_000_001, "2026-03-02T12:34:56.000001Z"),
  ])
  func `a moment is printed in UTC and read back`(micros: Int, text: String) throws {
    #expect(Instant(microseconds: Int64(micros)).description == text)
    #expect(try Instant(text).microseconds == Int64(micros))
  }

  @Test func `months and days end where they shall, also at the end of time`() {
    let cut: [ClosedRange<Day>] = [
      "2026-01-31"..."2026-01-31", "2026-02-01"..."2026-02-28", "2026-03-01"..."2026-03-10",
    ]
    #expect(Day("2026-01-31").months(through: "2026-03-10") == cut)
    #expect(Day("2026-01-05").months(through: "2026-01-04").isEmpty)
    let last: [ClosedRange<Day>] = ["9999-11-30"..."9999-11-30", "9999-12-01"..."9999-12-31"]
    #expect(Day("9999-11-30").months(through: .last) == last)
    #expect(Array(Day("9999-12-30").days(through: .last)) == ["9999-12-30", "9999-12-31"])
    #expect(Array(Day("2026-01-02").days(through: "2026-01-01")).isEmpty)
  }

  @Test func `a day of UTC begins at midnight`() {
    #expect(Instant(microseconds: -1).dayInUTC == "1969-12-31")
    #expect(Instant(microseconds: 0).dayInUTC == "1970-01-01")
    #expect(Instant(microseconds: 86_399_999_999).dayInUTC == "1970-01-01")
    #expect(Instant(microseconds: 86_400_000_000).dayInUTC == "1970-01-02")
  }

  @Test func `no number of microseconds stops the program`() {
    #expect(Instant(microseconds: .max).description == "294247-01-10T04:00:54.775807Z")
    #expect(Instant(microseconds: .min).description.isEmpty == false)
  }
}
