// Why: depreciation and deferrals go by months, and months have different lengths. A whole calendar month counts one,
// a part of one by its days, as an exact fraction, so that twelve equal months come to twelve equal amounts.

/// A length of time in months, exactly.
public struct Months: Sendable, Hashable {
  /// How many parts of a month.
  public let numerator: Int64
  /// How many such parts make a month; above zero.
  public let denominator: Int64

  /// As many whole months.
  public init(_ count: Int64) { self.init(count, of: 1) }

  private init(_ numerator: Int64, of denominator: Int64) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// From `first` through `last`, both included; none when `last` comes before `first`.
  public init(from first: Day, through last: Day) {
    guard first <= last else {
      self.init(0)
      return
    }
    let (start, end) = (first.civil, last.civil)
    let inFirst = Int64(Day.length(ofMonth: start.month, year: start.year))
    let inLast = Int64(Day.length(ofMonth: end.month, year: end.year))
    let between = Int64((end.year - start.year) * 12 + end.month - start.month) - 1
    guard between >= 0 else {
      self.init(Int64(end.day - start.day + 1), of: inFirst)
      return
    }
    let parts = inFirst * inLast
    self.init(
      (inFirst - Int64(start.day) + 1) * inLast + between * parts + Int64(end.day) * inFirst,
      of: parts)
  }

  /// The part of `amount` that falls to these months out of `all`, rounded half away from zero; all of it when these
  /// are as many or more.
  public func share(of amount: Int64, outOf all: Months) -> Int64 {
    let part = Int128(numerator) * Int128(all.denominator)
    let whole = Int128(all.numerator) * Int128(denominator)
    if part >= whole { return amount }
    guard let share = Exact.divide(Int128(amount) * part, whole) else {
      preconditionFailure("a part of an amount fits where the amount does")
    }
    return share
  }
}

extension Day {
  /// The last day of its month.
  public var endOfMonth: Day {
    let (year, month, day) = civil
    return self + (Day.length(ofMonth: month, year: year) - day)
  }

  /// The day `months` months later; the last of that month when it has no such day, or when this is the last of its own.
  public func adding(months: Int) -> Day {
    let day = civil.day
    let index = monthNumber + months
    guard index >= 12 else { return .first }
    guard let first = Day(year: index / 12, month: index % 12 + 1, day: 1) else { return .last }
    let end = first.endOfMonth
    return self == endOfMonth ? end : min(first + (day - 1), end)
  }
}

extension Day {
  /// How many months lie before its own, from the year 0 on.
  public var monthNumber: Int {
    let (year, month, _) = civil
    return year * 12 + month - 1
  }

  /// The days from this one to `last`.
  public func days(through last: Day) -> some Sequence<Day> {
    (Int(number)..<max(Int(number), Int(last.number) + 1)).lazy.map { Day(number: Int32($0)) }
  }

  /// The months from this day to `last`, of the first and the last what lies between them.
  public func months(through last: Day) -> [ClosedRange<Day>] {
    if self > last { return [] }
    return (monthNumber...last.monthNumber).map { number in
      let first = adding(months: number - monthNumber).startOfMonth
      return max(self, first)...min(first.endOfMonth, last)
    }
  }

  /// The first day of its month.
  public var startOfMonth: Day { self + (1 - civil.day) }
}
