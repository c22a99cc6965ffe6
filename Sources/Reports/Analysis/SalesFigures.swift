// Why: sales and their cost are asked in many ways; they are summed here once, by customer or by product, for any period.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries

/// What was sold, and what it cost; values in the smallest unit of the books' currency.
struct SalesFigures {
  /// Goods that left, less those that came back, in the product's smallest unit.
  var quantity: Int64 = 0
  /// Sales before returns.
  var invoiced: Int64 = 0
  /// Credited and discounted.
  var returned: Int64 = 0
  /// What the goods cost.
  var cost: Int64 = 0

  /// Sales after returns and discounts.
  var sales: Int64 { invoiced - returned }
  /// What is left of them after what the goods cost.
  var margin: Int64 { sales - cost }
  var isZero: Bool { quantity == 0 && invoiced == 0 && returned == 0 && cost == 0 }

  static func += (a: inout SalesFigures, b: SalesFigures) {
    a.quantity += b.quantity
    a.invoiced += b.invoiced
    a.returned += b.returned
    a.cost += b.cost
  }
  static func -= (a: inout SalesFigures, b: SalesFigures) {
    a.quantity -= b.quantity
    a.invoiced -= b.invoiced
    a.returned -= b.returned
    a.cost -= b.cost
  }
}

/// By what sales are summed.
enum SalesDimension {
  case customer
  case product

  /// What a report's `--by` rests on: of segments and regions, their customers.
  init(grouping: String) { self = grouping == "product" ? .product : .customer }
}

extension Inquiry {
  /// The accounts that sales and their cost stand on.
  var salesAccounts: [Account] { accounts(.sales, .salesReturns, .salesDiscounts, .costOfSales) }

  /// What was sold from `first` (since ever when absent) to `last`, by customer or by product; quantities by product only. What no document
  /// about a customer made (entries by hand) stands under none; what closing a year carried over is left out.
  func salesFigures(
    by dimension: SalesDimension, from first: Day?, through last: Day?
  ) throws(ReportError) -> [NameID: SalesFigures] {
    var figures = try salesFigures(by: dimension, asOf: last, on: salesAccounts)
    if let first {
      for (id, before) in try salesFigures(by: dimension, asOf: first + -1, on: salesAccounts) {
        figures[id, default: SalesFigures()] -= before
      }
    }
    return figures.filter { !$0.value.isZero }
  }

  /// All that was sold from `first` to `last`, without quantities: what the accounts came to.
  func salesTotal(from first: Day, through last: Day) throws(ReportError) -> SalesFigures {
    let balances = try results(after: first + -1, through: last)
    var total = SalesFigures()
    for account in salesAccounts { total.add(balances[account.id] ?? 0, account.role) }
    return total
  }

  /// What the goods cost that each customer bought, to the last day that counts; under none what belongs to no customer.
  func costsByCustomer() throws(ReportError) -> [NameID: Int64] {
    try salesFigures(by: .customer, asOf: asOf, on: accounts(.costOfSales)).mapValues(\.cost)
  }

  private func salesFigures(
    by dimension: SalesDimension, asOf day: Day?, on accounts: [Account]
  ) throws(ReportError) -> [NameID: SalesFigures] {
    var figures: [NameID: SalesFigures] = [:]
    let balances = try results(after: nil, through: day)
    for account in accounts {
      var rest = balances[account.id] ?? 0
      let keys: KeyRange =
        dimension == .product ? .place(account.id, .none) : .subjects(account.id)
      let rows = try tally(SalesBook.self, keys, asOf: day)
      let orders = try introductions(of: rows.lazy.map(\.key.subject).filter { $0.is(.order) })
      for row in rows {
        let subject = row.key.subject
        let id =
          switch dimension {
          case .product: row.key.commodity
          case .customer where subject.is(.order): orders[subject]?.mention(.customer) ?? .none
          case .customer: subject
          }
        figures[id, default: SalesFigures()].add(
          row.sums.value, account.role, units: row.sums.amount)
        rest -= row.sums.value
      }
      figures[.none, default: SalesFigures()].add(rest, account.role)
    }
    return figures
  }

  /// The first day of the month of the first sale through `last`: what was sold before the books were opened can have
  /// been recorded too.
  func firstMonthOfSales(through last: Day) throws(ReportError) -> Day? {
    guard let opened = try reading({ () throws(SummaryError) in try look.record(at: 1) })?.on
    else { return nil }
    var first = min(opened, last).firstOfMonth
    while try hasSales(through: first + -1) { first = first.adding(months: -1) }
    return first
  }

  private func hasSales(through day: Day) throws(ReportError) -> Bool {
    let sums = try accountSums(asOf: day)
    return salesAccounts.contains { !(sums[$0.id]?.isZero ?? true) }
  }
}

extension SalesFigures {
  /// Adds what an account of `role` came to, debit − credit.
  fileprivate mutating func add(_ value: Int64, _ role: Role?, units: Int64 = 0) {
    switch role {
    case .sales: invoiced -= value
    case .costOfSales:
      cost += value
      quantity += units
    default: returned += value
    }
  }
}

extension Inquiry {
  /// `part` of `whole` in percent, with one decimal; empty when there is no whole.
  func percent(_ part: Int64, of whole: Int64) -> Cell {
    guard whole != 0, let tenths = Exact.divide(Int128(part) * 1000, Int128(whole)) else {
      return .empty
    }
    return .amount(tenths, decimals: 1)
  }

  /// How much more `now` is than `before`, in percent of it; empty when there was nothing before.
  func growth(_ now: Int64, from before: Int64?) -> Cell {
    guard let before, before > 0 else { return .empty }
    return percent(now - before, of: before)
  }
}
