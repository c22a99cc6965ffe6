// Why: assets and deferrals are the same arithmetic: an amount that goes by months, month after month, until exactly all of
// it has gone. What is due is always the plan's sum less what was posted, so no cent is lost or gone twice.

package import Ledger

/// An amount that is to go by months.
package struct Plan: Sendable, Hashable {
  /// How much in all, in the smallest unit of the books' currency.
  package var total: Int64
  /// The first day.
  package var from: Day
  /// Over how long; `nil` when it never goes by itself.
  package var length: Months?
  /// What has gone by the plan.
  package private(set) var planned: Int64 = 0
  /// What has gone beside it.
  package private(set) var unplanned: Int64 = 0
  /// The last day of which anything was posted.
  package private(set) var last: Day?

  package init(total: Int64, from: Day, length: Months?) {
    self.total = total
    self.from = from
    self.length = length
  }

  /// What is left.
  package var left: Int64 { total - planned - unplanned }

  /// What should have gone by the end of `day`, by the plan alone.
  package func target(_ day: Day) -> Int64 {
    guard let length else { return 0 }
    return Months(from: from, through: day).share(of: total, outOf: length)
  }

  /// What is due through `day`, month by month: each part with the last day of its month, or `day` itself. It never
  /// comes to more than what is left.
  package func due(through day: Day) -> [(on: Day, amount: Int64)] {
    guard length != nil, day >= from, left > 0 else { return [] }
    var due: [(on: Day, amount: Int64)] = []
    var (gone, room) = (planned, left)
    var end = from.endOfMonth
    while room > 0 {
      let on = min(end, day)
      let amount = min(max(0, target(on) - gone), room)
      if amount > 0 { due.append((on, amount)) }
      gone += amount
      room -= amount
      if end >= day { break }
      end = (end + 1).endOfMonth
    }
    return due
  }

  /// Notes that `amount` has gone.
  package mutating func post(_ amount: Int64, beside isUnplanned: Bool, on day: Day) {
    if isUnplanned { unplanned += amount } else { planned += amount }
    last = max(last ?? day, day)
  }
}
