// Why: whatever the books say twice they must say alike. Each line is an identity: an account against the documents
// that made it, debits against credits. Anything but zero is a fault in the books or in this program.

internal import Documents
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// Every identity that must hold, with its difference.
public enum Checks: Report {
  public static let name = "checks"
  public static let title = "Checks"
  public static let summary = "Every identity that must hold, with its difference"
  public static let columns = [
    Column("check", "Check", .text), Column("left", "Left", .money),
    Column("right", "Right", .money), Column("difference", "Difference", .money),
  ]
  public static let keys = ["check"]
  public static let measures = ["left", "right", "difference"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var identities = try Identities(inquiry)
    identities.checkBalances()
    try identities.checkStock()
    try identities.checkLots()
    try identities.checkOpenItems()
    try identities.checkOrders()
    try identities.checkTaxes()
    try identities.checkFilings()
    try identities.checkPayroll()
    try identities.checkTime()
    try identities.checkSchedules()
    try identities.checkCashFlow()
    try identities.checkBanks()
    for found in identities.found {
      table.add(
        [
          .text(found.name), inquiry.money(found.left), inquiry.money(found.right),
          inquiry.money(found.left - found.right),
        ], basis: found.basis)
    }
    let faults = identities.found.count { $0.left != $0.right }
    table.totals = table.row([
      "check": .text(faults == 0 ? "All hold" : "\(faults) fail"),
      "difference": inquiry.money(
        identities.found.reduce(0) { $0 + abs($1.left - $1.right) }),
    ])
  }
}

/// One identity: two ways to say the same.
struct Identity {
  var name: String
  var left: Int64
  var right: Int64
  var basis: Basis?
}

/// The identities of the books at one point in time.
struct Identities {
  let inquiry: Inquiry
  /// Debits and credits by account.
  let sums: [NameID: TallySums]
  /// What was posted by hand, by account and subject.
  let byHand: [TallyKey: TallySums]
  private(set) var found: [Identity] = []

  init(_ inquiry: Inquiry) throws(ReportError) {
    self.inquiry = inquiry
    sums = try inquiry.accountSums(asOf: inquiry.asOf)
    var byHand: [TallyKey: TallySums] = [:]
    for row in try inquiry.tally(ManualEntries.self) { byHand[row.key] = row.sums }
    self.byHand = byHand
  }

  /// Notes that `left` must equal `right`.
  mutating func expect(_ name: String, _ left: Int64, _ right: Int64, _ basis: Basis? = nil) {
    found.append(Identity(name: name, left: left, right: right, basis: basis))
  }

  /// The balance of an account.
  func balance(_ account: Account) -> Int64 { sums[account.id]?.value ?? 0 }

  /// What was posted by hand on an account about subjects of a kind, or about none.
  func manual(_ account: Account, about kind: NameKind?) -> Int64 {
    byHand.reduce(0) { sum, row in
      guard row.key.account == account.id, kind.map({ row.key.subject.is($0) }) ?? true else {
        return sum
      }
      return sum + row.value.value
    }
  }
}

extension Identities {
  /// Σ debits = Σ credits, in the statements and in the memoranda; assets = liabilities + equity + result.
  mutating func checkBalances() {
    let accounts = inquiry.sortedAccounts
    for isMemo in [false, true] {
      let those = accounts.filter { ($0.kind == .memo) == isMemo }
      expect(
        isMemo ? "memoranda: debits = credits" : "debits = credits",
        those.reduce(0) { $0 + (sums[$1.id]?.debitValue ?? 0) },
        those.reduce(0) { $0 + (sums[$1.id]?.creditValue ?? 0) })
    }
    func total(_ kinds: AccountKind...) -> Int64 {
      accounts.reduce(0) { kinds.contains($1.kind) ? $0 + balance($1) : $0 }
    }
    expect(
      "assets = liabilities + equity + result", total(.asset),
      -total(.liability, .equity, .income, .expense))
  }

  /// What lies where = what the stock accounts say; none of it is worth less than nothing, and no more is reserved.
  mutating func checkStock() throws(ReportError) {
    var onHand: [TallyKey: Int64] = [:]
    var worthless: [TallyKey] = []
    for account in inquiry.accounts(.inventory, .inTransit) {
      let rows = try inquiry.tally(InventoryLevels.self, .account(account.id))
      expect(
        "stock = account \(account.code)", rows.reduce(0) { $0 + $1.sums.value },
        balance(account), .account(account.id))
      for row in rows where account.role == .inventory {
        onHand[TallyKey(.none, row.key.subject, row.key.commodity), default: 0] += row.sums.amount
        if row.sums.amount > 0, row.sums.value < 0 { worthless.append(row.key) }
      }
    }
    var reserved: [TallyKey: Int64] = [:]
    for row in try inquiry.rows(InventoryLevels.self, [.reserved], asOf: inquiry.asOf) {
      reserved[TallyKey(.none, row.key.subject, row.key.commodity), default: 0] += row.sums.amount
    }
    var short: [TallyKey] = []
    for (key, amount) in onHand where amount < 0 {
      if try !inquiry.warehouse(key.subject).allowsNegative { short.append(key) }
    }
    expectNone("products short in a warehouse", short, .inventory)
    expectNone("products worth less than nothing", worthless, .inventory)
    expectNone(
      "products reserved beyond stock",
      reserved.filter { $0.value > max(0, onHand[$0.key] ?? 0) }.keys, .reserved)
  }

  /// Of a product that is kept in lots, what lies where = the lots that lie there.
  mutating func checkLots() throws(ReportError) {
    var kept: [TallyKey: Int64] = [:]
    for (product, book) in try inquiry.lotBooks() {
      for row in try inquiry.rows(
        InventoryLevels.self, [.inventory, .inTransit], asOf: inquiry.asOf)
      where row.key.commodity == product {
        kept[row.key, default: 0] += row.sums.amount
      }
      for (place, lots) in book.levels
      where inquiry.chart.role(of: place.account)?.keepsStock ?? false {
        kept[TallyKey(place.account, place.subject, product), default: 0] -=
          lots.values.reduce(0, +)
      }
    }
    if kept.isEmpty { return }
    expectNone("products whose lots do not add up", kept.filter { $0.value != 0 }.keys, .inventory)
  }

  /// Notes that there must be no such key; each counts as one whole unit.
  private mutating func expectNone(_ name: String, _ keys: some Collection<TallyKey>, _ role: Role)
  {
    let unit = (0..<inquiry.chart.decimals).reduce(Int64(1)) { unit, _ in unit * 10 }
    let ranges = inquiry.accounts(role).flatMap { account in
      keys.map { KeyRange.key(TallyKey(account.id, $0.subject, $0.commodity)) }
    }
    expect("\(name) = none", Int64(keys.count) * unit, 0, ranges.isEmpty ? nil : .moves(ranges))
  }

  /// Open invoices, bills and advances, and goods received and not billed = their accounts.
  mutating func checkOpenItems() throws(ReportError) {
    let kinds: [(Role, String, [NameKind])] = [
      (.receivable, "open invoices", [.invoice]), (.payable, "open bills", [.bill]),
      (.customerAdvances, "customers' advances", [.payment, .correction, .invoice]),
      (.supplierAdvances, "advances to suppliers", [.payment, .correction]),
      (.goodsReceivedNotInvoiced, "goods received, not billed", [.purchase]),
    ]
    for (role, label, kinds) in kinds {
      for account in inquiry.accounts(role) {
        let open = try inquiry.tally(OpenItems.self, .account(account.id)).reduce(0) { sum, row in
          kinds.contains { row.key.subject.is($0) } ? sum + row.sums.value : sum
        }
        expect("\(label) = account \(account.code)", open, balance(account), .account(account.id))
      }
    }
  }

  /// What is open on orders and purchases = the memoranda of backlog and goods on order.
  mutating func checkOrders() throws(ReportError) {
    for (role, label) in [(Role.backlog, "open orders"), (.onOrder, "open purchases")] {
      for account in inquiry.accounts(role) {
        let open = try inquiry.tally(OrderBook.self, .account(account.id)).reduce(0) {
          $0 + $1.sums.value
        }
        expect("\(label) = account \(account.code)", open, balance(account), .account(account.id))
      }
    }
  }

  /// The payslips, their payments and what was posted by hand = the payroll accounts.
  mutating func checkPayroll() throws(ReportError) {
    let slips = try inquiry.payslips()
    func total(_ amount: (PayslipLine) -> Int64) -> Int64 { slips.reduce(0) { $0 + amount($1) } }
    let byEmployee: [(Role, String, Int64)] = [
      (.wages, "gross wages", total(\.gross)),
      (.employerSocialSecurity, "employer's social security", total(\.employerSocialSecurity)),
      (.wagesPayable, "net wages not paid", total { $0.paid - $0.net }),
    ]
    for (role, label, sum) in byEmployee {
      try expectPayroll(role, label, sum, of: .employee)
    }
    try expectPayroll(.withholdingPayable, "withholdings", -total(\.withholding), of: nil)
    try expectPayroll(
      .socialSecurityPayable, "social security owed",
      -total { $0.socialSecurity + $0.employerSocialSecurity }, of: nil)
  }

  /// What was kept back on bills, by tax code, and not posted by hand.
  private func withheldOnDocuments(_ account: Account) throws(ReportError) -> Int64 {
    try inquiry.tally(TaxBook.self, .account(account.id)).reduce(0) { $0 + $1.sums.value }
      - manual(account, about: .tax)
  }

  /// Several accounts of one role are compared together: payslips name the role only.
  private mutating func expectPayroll(
    _ role: Role, _ label: String, _ slips: Int64, of kind: NameKind?
  ) throws(ReportError) {
    let accounts = inquiry.accounts(role)
    if accounts.isEmpty { return }
    var booked: Int64 = 0
    var manual: Int64 = 0
    for account in accounts {
      booked +=
        kind == nil
        ? try balance(account) - withheldOnDocuments(account)
        : try inquiry.tally(PayrollRegister.self, .account(account.id)).reduce(0) {
          $0 + $1.sums.value
        }
      manual += self.manual(account, about: kind)
    }
    expect(
      "\(label) = account \(accounts.map(\.code.text).joined(separator: ", "))", slips + manual,
      booked, .moves(accounts.map { .account($0.id) }))
  }
}
