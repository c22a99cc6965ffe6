// Why: not everything is a sum by account, person and commodity, or a list of events. A projection may keep whatever two ranges can be
// put together from; it says itself how, and how that is written down.

import Events
import Ledger
import Summaries
import Wire

/// How many events each day had, and so which had the most.
enum BusiestDays: SummaryProjection {
  static let name = "busiest-days"
  static let version = 1

  /// How many events each day had.
  struct Summary: RangeSummary {
    var days: [Day: UInt64] = [:]
    static let empty = Summary()

    mutating func add(_ record: borrowing RecordView) throws(SummaryError) {
      days[record.on, default: 0] += 1
    }

    mutating func merge(_ later: Summary) throws(SummaryError) {
      days.merge(later.days, uniquingKeysWith: +)
    }

    /// The same summary must give the same bytes, so days are in order.
    func encoded() -> [UInt8] {
      var bytes: [UInt8] = []
      for (day, count) in days.sorted(by: { $0.key < $1.key }) {
        bytes.append(littleEndian: day.number)
        bytes.append(littleEndian: count)
      }
      return bytes
    }

    static func decoded(_ bytes: RawSpan) throws(SummaryError) -> Summary {
      guard bytes.byteCount % 12 == 0 else {
        throw SummaryError(.damaged, "The days are cut off.", remedy: "Rebuild the summaries.")
      }
      var summary = Summary()
      for place in stride(from: 0, to: bytes.byteCount, by: 12) {
        let day = Day(number: bytes.load(place, as: Int32.self))
        summary.days[day] = bytes.load(place + 4, as: UInt64.self)
      }
      return summary
    }
  }
}
