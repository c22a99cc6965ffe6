// Why: a day ends at midnight where the company is. The rules of time zones come from the system's database through
// Foundation, which is imported here and nowhere else in the engine.

internal import Documents
internal import Foundation
public import Ledger
package import Projections
package import Summaries

extension Books {
  /// The day at `moment` where the company is.
  public func day(at moment: Instant) throws(BooksError) -> Ledger.Day {
    try Self.day(at: moment, in: try chart().timeZone)
  }

  /// The day at `moment` in the time zone called `zone`.
  /// - Throws: ``BooksError`` `.question` when this machine does not know it, what is recorded there could not be asked for by day; or when the
  ///   day is none that can be written.
  public static func day(
    at moment: Instant, in zone: String
  ) throws(BooksError) -> Ledger.Day {
    let day = try Calendar(zone).time(at: moment).day
    guard (Ledger.Day.first...Ledger.Day.last).contains(day) else {
      throw BooksError(
        .question, "The moment \(moment) lies outside of the years 1 to 9999 in \(zone).",
        remedy: "Set the clock, or give a moment within them.")
    }
    return day
  }
}

/// The days and hours of a time zone.
package struct Calendar: Sendable {
  private let zone: TimeZone

  /// The time zone called `name`, such as `Europe/Madrid`.
  /// - Throws: ``BooksError`` `.question` when the system does not know it.
  init(_ name: String) throws(BooksError) {
    guard let zone = TimeZone(identifier: name) else {
      throw BooksError(
        .question, "The time zone \(name) is not known on this machine.",
        remedy: "Use a name of the IANA database, such as Europe/Madrid, and install tzdata.")
    }
    self.zone = zone
  }

  /// The last microsecond of `day`.
  func end(of day: Ledger.Day) -> Instant {
    let midnight = Int64(day.number + 1) * 86_400
    // The offset is that of the local midnight itself; the first guess may lie on the other side of a change.
    var offset = seconds(at: midnight)
    offset = seconds(at: midnight - offset)
    return Instant(microseconds: (midnight - offset) * 1_000_000 - 1)
  }

  /// The day and the hour at `moment`.
  func time(at moment: Instant) -> LocalTime {
    // Seconds are rounded down, also before 1970.
    let seconds =
      moment.microseconds >= 0
      ? moment.microseconds / 1_000_000 : (moment.microseconds - 999_999) / 1_000_000
    let local = seconds + self.seconds(at: seconds)
    let day = Instant(microseconds: local * 1_000_000).dayInUTC
    return LocalTime(day: day, hour: Int((local - Int64(day.number) * 86_400) / 3_600))
  }

  /// The day and the hour at `moment` in the time zone called `zone`, for a look.
  package static func time(
    at moment: Instant, in zone: String
  ) throws(SummaryError) -> LocalTime {
    do throws(BooksError) { return try Calendar(zone).time(at: moment) } catch {
      throw SummaryError(.source, error.message, remedy: error.remedy)
    }
  }

  private func seconds(at secondsSince1970: Int64) -> Int64 {
    Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(secondsSince1970))))
  }
}
