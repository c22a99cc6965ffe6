// Why: growth is told against the time before: as many whole months, where it is whole months, and the same days a year ago.

internal import Ledger

/// Days from the first to the last, both included.
struct Period: Hashable {
  var first: Day
  var last: Day

  /// Whether it begins on the first and ends on the last day of a month.
  private var isMonths: Bool { first.civil.day == 1 && (last + 1).civil.day == 1 }

  /// The period just before: as many months, where it is whole months, else as many days.
  var previous: Period {
    let end = first + -1
    guard isMonths else { return Period(first: end + -(last - first), last: end) }
    let (from, to) = (first.civil, last.civil)
    let months = (to.year - from.year) * 12 + to.month - from.month + 1
    return Period(first: first.adding(months: -months), last: end)
  }

  /// The same days a year before.
  var yearBefore: Period {
    let last = isMonths ? (last + 1).adding(months: -12) + -1 : last.adding(months: -12)
    return Period(first: first.adding(months: -12), last: last)
  }
}

extension Day {
  /// The first day of its month.
  var firstOfMonth: Day { self + -(civil.day - 1) }
}
