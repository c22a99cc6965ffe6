// Why: opening the books, their chart of accounts and who plays which role in it.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension BooksOpened: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    guard Currency(currency) != nil else {
      throw .refuse(
        "currency.unknown", "ISO 4217 lists no currency \(currency).",
        remedy: "Use a code such as EUR or USD.")
    }
    _ = try d.introduce(.books, "books", s)
    _ = try d.introduce(.currency, currency, s)
  }
}

extension AccountOpened: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    try role?.check(kind) { "Open the account as \($0), or without the role." }
    if let currency, Currency(currency) == nil {
      throw .refuse(
        "currency.unknown", "ISO 4217 lists no currency \(currency).",
        remedy: "Use a code such as EUR or USD.")
    }
    _ = try d.introduce(.account, account, s)
    d.mention(.books)
  }
}

extension AccountClosed: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let id = try d.openAccount(account, s)
    d.mention(.books)
    let chart = try s.chart()
    let balance = try s.balance(id)
    guard balance == 0 else {
      let amount = ExactDecimal(digits: balance, scale: chart.decimals)
      throw .refuse(
        "account.notEmpty",
        "Account \(account) has a balance of \(amount.formatted(decimals: chart.decimals)).",
        remedy: "Post the balance elsewhere first.")
    }
    try checkForeign(id, chart, s)
    if let role = chart.accounts[id]?.role, chart.roles[role] == id {
      throw .refuse(
        "account.inRole", "Account \(account) plays the role \(role.rawValue).",
        remedy: "Assign the role to another account first (role.assigned).")
    }
  }
}

extension AccountClosed {
  /// Foreign money may be worth nothing at the rates at which it came and went, and be there.
  private func checkForeign(
    _ id: NameID, _ chart: Chart, _ s: any Situation
  ) throws(Obstacle) {
    guard let code = chart.accounts[id]?.currency, let currency = try s.id(.currency, code) else {
      return
    }
    let held = try s.document(AccountDays.self, id).amount(of: currency, through: .last)
    if held == 0 { return }
    let decimals = Currency(code)?.decimals ?? chart.decimals
    let amount = ExactDecimal(digits: held, scale: decimals)
    throw .refuse(
      "account.notEmpty",
      "Account \(account) holds \(amount.formatted(decimals: decimals)) \(code).",
      remedy: "Move the money elsewhere first.")
  }
}

extension RoleAssigned: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let id = try d.openAccount(account, s)
    d.mention(.books)
    guard let found = try s.chart().accounts[id] else { return }
    try role.check(found.kind) { "Assign it to an account of kind \($0)." }
    if let old = found.role, old != role {
      throw .refuse(
        "account.hasRole", "Account \(account) already plays the role \(old.rawValue).",
        remedy: "Open another account for \(role.rawValue).")
    }
    try checkLeft(id, s)
  }

  /// What documents look for in the account of a role must not stay behind in another one.
  private func checkLeft(_ id: NameID, _ s: any Situation) throws(Obstacle) {
    let chart = try s.chart()
    guard role.isLookedForInOneAccount, let old = chart.roles[role], old != id else { return }
    // What it comes to does not say that nothing lies there: goods may be worth nothing.
    if try s.document(AccountDays.self, old).isUntouched { return }
    throw .refuse(
      "role.used",
      "Account \(try s.code(old)) plays \(role.rawValue), and documents have moved through it.",
      remedy:
        "Leave it there: what lies in it would not be found again. In new books the role can be given away."
    )
  }
}

extension Role {
  /// Whether what lies in its account is looked for in the account that plays the role now, and nowhere else.
  fileprivate var isLookedForInOneAccount: Bool {
    switch self {
    case .inventory, .inTransit, .goodsReceivedNotInvoiced, .ordered, .backlog, .reserved,
      .purchaseOrdered, .onOrder, .taxSettlement, .wagesPayable:
      true
    default: false
    }
  }
}

extension Decision {
  /// The account `code`, which must be open.
  mutating func openAccount(_ code: Code, _ s: any Situation) throws(Obstacle) -> NameID {
    let id = try refer(.account, code, s)
    if try s.chart().accounts[id]?.isClosed ?? false {
      throw .refuse(
        "account.closed", "Account \(code) is closed.", remedy: "Use an account that is open.")
    }
    return id
  }
}
