// Why: assets and deferrals are the same arithmetic: an amount that goes by months, month after month, until exactly all of
// it has gone. What is due is always the plan's sum less what was posted, so no cent is lost or gone twice; an entry that is
// reversed has its amounts due again, from the day of the reversal.

package import Ledger

/// An amount that is to go by months.
package struct Plan: Sendable, Hashable {
  /// How much in all, in the smallest unit of the books' currency.
  package var total: Int64
  /// The first day.
  package var from: Day
  /// Over how long; `nil` when it never goes by itself.
  package var length: Months?
  private var postings: [Posting] = []
  private var reversals: [Reversal] = []

  /// What one entry posted.
  private struct Posting: Sendable, Hashable {
    var entry: NameID
    var amount: Int64
    /// Whether it went beside the plan.
    var isUnplanned: Bool
    /// The last day of which it was posted.
    var on: Day
  }

  /// What was posted through a day was taken back on another.
  private struct Reversal: Sendable, Hashable {
    var through: Day
    var on: Day
  }

  package init(total: Int64, from: Day, length: Months?) {
    self.total = total
    self.from = from
    self.length = length
  }

  /// What has gone by the plan.
  package var planned: Int64 {
    postings.reduce(0) { $1.isUnplanned ? $0 : $0 + $1.amount }
  }

  /// What is left.
  package var left: Int64 { total - postings.reduce(0) { $0 + $1.amount } }

  /// The last day of which anything was posted or taken back.
  package var last: Day? { (postings.map(\.on) + reversals.map(\.on)).max() }

  /// What should have gone by the end of `day`, by the plan alone.
  package func target(_ day: Day) -> Int64 {
    guard let length else { return 0 }
    return Months(from: from, through: day).share(of: total, outOf: length)
  }

  /// What is due through `day`, month by month: each part with the last day of its month, or `day` itself; what had been
  /// posted and was taken back with the day of that, if it is later. It never comes to more than what is left.
  package func due(through day: Day) -> [(on: Day, amount: Int64)] {
    guard length != nil, day >= from, left > 0 else { return [] }
    var due: [(on: Day, amount: Int64)] = []
    var (gone, room) = (planned, left)
    var end = from.endOfMonth
    while room > 0 {
      let on = min(end, day)
      let amount = min(max(0, target(on) - gone), room)
      if amount > 0 { due.append((again(on), amount)) }
      gone += amount
      room -= amount
      if end >= day { break }
      end = (end + 1).endOfMonth
    }
    return due.filter { $0.on <= day }
  }

  /// The day on which what belongs to `day` can be posted: not before it was taken back.
  private func again(_ day: Day) -> Day {
    reversals.reduce(day) { day <= $1.through ? max($0, $1.on) : $0 }
  }

  /// Notes that `amount` has gone by an entry.
  package mutating func post(
    _ amount: Int64, by entry: NameID, beside isUnplanned: Bool, on day: Day
  ) {
    postings.append(Posting(entry: entry, amount: amount, isUnplanned: isUnplanned, on: day))
  }

  /// Notes that what `entry` posted was taken back.
  package mutating func takeBack(_ entry: NameID, on day: Day) {
    guard let i = postings.firstIndex(where: { $0.entry == entry }) else { return }
    reversals.append(Reversal(through: postings[i].on, on: day))
    postings.remove(at: i)
  }
}
