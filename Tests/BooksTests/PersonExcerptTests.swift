// Why: whose a line or a move is stands in the line, in the place that it moves, or only in the event that brought the document. Each way is
// tried with two people in one event.

internal import Decisions
internal import EventLog
internal import Events
internal import Ledger
internal import Support
internal import Testing
internal import Wire

@testable internal import Books

@Suite struct `An excerpt about one person` {
  private static let people = [
    #"{"event":"customer.registered","on":"2026-01-02","customer":"C-1","name":"Ana"}"#,
    #"{"event":"customer.registered","on":"2026-01-02","customer":"C-2","name":"Berta"}"#,
    #"{"event":"supplier.registered","on":"2026-01-02","supplier":"S-1","name":"Carlos"}"#,
    #"{"event":"supplier.registered","on":"2026-01-02","supplier":"S-2","name":"Dora"}"#,
    #"{"event":"employee.hired","on":"2026-01-02","employee":"E-1","name":"Eva"}"#,
    #"{"event":"employee.hired","on":"2026-01-02","employee":"CC","name":"Carla Cid"}"#,
  ]

  @Test func `has their lines of an opening, and what is about nobody`() throws {
    let books = try told([
      #"{"event":"opening.posted","on":"2026-01-02","entry":"OB-1","lines":[{"account":"1000","debit":"10"},{"account":"1100","debit":"121","subject":"F-1","party":"C-1","due":"2026-01-20"},{"account":"1100","debit":"30","subject":"F-2","party":"C-2","due":"2026-01-20"},{"account":"2000","credit":"50","subject":"B-1","party":"S-1","due":"2026-01-20"},{"account":"3900","credit":"111"}]}"#
    ])
    let opening = try #require(try last("C-2", books))
    #expect(
      opening.contains(
        #""lines":[{"account":"1000","debit":"10"},{"account":"1100","debit":"30","subject":"F-2","party":"C-2","due":"2026-01-20"},{"account":"3900","credit":"111"}]},"aboutOthers":{"lines":2,"moves":2}"#
      ), "\(opening)")
    #expect(amounts(opening) == ["10.00", "30.00"])
    #expect(amounts(try #require(try last("S-1", books))) == ["10.00", "50.00"])
  }

  @Test func `leaves out lines about a document that is another's, also when they are reversed`()
    throws
  {
    let books = try told([
      #"{"event":"invoice.issued","on":"2026-01-03","invoice":"F-1","customer":"C-1","lines":[{"text":"work","quantity":"1","price":"121"}]}"#,
      #"{"event":"invoice.issued","on":"2026-01-03","invoice":"F-2","customer":"C-2","lines":[{"text":"work","quantity":"1","price":"30"}]}"#,
      #"{"event":"journal.posted","on":"2026-01-10","entry":"J-1","lines":[{"account":"6290","debit":"7"},{"account":"6290","debit":"5"},{"account":"1100","credit":"7","subject":"F-1"},{"account":"1100","credit":"5","subject":"F-2"}]}"#,
      #"{"event":"journal.reversed","on":"2026-01-11","entry":"J-2","reverses":"J-1"}"#,
    ])
    let posted = try #require(try all("C-1", books).first { $0.contains("journal.posted") })
    #expect(posted.contains("F-1") && !posted.contains("F-2"), "\(posted)")
    #expect(posted.contains(#""aboutOthers":{"lines":1,"moves":1}"#))
    #expect(amounts(posted) == ["7.00"])
    let reversed = try #require(try last("C-2", books))
    #expect(reversed.contains(#""aboutOthers":{"moves":1}"#), "\(reversed)")
    #expect(amounts(reversed) == ["5.00"])
  }

  @Test func `has no line whose code may be that of somebody else's document`() throws {
    let books = try told([
      #"{"event":"customer.registered","on":"2026-01-02","customer":"1","name":"Ada"}"#,
      #"{"event":"invoice.issued","on":"2026-01-03","invoice":"1","customer":"C-2","lines":[{"text":"work","quantity":"1","price":"77"}]}"#,
      #"{"event":"invoice.issued","on":"2026-01-03","invoice":"3","customer":"1","lines":[{"text":"work","quantity":"1","price":"88"}]}"#,
      #"{"event":"journal.posted","on":"2026-01-10","entry":"J-1","lines":[{"account":"1100","debit":"13","subject":"1","text":"insolvent"},{"account":"1100","debit":"24","subject":"3"},{"account":"4000","credit":"37"}]}"#,
    ])
    let posted = try #require(try last("1", books))
    #expect(!posted.contains("insolvent") && posted.contains(#""debit":"24""#), "\(posted)")
    #expect(posted.contains(#""aboutOthers":{"lines":1,"moves":1}"#), "\(posted)")
    #expect(amounts(posted) == ["24.00"])
    #expect(amounts(try #require(try last("C-2", books))) == ["13.00"])
  }

  @Test func `has a move between two people without the other`() throws {
    let books = try told([
      #"{"event":"journal.posted","on":"2026-01-10","entry":"J-1","lines":[{"account":"6000","debit":"9","subject":"E-1"},{"account":"6000","credit":"9","subject":"CC"}]}"#
    ])
    let posted = try #require(try last("E-1", books))
    #expect(posted.contains(#""from":"6000","to":"6000/E-1""#), "\(posted)")
    #expect(!posted.contains("CC"))
  }

  @Test func `tells a person from an item that is called alike`() throws {
    let books = try told([
      #"{"event":"payroll.run","on":"2026-01-31","run":"R","from":"2026-01-01","through":"2026-01-31","payslips":[{"employee":"E-1","gross":"1000","items":[{"item":"CC","text":"wage","amount":"1000"}]},{"employee":"CC","gross":"2000","items":[{"item":"E-1","text":"wage","amount":"2000"}]}]}"#
    ])
    for (person, gross, other) in [("CC", "2000", "1000"), ("E-1", "1000", "2000")] {
      let run = try #require(try last(person, books))
      #expect(run.contains(#""employee":"\#(person)","gross":"\#(gross)""#), "\(run)")
      #expect(run.contains(#""payslips":1"#) && !run.contains("\"\(other)"), "\(run)")
    }
  }

  @Test func `has of shared freight the receipts that are theirs`() throws {
    let books = try told([
      #"{"event":"warehouse.opened","on":"2026-01-02","warehouse":"MAD","name":"Madrid"}"#,
      #"{"event":"product.registered","on":"2026-01-02","product":"LAMP","name":"Lamp","unit":"piece","decimals":0,"costing":"fifo"}"#,
      #"{"event":"purchase.ordered","on":"2026-01-03","purchase":"PO-1","supplier":"S-1","currency":"EUR","lines":[{"product":"LAMP","quantity":"10","price":"1"}]}"#,
      #"{"event":"purchase.ordered","on":"2026-01-03","purchase":"PO-2","supplier":"S-2","currency":"EUR","lines":[{"product":"LAMP","quantity":"30","price":"1"}]}"#,
      #"{"event":"goods.received","on":"2026-01-04","receipt":"GR-1","purchase":"PO-1","warehouse":"MAD","lines":[{"product":"LAMP","quantity":"10"}]}"#,
      #"{"event":"goods.received","on":"2026-01-04","receipt":"GR-2","purchase":"PO-2","warehouse":"MAD","lines":[{"product":"LAMP","quantity":"30"}]}"#,
      #"{"event":"cost.landed","on":"2026-01-05","landing":"LC-1","receipts":["GR-1","GR-2"],"amount":"8","account":"6290","share":"quantity"}"#,
    ])
    let freight = try #require(try last("S-2", books))
    #expect(freight.contains(#""receipts":["GR-2"]"#), "\(freight)")
    #expect(freight.contains(#""aboutOthers":{"moves":1,"receipts":1}"#), "\(freight)")
    #expect(!freight.contains("GR-1"))
  }

  private static let ticket = [
    #"{"event":"ticket.opened","on":"2026-01-05","ticket":"T-1","customer":"C-1","text":"broken"}"#,
    #"{"event":"ticket.answered","on":"2026-01-06","ticket":"T-1","customer":"C-1","text":"soon","employee":"E-1","key":"answer-to-Ana"}"#,
  ]

  @Test func `has the key of an event that is theirs, and not of one in which others are left out`()
    throws
  {
    let books = try told(
      Self.ticket + [
        #"{"event":"payroll.run","on":"2026-01-31","run":"R","from":"2026-01-01","through":"2026-01-31","payslips":[{"employee":"E-1","gross":"1000"},{"employee":"CC","gross":"2000"}],"key":"wages-of-E-1-and-CC"}"#
      ])
    let theirs = try all("E-1", books)
    #expect(theirs.count == 3 && theirs[1].contains(#""employee":"E-1""#), "\(theirs)")
    #expect(theirs[2].contains(#""aboutOthers":{"#))
    #expect(theirs.allSatisfy { !$0.contains(#""key":"#) })
    let answered = try #require(try last("C-1", books))
    #expect(answered.contains(#""key":"answer-to-Ana""#), "\(answered)")
  }

  @Test func `of another's event has no moves that are about nobody`() throws {
    let new = try told(Self.ticket)
    let books = try new.open(readOnly: true)
    var answered = try #require(try books.event(at: books.log.head().size))
    let (cash, nobody) = (Place(NameID(.account, 1)), Place(NameID(.account, 2)))
    answered.moves = [
      Move(amount: 7, value: 7, commodity: .books, from: cash, to: nobody, on: answered.on),
      Move(amount: 9, value: 9, commodity: .books, from: cash, to: nobody, on: answered.on),
    ]
    answered.moves[1].to.subject = NameID(.employee, 1)
    var behind = PeopleBehindNames(books)
    func values(_ person: DataSubject) throws -> [Int64] {
      try PersonExcerpt(of: answered, about: person, &behind).moves.map(\.value)
    }
    #expect(try values(.customer("C-1")) == [7])
    #expect(try values(.employee("E-1")) == [9])
  }

  @Test func `takes nobody whose name is lost for nobody`() throws {
    let books = try told([]).open(readOnly: true)
    var behind = PeopleBehindNames(books)
    #expect(try behind.people(behind: NameID(.employee, 2)) == [.employee("CC")])
    #expect(try behind.people(behind: NameID(.account, 1)) == [])
    let error = #expect(throws: BooksError.self) {
      try behind.people(behind: NameID(.employee, 3))
    }
    #expect(error?.message == "The name of the employee number 3 is damaged.")
  }

  // MARK: The words of these tests

  private func told(_ lines: [String]) throws -> NewBooks {
    let new = try NewBooks()
    let books = try new.open()
    let answers = try books.record((Self.people + lines).map { try Proposal(json: Array($0.utf8)) })
    for answer in answers {
      #expect(answer.refusal == nil, "\(String(describing: answer.refusal))")
    }
    return new
  }

  private func all(_ person: String, _ new: NewBooks) throws -> [String] {
    let books = try new.open(readOnly: true)
    return try books.person(Code(person)).events.map { try books.json($0) }
  }

  private func last(_ person: String, _ books: NewBooks) throws -> String? {
    try all(person, books).last
  }

  /// What the moves of an event are worth, in their order.
  private func amounts(_ json: String) -> [String] {
    guard let root = try? JSONDocument(Array(json.utf8)).root.members(),
      let moves = try? root.first(where: { $0.name == "moves" })?.value.elements()
    else { return [] }
    return moves.compactMap { move in
      try? move.members().first { $0.name == "value" }?.value.text()
    }
  }
}
