// Why: everything that happens moves an amount of something, worth something, from one place to another,
// on a day. A move has a from and a to for the amount and for the value alike, so an unbalanced
// entry cannot be written down (McCarthy's REA, 1982, with the transfer of two-sided ledgers).

/// An account and, inside it, a subject: receivables + invoice F-12, inventory + warehouse MAD.
public struct Place: Sendable, Hashable, Comparable {
  /// The account.
  public var account: NameID
  /// What accountants know as the sub-account; none where the account has no subjects.
  public var subject: NameID

  /// A place.
  @inlinable public init(_ account: NameID, _ subject: NameID = .none) {
    self.account = account
    self.subject = subject
  }

  @inlinable public static func < (a: Place, b: Place) -> Bool {
    (a.account, a.subject) < (b.account, b.subject)
  }
}

/// An amount of a commodity, worth a value, that goes from one place to another on a day.
public struct Move: Sendable, Hashable {
  /// How much, in the commodity's smallest unit: cents, grams, minutes, pieces.
  public var amount: Int64
  /// What it is worth, in the smallest unit of the books' currency.
  public var value: Int64
  /// What moves: a currency, a product, a project's hours.
  public var commodity: NameID
  /// Where it comes from: credited.
  public var from: Place
  /// Where it goes: debited.
  public var to: Place
  /// The day on which it is true: the event's own, except where an earlier issue is restated.
  public var on: Day

  /// A move.
  @inlinable public init(
    amount: Int64, value: Int64, commodity: NameID, from: Place, to: Place, on: Day
  ) {
    self.amount = amount
    self.value = value
    self.commodity = commodity
    self.from = from
    self.to = to
    self.on = on
  }

  /// How many bytes a move takes in a record.
  public static let byteCount = 40
}
