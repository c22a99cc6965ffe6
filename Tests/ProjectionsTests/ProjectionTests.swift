// What each projection says of the shop, worked by hand.

import Events
import Ledger
import Projections
import Summaries
import SummarySupport
import Testing

@Suite struct ProjectionTests {
  private func key(_ account: NameID, _ subject: NameID = .none, _ commodity: NameID = .none)
    -> TallyKey
  { TallyKey(account, subject, commodity) }

  @Test func `account balances keep currencies apart and leave amounts of goods out`() throws {
    let rows = try Shop.rows(AccountBalances.self)
    #expect(
      rows[key(Shop.bank, .none, Shop.euro)]
        == TallySums(debitAmount: 908, creditAmount: 1500, debitValue: 908, creditValue: 1500))
    #expect(rows[key(Shop.bank, .none, Shop.dollar)] == .net(550, 500))
    // In: 14.00 and 1.00; out: 4.20 and 0.30.
    #expect(
      rows[key(Shop.inventory)]
        == TallySums(debitAmount: 0, creditAmount: 0, debitValue: 1500, creditValue: 450))
    #expect(rows[key(Shop.costOfSales)] == .net(0, 450))
    #expect(rows[key(Shop.inventory, .none, Shop.euro)] == nil)
  }

  @Test func `debits equal credits in value at every point`() throws {
    for position: Position in 0...11 {
      for day: Day? in [nil, "2026-01-04", "2026-01-12", "2026-01-31"] {
        let rows = try Shop.rows(AccountBalances.self, asOf: day, knownAt: position)
        #expect(rows.values.reduce(0) { $0 + $1.value } == 0)
      }
    }
  }

  @Test func `a late cost changes an earlier day as known now, but not as known before`() throws {
    let account = key(Shop.costOfSales)
    let before = try Shop.rows(AccountBalances.self, asOf: "2026-01-31", knownAt: 10)
    let now = try Shop.rows(AccountBalances.self, asOf: "2026-01-31")
    #expect(before[account]?.value == 420)
    #expect(now[account]?.value == 450)
    // The bill itself is of February.
    #expect(now[key(Shop.inventory)]?.value == 950)  // 14.00 − 4.20 − 0.30
  }

  @Test func `stock is what lies in warehouses, reservations too`() throws {
    #expect(
      try Shop.rows(InventoryLevels.self, asOf: "2026-01-10") == [
        key(Shop.inventory, Shop.warehouse, Shop.product): .net(10, 1400),
        key(Shop.reserved, Shop.warehouse, Shop.product): .net(2, 0),
      ])
    let rows = try Shop.rows(InventoryLevels.self)
    #expect(rows[key(Shop.inventory, Shop.warehouse, Shop.product)]?.amount == 7)
    #expect(rows[key(Shop.inventory, Shop.warehouse, Shop.product)]?.value == 1050)
    #expect(rows[key(Shop.reserved, Shop.warehouse, Shop.product)]?.amount == 0)
  }

  @Test func `open items are what is not settled`() throws {
    #expect(
      try Shop.rows(OpenItems.self) == [
        key(Shop.receivable, Shop.second, Shop.dollar): .net(550, 500),
        key(Shop.payable, Shop.bill, Shop.euro): .net(-1500),
        key(Shop.wages, Shop.employee, Shop.euro): .net(2000),
        key(Shop.wagesPayable, Shop.employee, Shop.euro): .net(-500),
      ])
    // Received and not billed: 14.00 by value alone; the first invoice is open until it is paid.
    #expect(
      try Shop.rows(OpenItems.self, asOf: "2026-01-07") == [
        key(Shop.notInvoiced, Shop.purchase): .net(0, -1400)
      ])
    #expect(
      try Shop.rows(OpenItems.self, asOf: "2026-01-19")[
        key(Shop.receivable, Shop.first, Shop.euro)] == .net(908))
  }

  @Test func `the order book is what is still to come, without the cost of what went`() throws {
    #expect(
      try Shop.rows(OrderBook.self) == [
        key(Shop.ordered, Shop.order, Shop.product): .net(-1, -250),
        key(Shop.backlog, Shop.order, Shop.product): .net(1, 250),
      ])
    #expect(
      try Shop.rows(OrderBook.self, knownAt: 4)[key(Shop.reserved, Shop.order, Shop.product)]
        == .net(-2, 0))
  }

  @Test func `payroll and tax are places of employees and of tax codes`() throws {
    #expect(
      try Shop.rows(PayrollRegister.self) == [
        key(Shop.wages, Shop.employee, Shop.euro): .net(2000),
        key(Shop.wagesPayable, Shop.employee, Shop.euro): TallySums(
          debitAmount: 1500, creditAmount: 2000, debitValue: 1500, creditValue: 2000),
      ])
    #expect(
      try Shop.rows(TaxBook.self) == [
        key(Shop.taxBase, Shop.tax, Shop.euro): .net(750),
        key(Shop.taxCollected, Shop.tax, Shop.euro): TallySums(
          debitAmount: 0, creditAmount: 158, debitValue: 0, creditValue: 158),
      ])
  }

  @Test func `a customer is the values of its events and how many of each kind there were`() throws
  {
    let rows = try Shop.rows(CustomerHistories.self)
    func count(_ kind: UInt16) -> Int64 {
      rows[CustomerHistories.counted(kind, by: Shop.customer)]?.debitAmount ?? 0
    }
    #expect([count(1), count(2), count(3), count(4)] == [2, 2, 2, 0])
    // Sold for 7.50 and 10.00; cost 4.20 (the late 0.30 came with the supplier's bill); paid 9.08 and 5.00.
    #expect(rows[key(Shop.sales, Shop.customer)]?.value == -1750)
    #expect(rows[key(Shop.costOfSales, Shop.customer)]?.value == 420)
    #expect(rows[key(Shop.bank, Shop.customer)]?.value == 1408)
    #expect(rows[key(Shop.receivable, Shop.customer)]?.value == 500)
    // On 12 January one order, one shipment and one invoice were known of it.
    let then = try Shop.rows(CustomerHistories.self, asOf: "2026-01-12")
    #expect(then[CustomerHistories.counted(1, by: Shop.customer)]?.debitAmount == 2)
    #expect(then[CustomerHistories.counted(2, by: Shop.customer)]?.debitAmount == 1)
    #expect(then[CustomerHistories.counted(3, by: Shop.customer)] == nil)
  }

  @Test func `histories follow mentions, accounts, subjects and products, but no currency`() throws
  {
    func history(_ name: NameID) throws -> [Position] {
      try Histories.positions(of: name, knownAt: 11, in: MemorySummaries(), log: Shop.log)
    }
    #expect(try history(Shop.customer) == [3, 5, 6, 7, 8, 9])
    #expect(try history(Shop.product) == [1, 3, 4, 5, 6, 11])
    #expect(try history(Shop.warehouse) == [1, 4, 5, 11])
    #expect(try history(Shop.inventory) == [1, 5, 11])
    #expect(try history(Shop.purchase) == [1, 2, 11])
    #expect(try history(Shop.first) == [6, 7])
    #expect(try history(Shop.euro).isEmpty)
  }

  @Test func `no two projections share a name space`() {
    #expect(Set(AllProjections.list.map { $0.namespace }).count == AllProjections.list.count)
    #expect(AllProjections.list.contains { $0 == AccountBalances.self })
    #expect(AccountBalances.namespace == "accounts/1")
  }

  @Test func `what explains the cost of sales is the shipment and the late cost`() throws {
    let changes = try AccountBalances.changes(
      from: Point(knownAt: 0), to: Point(asOf: "2026-01-31", knownAt: 11),
      .account(Shop.costOfSales), in: MemorySummaries(), log: Shop.log)
    #expect(changes.map(\.position) == [5, 11])
    #expect(changes.map(\.sums.debitValue) == [420, 30])
    #expect(changes.map(\.isAdded) == [true, true])
  }
}
