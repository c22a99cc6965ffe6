// Why: a day ends at midnight where the company is. The rules of time zones come from the system's database through
// Foundation, which is imported here and nowhere else in the engine.

internal import Foundation
package import Ledger
package import Projections
package import Summaries

extension Books {
  /// Makes sure that this machine knows the time zone called `name`: what is recorded under an unknown one could not be asked for by day.
  /// - Throws: ``BooksError`` `.question` when it does not.
  public static func requireTimeZone(_ name: String) throws(BooksError) { _ = try Calendar(name) }
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
