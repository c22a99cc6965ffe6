// Why: the checks of registers and banks must be able to fail, too. Each is fed one event that no decision would have made.

internal import Events
internal import Ledger
internal import Reports
internal import Support
internal import Testing
internal import Wire

@Suite struct `Registers and banks can disagree` {
  /// An asset of 10.00 with a residual of 1.00, a fee of 3.00, and a statement whose only entry is of −2.00.
  private func books() throws -> MemoryBooks {
    let books = try MemoryBooks(chart: "generic", on: "2026-01-01")
    let lines = [
      #"{"event":"opening.posted","on":"2026-01-01","entry":"OB-1","lines":[{"account":"1000","debit":"110.00"},{"account":"3000","credit":"110.00"}]}"#,
      #"{"event":"asset.acquired","on":"2026-01-01","asset":"A-1","name":"drill","against":"1000","cost":"10.00","residual":"1.00","months":2}"#,
      #"{"event":"charge.booked","on":"2026-01-05","charge":"CH-1","account":"1000","amount":"3.00","currency":"EUR"}"#,
      #"{"event":"statement.imported","on":"2026-01-31","statement":"ST-1","account":"1000","from":"2026-01-02","opening":"100.00","closing":"98.00","entries":[{"on":"2026-01-05","amount":"-2.00"}]}"#,
    ]
    for line in lines { try books.record(try Proposal(json: Array(line.utf8))) }
    return books
  }

  private func differences(_ records: [Recorded]) throws -> [String: String] {
    var found: [String: String] = [:]
    for row in try Checks.table(MemoryLook(records)).texts where row["difference"] != "0.00" {
      found[row["check"] ?? ""] = row["difference"]
    }
    return found
  }

  private func following(_ records: [Recorded]) -> Recorded {
    var fault = Recorded()
    fault.position = Position(records.count + 1)
    fault.at = Instant(microseconds: (records.last?.at.microseconds ?? 0) + 1)
    fault.on = "2026-01-31"
    return fault
  }

  @Test func `nothing is wrong before`() throws {
    #expect(try differences(books().records).isEmpty)
  }

  @Test func `an entry that was matched with another amount is found`() throws {
    let books = try books()
    let charge = try #require(try books.id(.charge, "CH-1"))
    let position = try #require(books.records.first { $0.mentions.contains(charge) }?.position)
    var item = MatchedItem()
    item.event = Int64(position)
    item.on = "2026-01-05"
    var match = StatementMatched()
    match.statement = "ST-1"
    match.entry = 1
    match.items = [item]
    var fault = following(books.records)
    fault.kind = StatementMatched.kind.number
    fault.body = try BinaryWriter.bytes(of: match)
    fault.mentions = [
      try #require(try books.id(.statement, "ST-1")),
      try #require(try books.id(.reconciliation, "1000")),
    ]
    // The books say 97.00, the bank 98.00, and nothing is open that would explain it.
    #expect(
      try differences(books.records + [fault]) == [
        "bank = statements of account 1000": "-1.00"
      ])
  }

  @Test func `an asset that is depreciated beyond its residual is found`() throws {
    let books = try books()
    let asset = try #require(try books.id(.asset, "A-1"))
    let currency = NameID(.currency, 1)
    var fault = following(books.records)
    fault.kind = AssetDepreciated.kind.number
    fault.body = try BinaryWriter.bytes(of: AssetDepreciated())
    // 9.50 of 10.00: 0.50 is left, and 1.00 should be.
    fault.moves = [
      Move(
        amount: 950, value: 950, commodity: currency,
        from: Place(try #require(try books.id(.account, "1590")), asset),
        to: Place(try #require(try books.id(.account, "6500"))), on: "2026-01-31")
    ]
    #expect(
      try differences(books.records + [fault]) == [
        "assets depreciated beyond their residual = none": "0.50"
      ])
  }
}
