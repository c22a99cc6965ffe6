// Why: the chart of accounts, who plays which role, which periods are closed: what every decision and every report
// needs, folded from the few events that mention the books themselves.

public import Events
public import Ledger
public import Wire

/// The settings of the books, the accounts with their roles, and the closed periods.
public struct Chart: Document {
  /// Whose books these are.
  public private(set) var name = ""
  /// The books' currency; all values are in it.
  public private(set) var currency = Code()
  /// Its number.
  public private(set) var currencyID = NameID.none
  /// Decimals of the books' currency.
  public private(set) var decimals = 2
  /// The time zone in which days are days, such as `Europe/Madrid`.
  public private(set) var timeZone = "UTC"
  /// Every account.
  public private(set) var accounts: [NameID: Account] = [:]
  /// The account that plays each role now; the last assigned one.
  public private(set) var roles: [Role: NameID] = [:]
  /// The last day of the closed periods; nothing that moves may be dated on or before it.
  public private(set) var closedThrough: Day?
  /// The last days of the years that are closed, rising.
  public private(set) var yearsClosed: [Day] = []
  /// Which kinds of events need the approval of a second person, above which value in the books' currency.
  public private(set) var approvals: [UInt16: ExactDecimal] = [:]
  /// Whether the books have been opened.
  public private(set) var isOpen = false
  /// The position of the last event that changed any of this.
  public private(set) var changedAt: Position = 0

  /// A chart before any event.
  public init() {}
  public static let isDefinition = true

  public mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    changedAt = event.position
    if let opened = try event.event(BooksOpened.self) {
      isOpen = true
      name = opened.name
      currency = opened.currency
      decimals = Currency(opened.currency)?.decimals ?? 2
      timeZone = opened.timeZone
      currencyID = event.mention(.currency) ?? .none
    } else if let opened = try event.event(AccountOpened.self), let id = event.mention(.account) {
      accounts[id] = Account(
        id: id, code: opened.account, name: opened.name, kind: opened.kind, role: opened.role,
        currency: opened.currency)
      if let role = opened.role, roles[role] == nil { roles[role] = id }
    } else if try event.event(AccountClosed.self) != nil, let id = event.mention(.account) {
      accounts[id]?.isClosed = true
    } else if let assigned = try event.event(RoleAssigned.self), let id = event.mention(.account) {
      accounts[id]?.role = assigned.role
      roles[assigned.role] = id
    } else if let rule = try event.event(ApprovalRequired.self) {
      guard let kind = Catalogue.named(rule.kind.text)?.kind.number else { return }
      approvals[kind] = rule.lifted ?? false ? nil : rule.above ?? .zero
    } else if let closed = try event.event(PeriodClosed.self) {
      closedThrough = closed.through
    } else if let closed = try event.event(YearClosed.self) {
      yearsClosed.append(closed.through)
      closedThrough = max(closedThrough ?? closed.through, closed.through)
    } else if let reopened = try event.event(PeriodReopened.self) {
      closedThrough = reopened.from + -1
    }
  }

  /// The first day on which a move may be dated.
  public var firstOpenDay: Day? { closedThrough.map { $0 + 1 } }

  /// The first day of the year to which `day` belongs: the one after the last closed year that ended before it; `nil` when
  /// none did.
  public func firstDayOfYear(of day: Day) -> Day? {
    yearsClosed.last { $0 < day }.map { $0 + 1 }
  }

  /// The role of an account, if it has one.
  public func role(of account: NameID) -> Role? { accounts[account]?.role }

  /// Whether `account` has the role `role`.
  public func plays(_ role: Role, _ account: NameID) -> Bool { accounts[account]?.role == role }
}
