// Why: a check that cannot fail checks nothing. Each is fed books that decisions would never have made, and must find
// the fault, with the difference worked by hand.

internal import Decisions
internal import Events
internal import Ledger
internal import Reports
internal import Support
internal import Testing
internal import Wire

@Suite struct `Every identity can fail` {
  private let quarter: Quarter
  private let chart: [Code: NameID]

  init() throws {
    quarter = try Quarter.recorded.get()
    var chart: [Code: NameID] = [:]
    for record in quarter.records {
      for name in record.introduced where name.id.is(.account) { chart[name.code] = name.id }
    }
    self.chart = chart
  }

  /// The quarter with one more event that makes `moves` without any decision.
  private func corrupted(_ moves: [Move], kind: UInt16 = ChargeBooked.kind.number) -> MemoryLook {
    var fault = Recorded()
    fault.position = Position(quarter.records.count + 1)
    fault.at = Instant(microseconds: (quarter.records.last?.at.microseconds ?? 0) + 1)
    fault.on = "2026-03-31"
    fault.kind = kind
    fault.moves = moves
    return MemoryLook(quarter.records + [fault])
  }

  private func move(
    _ value: Int64, amount: Int64? = nil, of commodity: NameID = NameID(.currency, 1),
    from: (Code, NameID), to: (Code, NameID)
  ) throws -> Move {
    Move(
      amount: amount ?? value, value: value, commodity: commodity,
      from: Place(try #require(chart[from.0]), from.1), to: Place(try #require(chart[to.0]), to.1),
      on: "2026-03-31")
  }

  private func faults(_ look: MemoryLook) throws -> [String: String] {
    let table = try Checks.table(look)
    var faults: [String: String] = [:]
    for row in table.texts where row["difference"] != "0.00" {
      faults[row["check"] ?? ""] = row["difference"]
    }
    let words = faults.isEmpty ? "All hold" : "\(faults.count) fail"
    #expect(table.totals.first?.plain == words)
    return faults
  }

  @Test func `nothing is wrong with books that decisions made`() throws {
    #expect(try faults(MemoryLook(quarter.records)).isEmpty)
  }

  @Test func `a memorandum that reaches into the statements unbalances them`() throws {
    let look = corrupted([try move(100, from: ("9200", .none), to: ("6260", .none))])
    #expect(
      try faults(look) == [
        "debits = credits": "1.00", "memoranda: debits = credits": "-1.00",
        "assets = liabilities + equity + result": "1.00",
      ])
  }

  @Test func `an account that the chart does not know unbalances the statements`() throws {
    var fault = try move(100, from: ("1000", .none), to: ("6260", .none))
    fault.to.account = NameID(.account, 4000)
    #expect(
      try faults(corrupted([fault])) == [
        "debits = credits": "-1.00", "assets = liabilities + equity + result": "-1.00",
      ])
  }

  @Test func `money in a stock account is found`() throws {
    let look = corrupted([try move(100, from: ("1000", .none), to: ("1200", .none))])
    #expect(try faults(look) == ["stock = account 1200": "-1.00"])
  }

  @Test func `money that is no money unbalances the cash flow`() throws {
    let look = corrupted([
      try move(100, of: NameID(.product, 1), from: ("1000", .none), to: ("6260", .none))
    ])
    #expect(try faults(look) == ["cash flow = change in cash": "1.00"])
  }

  @Test func `goods that were never there are found`() throws {
    // Warehouse and product number 9 do not exist; 5 pieces leave them at no value.
    let (warehouse, product) = (NameID(.warehouse, 9), NameID(.product, 9))
    let look = corrupted([
      try move(0, amount: 5, of: product, from: ("1200", warehouse), to: ("5300", .none))
    ])
    #expect(try faults(look) == ["products short in a warehouse = none": "1.00"])
  }

  @Test func `goods that are worth less than nothing are found`() throws {
    // 5 pieces come for nothing, and 1.00 is taken off them: they are worth −1.00.
    let (warehouse, product) = (NameID(.warehouse, 1), NameID(.product, 9))
    let look = corrupted([
      try move(0, amount: 5, of: product, from: ("5200", .none), to: ("1200", warehouse)),
      try move(100, amount: 0, of: product, from: ("1200", warehouse), to: ("6290", .none)),
    ])
    #expect(try faults(look) == ["products worth less than nothing = none": "1.00"])
  }

  @Test func `a reservation beyond the stock is found`() throws {
    let (warehouse, product) = (NameID(.warehouse, 1), NameID(.product, 9))
    let look = corrupted([
      try move(0, amount: 5, of: product, from: ("9020", .none), to: ("9020", warehouse))
    ])
    #expect(try faults(look) == ["products reserved beyond stock = none": "1.00"])
  }

  @Test(
    arguments: [
      ("1100", "open invoices = account 1100", "-1.00"),
      ("2000", "open bills = account 2000", "-1.00"),
      ("2100", "customers' advances = account 2100", "-1.00"),
      ("1150", "advances to suppliers = account 1150", "-1.00"),
      ("2050", "goods received, not billed = account 2050", "-1.00"),
      ("2200", "tax book = account 2200", "-1.00"),
      ("1300", "tax book = account 1300", "-1.00"),
      ("2250", "tax book = account 2250", "-1.00"),
      ("2300", "withholdings = account 2300", "-1.00"),
      ("2350", "social security owed = account 2350", "-1.00"),
      ("1500", "assets at cost = account 1500", "-1.00"),
      ("1590", "depreciation of assets = account 1590", "-1.00"),
      ("1400", "deferred expenses = account 1400", "-1.00"),
      ("2600", "deferred income = account 2600", "-1.00"),
    ] as [(Code, String, String)]) func `a control account moved without a document is found`(
      account: Code, check: String, difference: String
    ) throws
  {
    let look = corrupted([try move(100, from: ("1000", .none), to: (account, .none))])
    #expect(try faults(look) == [check: difference])
  }

  @Test(
    arguments: [
      ("6000", "gross wages = account 6000"), ("2400", "net wages not paid = account 2400"),
      ("6050", "employer's social security = account 6050"),
    ] as [(Code, String)]) func `wages that stand on no payslip are found`(
      account: Code, check: String
    ) throws
  {
    let look = corrupted([
      try move(100, from: ("1000", .none), to: (account, NameID(.employee, 1)))
    ])
    #expect(try faults(look) == [check: "-1.00"])
  }

  @Test func `the same by hand is no fault`() throws {
    let look = corrupted(
      [
        try move(100, from: ("1000", .none), to: ("2300", .none)),
        try move(100, from: ("1000", .none), to: ("2200", .none)),
        try move(100, from: ("1000", .none), to: ("2400", NameID(.employee, 1))),
      ], kind: JournalPosted.kind.number)
    #expect(try faults(look).isEmpty)
  }

  @Test(
    arguments: [
      ("9010", "9000", "open orders = account 9010"),
      ("9110", "9100", "open purchases = account 9110"),
    ] as [(Code, Code, String)]) func `a backlog without an order is found`(
      account: Code, other: Code, check: String
    ) throws
  {
    let look = corrupted([
      try move(
        100, amount: 4, of: NameID(.product, 1), from: (other, .none), to: (account, .none))
    ])
    #expect(try faults(look) == [check: "-1.00"])
  }
}
