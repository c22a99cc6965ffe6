// Why: a tally sums by account, subject and commodity. Three numbers, compared in this order, so that all of an
// account, or all of a place, lie side by side and can be found by binary search.

public import Ledger

/// What a tally sums by. A projection says what the parts mean; unused parts are `NameID.none`.
public struct TallyKey: Sendable, Hashable, Comparable {
  /// The account, as a rule.
  public var account: NameID
  /// The subject within it: a warehouse, an invoice, an employee.
  public var subject: NameID
  /// What is counted: a currency, a product.
  public var commodity: NameID

  /// A key.
  @inlinable public init(
    _ account: NameID, _ subject: NameID = .none, _ commodity: NameID = .none
  ) {
    self.account = account
    self.subject = subject
    self.commodity = commodity
  }

  /// By account, then subject, then commodity.
  @inlinable public static func < (a: TallyKey, b: TallyKey) -> Bool {
    let (x, y) = (a.upper, b.upper)
    return x < y || (x == y && a.commodity.raw < b.commodity.raw)
  }

  /// Account and subject as one number that compares alike.
  @usableFromInline var upper: UInt64 { UInt64(account.raw) << 32 | UInt64(subject.raw) }

  init(upper: UInt64, lower: UInt32) {
    account = NameID(raw: UInt32(truncatingIfNeeded: upper >> 32))
    subject = NameID(raw: UInt32(truncatingIfNeeded: upper))
    commodity = NameID(raw: lower)
  }
}

/// Which keys a query asks for: a stretch of their order.
public struct KeyRange: Sendable, Hashable {
  /// The first key that counts.
  public var first: TallyKey
  /// The last key that counts.
  public var last: TallyKey

  /// The keys from `first` to `last`, both included.
  public init(_ first: TallyKey, _ last: TallyKey) {
    self.first = first
    self.last = last
  }

  private static let greatest = NameID(raw: .max)
  /// Every key.
  public static let all = KeyRange(TallyKey(.none), TallyKey(greatest, greatest, greatest))
  /// Every key of an account.
  public static func account(_ account: NameID) -> KeyRange {
    KeyRange(TallyKey(account), TallyKey(account, greatest, greatest))
  }
  /// Every key of an account that has a subject.
  public static func subjects(_ account: NameID) -> KeyRange {
    KeyRange(TallyKey(account, NameID(raw: 1)), TallyKey(account, greatest, greatest))
  }
  /// Every key of an account and a subject.
  public static func place(_ account: NameID, _ subject: NameID) -> KeyRange {
    KeyRange(TallyKey(account, subject), TallyKey(account, subject, greatest))
  }
  /// One key.
  public static func key(_ key: TallyKey) -> KeyRange { KeyRange(key, key) }

  /// Whether it holds `key`.
  @inlinable public func contains(_ key: TallyKey) -> Bool { first <= key && key <= last }
  /// Whether it holds every key.
  var isAll: Bool { self == .all }
}

/// The four sums of one key. Amounts in the commodity's smallest unit, values in that of the books' currency.
public struct TallySums: Sendable, Hashable {
  /// Amounts that came in.
  public var debitAmount: Int64 = 0
  /// Amounts that went out.
  public var creditAmount: Int64 = 0
  /// What came in was worth.
  public var debitValue: Int64 = 0
  /// What went out was worth.
  public var creditValue: Int64 = 0

  /// Nothing.
  public init() {}
  /// Four sums.
  public init(
    debitAmount: Int64, creditAmount: Int64, debitValue: Int64, creditValue: Int64
  ) {
    self.debitAmount = debitAmount
    self.creditAmount = creditAmount
    self.debitValue = debitValue
    self.creditValue = creditValue
  }

  /// The balance of amounts: debit − credit.
  public var amount: Int64 { debitAmount - creditAmount }
  /// The balance of values: debit − credit.
  public var value: Int64 { debitValue - creditValue }
  /// Whether all four are zero.
  public var isZero: Bool { self == TallySums() }
}

/// One row of a tally.
public struct TallyRow: Sendable, Hashable {
  /// Whose sums they are.
  public var key: TallyKey
  /// The sums.
  public var sums: TallySums

  /// A row.
  public init(key: TallyKey, sums: TallySums) {
    self.key = key
    self.sums = sums
  }
}
