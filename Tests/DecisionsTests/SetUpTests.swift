// What cannot be set up, and lines that cannot even be read.

import Decisions
import Documents
import Events
import Ledger
import Support
import Testing
import Wire

@Suite struct `Setting up` {
  @Test(arguments: [
    (
      "'event':'books.opened','name':'B','currency':'EUR','timeZone':'UTC','chart':'generic'",
      "books.opened"
    ),
    (
      "'event':'account.opened','account':'9','name':'x','kind':'memo','role':'sales'",
      "account.kindOfRole"
    ),
    ("'event':'role.assigned','account':'9000','role':'bank'", "account.kindOfRole"),
    ("'event':'role.assigned','account':'6200','role':'receivable'", "account.kindOfRole"),
    ("'event':'role.assigned','account':'2700','role':'sales'", "account.kindOfRole"),
    (
      "'event':'account.opened','account':'9','name':'x','kind':'income','role':'bank'",
      "account.kindOfRole"
    ),
    ("'event':'role.assigned','account':'1000','role':'cash'", "account.hasRole"),
    ("'event':'account.closed','account':'4000'", "account.inRole"),
    ("'event':'customer.registered','customer':'C-1','name':'x','terms':-1", "terms.invalid"),
    ("'event':'employee.hired','employee':'E-1','name':'x','weeklyMinutes':10081", "employee.time"),
    (
      "'event':'employee.revised','employee':'E-7','withholding':'100.000001'",
      "employee.withholding"
    ),
    (
      "'event':'product.registered','product':'P','name':'x','unit':'l','decimals':7,'costing':'fifo'",
      "product.decimals"
    ),
    ("'event':'tax.defined','tax':'T','name':'x','rate':'-1','kind':'collected'", "tax.rate"),
    ("'event':'rate.set','currency':'EUR','rate':'1'", "rate.currency"),
    ("'event':'rate.set','currency':'USD','rate':'0'", "rate.invalid"),
    (
      "'event':'incarnation.begun','reason':'restored','signedSize':-1,'signedRoot':'AA=='",
      "incarnation.size"
    ),
    ("'event':'incarnation.begun','reason':' ','signedRoot':'AA=='", "text.empty"),
    ("'event':'period.reopened','from':'2026-01-01','reason':' '", "text.empty"),
    (
      "'event':'opening.posted','entry':'OB','lines':[],'stock':[{'product':'TORN','warehouse':'MAD','quantity':'1','value':'-1'}]",
      "amount.negative"
    ),
    ("'event':'customer.registered','customer':'C-1','name':'x'},'because':999", "json.malformed"),
    ("'event':'customer.revised','customer':'C-17','because':999", "because.unknown"),
    (
      "'event':'customer.revised','customer':'C-17','if':{'unchangedSince':1,'about':['C-17']}",
      "condition.changed"
    ),
    (
      "'event':'customer.revised','customer':'C-17','if':{'unchangedSince':1,'about':['nobody']}",
      "condition.unknown"
    ),
  ]) func `what makes no sense is refused`(fields: String, refusal: String) throws {
    try Given(shop).when("{'on':'2026-02-01',\(fields)}").refused(refusal)
  }

  @Test(arguments: [
    ("{'event':", "json.malformed"),
    ("{'event':'\u{fffd}", "json.malformed"),
    ("[1]", "field.wrongType"),
    (String(repeating: "[", count: 600), "json.tooDeep"),
    ("{'event':'warehouse.closed','on':'2026-01-01'}", "event.unknown"),
    (
      "{'event':'warehouse.opened','on':'2026-01-01','warehouse':'W','name':'n','colour':'red'}",
      "field.unknown"
    ),
    (
      "{'event':'warehouse.opened','on':'2026-01-01','warehouse':'W','name':'n','name':'m'}",
      "field.duplicate"
    ),
    ("{'event':'warehouse.opened','on':'2026-01-01','name':'n'}", "field.missing"),
    ("{'event':'warehouse.opened','on':'2026-13-01','warehouse':'W','name':'n'}", "field.invalid"),
    (
      "{'event':'rate.set','on':'2026-01-01','currency':'USD','rate':'1e30'}", "decimal.overflow"
    ),
    (
      "{'event':'charge.booked','on':'2026-01-01','charge':'C','account':'1000','currency':'EUR','amount':'0.001'}",
      "decimal.tooPrecise"
    ),
  ]) func `a line that cannot be read is refused with its place`(
    line: String, refusal: String
  ) throws {
    try Given(shop).when(line).refused(refusal)
  }

  @Test func `bytes that are no text, and a line without end, are refused`() throws {
    for (bytes, code) in [
      (Array("{\"event\":\"".utf8) + [0xff] + Array("\"}".utf8), WireError.Code.invalidUTF8),
      ([UInt8](repeating: 0x20, count: JSONDocument.maximumLength + 1), .tooLong),
    ] {
      let error = #expect(throws: WireError.self) { try Proposal(json: bytes) }
      let refusal = Refusal(try #require(error))
      #expect(refusal.name == code.rawValue)
      Given.note(
        code == .tooLong ? "(a line of more than 16 MiB)" : "(bytes that are no UTF-8)", refusal)
    }
  }

  @Test func `an account with a balance stays open, and a product retires once`() throws {
    let given = try Given(
      shop + [
        "{'event':'account.opened','on':'2026-01-02','account':'6205','name':'Fair','kind':'expense'}",
        "{'event':'journal.posted','on':'2026-01-03','entry':'J-1','lines':[{'account':'6205','debit':'5'},{'account':'1000','credit':'5'}]}",
        "{'event':'product.retired','on':'2026-01-03','product':'TORN'}",
      ])
    try given.when("{'event':'account.closed','on':'2026-01-04','account':'6205'}")
      .refused("account.notEmpty")
    try given.when("{'event':'product.retired','on':'2026-01-04','product':'TORN'}")
      .refused("product.retired")
    try given.when(
      "{'event':'order.placed','on':'2026-01-04','order':'SO-1','customer':'C-17','currency':'EUR','lines':[{'product':'TORN','quantity':'1','price':'1'}]}"
    ).refused("product.retired")
  }

  @Test func `nothing is recorded before the books are opened, or beyond their last name`() throws {
    let proposal = try Proposal(
      json: Array(
        #"{"event":"customer.registered","on":"2026-01-01","customer":"C","name":"x"}"#.utf8))
    func refusal(_ situation: any Situation) throws -> Refusal {
      let obstacle = #expect(throws: Obstacle.self) { try decide(proposal, situation) }
      guard case .refused(let refusal) = obstacle else { throw Outcome.Missing() }
      Given.note(try proposal.json(), refusal)
      return refusal
    }
    #expect(try refusal(Memory()).name == "books.notOpened")
    #expect(try refusal(FullBooks(try Given().books)).name == "names.exhausted")
  }

  @Test func `goods do not stay behind in an account that has lost its role`() throws {
    let other =
      "{'event':'account.opened','on':'2026-01-01','account':'1201','name':'Goods','kind':'asset'}"
    let assigned = "{'event':'role.assigned','on':'2026-01-10','role':'inventory','account':'1201'}"
    _ = try Given(shop + [other, assigned])
    let given = try Given(
      shop + [other] + bought("PO-1", "TORN", "10", at: "2.00", on: "2026-01-08"))
    try given.when(assigned).refused("role.used")
    // Also goods that are worth nothing, and what is reserved.
    let gift = try Given(
      shop + [
        other,
        "{'event':'stock.adjusted','on':'2026-01-08','adjustment':'A-1','warehouse':'MAD','lines':[{'product':'TORN','quantity':'10','value':'0'}]}",
      ])
    try gift.when(assigned).refused("role.used")
  }

  @Test func `an account with foreign money is not closed, whatever it is worth`() throws {
    // 100 USD at 0.92, and 50 USD at 1.84: nothing is left in euros.
    let given = try Given(
      shop + [
        "{'event':'payment.received','on':'2026-01-10','payment':'P-1','customer':'C-17','account':'1010','currency':'USD','amount':'100'}",
        "{'event':'rate.set','on':'2026-02-01','currency':'USD','rate':'1.84'}",
        "{'event':'payment.sent','on':'2026-02-01','payment':'P-2','supplier':'S-3','account':'1010','currency':'USD','amount':'50'}",
        "{'event':'role.assigned','on':'2026-02-02','role':'bank','account':'1000'}",
      ])
    #expect(try given.value("1010") == "0.00")
    let refusal = try given.when(
      "{'event':'account.closed','on':'2026-02-03','account':'1010'}"
    ).refused("account.notEmpty")
    #expect(refusal.message == "Account 1010 holds 50.00 USD.")
  }
}

/// Books that hold as many names of each kind as they can.
private final class FullBooks: Situation {
  let books: Memory
  init(_ books: Memory) { self.books = books }
  func chart() throws(Obstacle) -> Chart { try books.chart() }
  func id(_ kind: NameKind, _ code: Code) -> NameID? { books.id(kind, code) }
  func code(_ id: NameID) -> Code { books.code(id) }
  func count(of kind: NameKind) -> UInt32 { NameID.maximumSequence }
  func document<D: Document>(_ type: D.Type, _ id: NameID) throws(Obstacle) -> D {
    try books.document(type, id)
  }
  func balance(_ account: NameID) -> Int64 { books.balance(account) }
  func size() -> Position { books.size() }
  func recorded(_ position: Position) -> Recorded? { books.recorded(position) }
}
