// What is too much to add up is refused before anything is recorded; it never stops the program. 10^15 euros are 10^17
// cents; 2^61 is 2.3 × 10^18, so 23 of them fit and the 24th does not.

import Decisions
import Events
import Testing

@Suite struct `Too much to add up` {
  static let euros = "1000000000000000"

  /// An entry that moves 10^15 euros.
  private func posted(_ number: Int, _ amount: String = euros) -> String {
    "{'event':'journal.posted','on':'2026-02-01','entry':'J-\(number)','text':'t','lines':[{'account':'6200','debit':'\(amount)'},{'account':'1000','credit':'\(amount)'}]}"
  }

  private func lines(_ count: Int, _ line: String) -> String {
    Array(repeating: line, count: count).joined(separator: ",")
  }

  @Test(arguments: [
    (
      "{'event':'shift.scheduled','on':'2026-03-02','employee':'E-7','start':'09:00','minutes':9223372036854775807}",
      "shift.invalid"
    ),
    (
      "{'event':'shift.scheduled','on':'2026-03-02','employee':'E-7','start':'00:00','minutes':1441}",
      "shift.invalid"
    ),
    (
      "{'event':'shift.scheduled','on':'2026-03-02','employee':'E-7','start':'00:00','minutes':-9223372036854775808}",
      "shift.invalid"
    ),
    (
      "{'event':'project.opened','on':'2026-03-02','project':'PR-2','name':'Door','minutes':9223372036854775807}",
      "project.minutes"
    ),
    (
      "{'event':'time.recorded','on':'2026-03-02','employee':'E-7','minutes':9223372036854775807}",
      "time.invalid"
    ),
  ])
  func `whole numbers have their bounds`(line: String, refusal: String) throws {
    try Given(shop).when(line).refused(refusal)
  }

  @Test func `quantities with many decimals have a lower bound`() throws {
    let product =
      "{'event':'product.registered','on':'2026-01-01','product':'GAS','name':'Gas','unit':'kg','decimals':6,'costing':'average'}"
    func adjusted(_ number: Int, _ quantity: String) -> String {
      "{'event':'stock.adjusted','on':'2026-01-12','adjustment':'A-\(number)','warehouse':'MAD','lines':[{'product':'GAS','quantity':'\(quantity)'}]}"
    }
    let given = try Given(shop + [product])
    #expect(
      try given.when(adjusted(1, "9000000000000")).refused("decimal.overflow").remedy
        == "With 6 decimals, amounts and quantities go up to 10^12.")
    // 10^18 smallest units each: two are 2 × 10^18, a third is beyond 2^61.
    try given.and([adjusted(1, "1000000000000"), adjusted(2, "1000000000000")])
    try given.when(adjusted(3, "1000000000000")).refused("turnover.exceeded")
    try given.and([adjusted(3, "1")])
    #expect(try given.amount("1200/MAD", "GAS") == "2000000000001.000000")
  }

  @Test func `lines that come to too much are refused as one`() throws {
    let goods = (1...100).map {
      "{'event':'product.registered','on':'2026-01-01','product':'P-\($0)','name':'a','unit':'piece','decimals':0,'costing':'fifo'}"
    }
    let found = (1...100).map { "{'product':'P-\($0)','quantity':'1','value':'\(Self.euros)'}" }
      .joined(separator: ",")
    let given = try Given(shop + goods)
    for line in [
      "{'event':'stock.adjusted','on':'2026-01-12','adjustment':'A-1','warehouse':'MAD','lines':[\(found)]}",
      "{'event':'bill.received','on':'2026-01-12','bill':'B-1','supplier':'S-3','currency':'EUR','lines':[\(lines(100, "{'account':'6200','quantity':'1','price':'\(Self.euros)','tax':'SOP21'}"))]}",
      "{'event':'bill.received','on':'2026-01-12','bill':'B-1','supplier':'S-3','currency':'EUR','lines':[\(lines(100, "{'account':'6200','quantity':'1','price':'\(Self.euros)'}"))]}",
    ] {
      try given.when(line).refused("decimal.overflow")
    }
    #expect(given.books.moves.isEmpty)
  }

  @Test func `events that come to too much are refused, and small ones still go`() throws {
    let given = try Given((1...23).map { posted($0) })
    #expect(try given.value("6200") == "23000000000000000.00")
    try given.when(posted(24)).refused("turnover.exceeded")
    // 2^61 − 23 × 10^17 = 5843009213693952 cents are left; 2^37 cents are 1,374,389,534.72 euros.
    try given.when(posted(24, "58430092136939.53")).refused("turnover.exceeded")
    try given.and([posted(24, "58430092136939.52")])
    try given.when(posted(25, "1374389534.73")).refused("turnover.exceeded")
    try given.and([posted(25, "1374389534.72")])
    #expect(try given.value("6200") == "23058431466526474.24")
  }

  // A record counts its moves in 16 bits: up to 65,535.
  @Test func `an event of more moves than a record can count is refused`() throws {
    func entry(_ moves: Int) -> String {
      let debits = lines(moves, "{'account':'6200','debit':'1.00'}")
      return
        "{'event':'journal.posted','on':'2026-02-01','entry':'J-1','text':'t','lines':[\(debits),{'account':'1000','credit':'\(moves).00'}]}"
    }
    let given = try Given()
    let refusal = try given.when(entry(65_536)).refused("event.tooLarge")
    #expect(refusal.message == "The event has 65536 moves; there is room for 65535.")
    try given.and([entry(65_535)])
    #expect(try given.value("6200") == "65535.00")
  }

  // A record has 16 MiB, of which 64 KiB are kept for sealing: 16,711,680 bytes are left.
  @Test func `an event of more bytes than a record can hold is refused`() throws {
    let given = try Given()
    var proposal = try Proposal(json: Array(posted(1, "1.00").replacing("'", with: "\"").utf8))
    var event = try #require(proposal.event as? JournalPosted)
    event.text = String(repeating: "t", count: 16_711_680)
    proposal.event = event
    let obstacle = #expect(throws: Obstacle.self) { try given.books.record(proposal) }
    guard case .refused(let refusal) = try #require(obstacle) else {
      Issue.record("\(String(describing: obstacle)) is no refusal")
      return
    }
    #expect(refusal.name == "event.tooLarge")
    #expect(refusal.message.hasSuffix(" bytes; there is room for 16711680."))
    // Header, moves, names and the other fields take less than a kilobyte.
    event.text?.removeLast(1_024)
    proposal.event = event
    _ = try given.books.record(proposal)
    #expect(try given.value("6200") == "1.00")
  }

  @Test func `a key that is too long is refused, wherever the proposal comes from`() throws {
    let given = try Given()
    var posted = try Proposal(json: Array(posted(1, "1.00").replacing("'", with: "\"").utf8))
    posted.key = String(repeating: "k", count: 256)
    #expect(throws: Obstacle.self) { try given.books.record(posted) }
    posted.key.removeLast()
    _ = try given.books.record(posted)
    #expect(try given.value("6200") == "1.00")
  }

  @Test func `what was posted too large can be taken back`() throws {
    let given = try Given([posted(1)])
    try given.and([
      "{'event':'journal.reversed','on':'2026-02-02','entry':'JR-1','reverses':'J-1','text':'typing error'}"
    ])
    #expect(try given.value("6200") == "0.00")
  }
}
