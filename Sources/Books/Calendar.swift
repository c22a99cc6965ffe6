// Why: a day ends at midnight where the company is. The rules of time zones come from the system's database through
// Foundation, which is imported here and nowhere else in the engine.

internal import Foundation
internal import Ledger

/// The days of a time zone.
struct Calendar {
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

  /// The day on which `moment` falls.
  func day(of moment: Instant) -> Ledger.Day {
    let seconds = moment.microseconds / 1_000_000
    let local = Instant(
      microseconds: moment.microseconds + self.seconds(at: seconds) * 1_000_000)
    return local.dayInUTC
  }

  private func seconds(at secondsSince1970: Int64) -> Int64 {
    Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(secondsSince1970))))
  }
}
