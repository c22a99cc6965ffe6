// Why: a receipt is a promise. What is refused, tried or given up leaves nothing; what is recorded is there once.

internal import Books
internal import Decisions
internal import EventLog
internal import Events
internal import Ledger
internal import Support
internal import Testing
internal import Wire

@Suite struct `Recording` {
  @Test func `the same key again gives the first answer, in the batch and after a restart`() throws
  {
    let new = try NewBooks()
    let proposal = customer("C-1", key: "k1")
    var receipts: [Receipt] = []
    do {
      let books = try new.open()
      for answer in try books.record([proposal, customer("C-2"), proposal]) {
        receipts.append(try #require(answer.receipt))
      }
      receipts.append(try #require(try books.record([proposal])[0].receipt))
    }
    let books = try new.open()
    receipts.append(try #require(try books.record([proposal])[0].receipt))
    #expect(receipts.map(\.isRepeated) == [false, false, true, true, true])
    #expect(receipts.map(\.position) == [1, 2, 1, 1, 1].map { new.first + $0 })
    #expect(Set([0, 2, 3, 4].map { receipts[$0].at }).count == 1)
    #expect(try books.size() == new.first + 2)
  }

  @Test func `a key with another body, day, author or cause is refused`() throws {
    let new = try NewBooks()
    let books = try new.open()
    let proposal = customer("C-1", key: "k1")
    var others = [customer("C-1", name: "Eva", key: "k1"), customer("C-2", key: "k1")]
    var other = proposal
    other.on = "2026-02-02"
    others.append(other)
    other = proposal
    other.by = "eva"
    others.append(other)
    other = proposal
    other.because = 1
    others.append(other)
    // In one batch with the first use, and after it.
    for attempt in 0..<2 {
      let answers = try books.record([proposal] + others)
      #expect(answers[0].receipt?.isRepeated == (attempt == 1))
      for answer in answers.dropFirst() { #expect(answer.refusal?.name == "key.reused") }
    }
    #expect(try books.size() == new.first + 1)
  }

  @Test func `keys are the same only byte by byte, in one batch as in two`() throws {
    let new = try NewBooks()
    let books = try new.open()
    let proposals = [customer("C-1", key: "\u{e9}"), customer("C-2", key: "e\u{301}")]
    for isRepeated in [false, true] {
      let receipts = try books.record(proposals).map { try #require($0.receipt) }
      #expect(receipts.map(\.position) == [1, 2].map { new.first + $0 })
      #expect(receipts.map(\.isRepeated) == [isRepeated, isRepeated])
    }
  }

  @Test func `a key whose event was refused may be used again`() throws {
    let new = try NewBooks()
    let books = try new.open()
    var bad = customer("C-1", key: "k1")
    bad.because = 99_999
    #expect(try books.record([bad])[0].refusal?.name == "because.unknown")
    let good = try books.record([customer("C-1", key: "k1")])[0].receipt
    #expect(good?.position == new.first + 1)
    #expect(good?.isRepeated == false)
  }

  @Test(arguments: [
    RecordOptions(isAtomic: true), RecordOptions(isTrial: true),
    RecordOptions(isAtomic: true, isTrial: true),
  ]) func `an atomic batch with a refusal, and a trial, leave nothing`(
    _ options: RecordOptions
  ) throws {
    let new = try NewBooks()
    let books = try new.open()
    try books.record([customer("C-0")])
    let head = try books.log.head()
    // The last one is refused: its customer exists.
    let batch = [customer("C-1", key: "k"), customer("C-2"), customer("C-0")]
    for _ in 0..<2 {
      let answers = try books.record(batch, options)
      #expect(answers.last?.refusal != nil)
      #expect(answers.dropLast().allSatisfy { $0.receipt == nil })
      #expect(answers.dropLast().map { $0.prospect?.position } == [new.first + 2, new.first + 3])
      #expect(try books.log.head() == head)
      #expect(try books.log.use(of: "k") == nil)
      #expect(try books.log.name(.customer, "C-1") == nil)
      #expect(try books.ids(of: "C-2").isEmpty)
    }
    // Nothing is remembered either: the same is recorded as if it had never been proposed.
    let answers = try books.record(Array(batch.prefix(2)), RecordOptions(isAtomic: true))
    #expect(answers.map { $0.receipt?.position } == [new.first + 2, new.first + 3])
    #expect(answers.allSatisfy { $0.receipt?.isRepeated == false })
    // What is recorded stays so, whatever is refused beside it.
    let retried = try books.record(batch + [customer("C-3")], options)
    #expect(retried[0].receipt?.isRepeated == true)
    #expect(retried.allSatisfy { $0.prospect == nil || $0.prospect?.position == new.first + 4 })
  }

  @Test func `a clock beyond what can be written records nothing, and the books go on`() throws {
    let new = try NewBooks()
    let books = try new.open()
    new.clock.set(Instant(microseconds: Instant.last.microseconds + 5_000))
    #expect(try books.record([customer("C-1")])[0].refusal?.name == "clock.unwritable")
    new.clock.set(try Instant("2030-01-01T00:00:00Z"))
    #expect(try books.record([customer("C-1")])[0].receipt != nil)
    #expect(try books.event(at: new.first + 1)?.kind == CustomerRegistered.kind.number)
  }

  @Test func `a clock that goes backwards is noted, and moments rise all the same`() throws {
    let new = try NewBooks()
    let books = try new.open()
    let last = try #require(try books.record([customer("C-1")])[0].receipt?.at)
    new.clock.set(try Instant("2001-01-01T00:00:00Z"))
    let answers = try books.record([customer("C-2"), customer("C-3")])
    let moments = answers.compactMap { $0.receipt?.at.microseconds }
    #expect(moments == [last.microseconds + 1, last.microseconds + 2])
    for position in new.first + 2...new.first + 3 {
      #expect(try books.event(at: position)?.flags == [.clockBehind, .sealed])
    }
    new.clock.set(try Instant("2030-01-01T00:00:00Z"))
    try books.record([customer("C-4")])
    #expect(try books.event(at: new.first + 4)?.flags == .sealed)
    #expect(try books.event(at: new.first + 1)?.flags == .sealed)
  }

  @Test func `a moment may be given only when history is imported, rising and not in the future`()
    throws
  {
    let new = try NewBooks()
    let books = try new.open()
    func answer(_ code: String, at moment: String, _ options: RecordOptions) throws -> Answer {
      var proposal = customer(code)
      proposal.at = try Instant(moment)
      return try books.record([proposal], options)[0]
    }
    let importing = RecordOptions(isImport: true)
    let first = try answer("C-1", at: "2026-03-01T10:00:00Z", RecordOptions())
    #expect(first.refusal?.name == "at.notImporting")
    let second = try answer("C-1", at: "2026-03-01T10:00:00Z", importing)
    #expect(second.receipt?.at == (try Instant("2026-03-01T10:00:00Z")))
    #expect(try books.event(at: new.first + 1)?.flags == [.imported, .sealed])
    for moment in ["2026-03-01T10:00:00Z", "2026-03-01T11:00:00+01:00", "2025-01-01T00:00:00Z"] {
      #expect(try answer("C-2", at: moment, importing).refusal?.name == "at.backwards")
    }
    let late = try answer("C-2", at: "2031-01-01T00:00:00Z", importing)
    #expect(late.refusal?.name == "at.future")
    #expect(try books.size() == new.first + 1)
  }

  @Test func `what must be unchanged is looked at, also within the batch`() throws {
    let new = try NewBooks()
    let books = try new.open()
    try books.record([customer("C-1"), customer("C-2")])
    func revision(since position: Position, about codes: [Code]) -> Proposal {
      var event = CustomerRevised()
      event.customer = "C-1"
      event.terms = 15
      var condition = Condition()
      condition.unchangedSince = Int64(position)
      condition.about = codes
      return Proposal(event, on: "2026-02-02", condition: condition)
    }
    let seen = new.first + 1
    let answers = try books.record([
      revision(since: seen - 1, about: ["C-1"]), revision(since: seen, about: ["C-1"]),
      revision(since: seen, about: ["C-1"]), revision(since: seen + 2, about: ["C-1", "C-2"]),
      revision(since: 999, about: ["nobody"]),
    ])
    #expect(
      answers.map { $0.refusal?.name } == [
        "condition.changed", nil, "condition.changed", nil, "condition.unknown",
      ])
    #expect(answers.compactMap { $0.receipt?.position } == [new.first + 3, new.first + 4])
  }

  @Test func `books for reading only refuse to record, and see what is there`() throws {
    let new = try NewBooks()
    do {
      let books = try new.open()
      try books.record([customer("C-1")])
    }
    let books = try new.open(readOnly: true)
    #expect(try books.size() == new.first + 1)
    #expect(throws: BooksError.self) { try books.record([customer("C-2")]) }
    #expect(try books.size() == new.first + 1)
  }
}
