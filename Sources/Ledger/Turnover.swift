// Why: documents, summaries and reports add up amounts in 64 bits, thousands of sums in hundreds of places. None of them can
// overflow while all that was ever moved, added up without regard to who and where, stays far enough below 2^63: every
// balance and every sum of debits is a part of it. So one number is watched where events are recorded, instead of each sum.
//
// It costs nothing, as a rule: as long as an event moves little and there are few of them, small ones alone cannot reach the
// bound. They keep one half of the room, and what is large shares the other.

/// All that some events move: the amounts of every commodity together, and their values.
public struct Turnover: Sendable, Hashable {
  /// The most that one event, and all events that are large together, may move: 2^61 smallest units.
  public static let ofLarge: UInt64 = 1 << 61
  /// The most that all events may move: 2^62, so that the sum of two sums fits too.
  public static let ofAll: UInt64 = 1 << 62
  /// What a small event moves at most.
  public static let small: UInt64 = 1 << 37
  /// So many small events fit into what the large ones leave: (2^62 − 2^61) ÷ 2^37.
  public static let manySmall: UInt64 = (ofAll - ofLarge) / small

  /// In smallest units, of whatever they are; 2^64 − 1 when it is more.
  public private(set) var amount: UInt64 = 0
  /// In the smallest unit of the books' currency; 2^64 − 1 when it is more.
  public private(set) var value: UInt64 = 0

  /// Nothing.
  public init() {}

  /// The greater of the two.
  public var greatest: UInt64 { max(amount, value) }

  /// Takes `amount`, worth `value`, into account; which way it goes does not matter.
  public mutating func add(_ amount: Int64, worth value: Int64) {
    add(amount.magnitude, value.magnitude)
  }

  /// Takes a move into account.
  public mutating func add(_ move: Move) { add(move.amount, worth: move.value) }

  /// Takes what other events move into account.
  public mutating func add(_ other: Turnover) { add(other.amount, other.value) }

  private mutating func add(_ amount: UInt64, _ value: UInt64) {
    let amounts = self.amount.addingReportingOverflow(amount)
    self.amount = amounts.overflow ? .max : amounts.partialValue
    let values = self.value.addingReportingOverflow(value)
    self.value = values.overflow ? .max : values.partialValue
  }
}
