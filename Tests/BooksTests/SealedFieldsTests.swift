// Why: the log keeps what it learns for ever, so what is personal must be sealed before it gets there: every field of every kind, bound
// to where it stands, found again only with the key, and never the one for the other.

internal import Books
internal import Decisions
internal import EventLog
internal import Events
internal import Foundation
internal import Keys
internal import Ledger
internal import Proofs
internal import Support
internal import Testing
internal import Wire

@Suite struct `Personal fields` {
  private static let books = String(repeating: "01", count: 16)

  private static var kinds: [any Event.Type] {
    Catalogue.all.filter { Catalogue.personal.contains($0.kind.number) }
  }

  /// A record of the example of each kind, as it was decided.
  private static func record(_ type: any Event.Type) throws -> Recorded {
    func made<E: Event>(_ type: E.Type) throws -> Recorded {
      var record = Recorded()
      record.kind = type.kind.number
      record.at = Instant(microseconds: 1_798_761_600_000_000)
      record.body = try BinaryWriter.bytes(of: type.example)
      return record
    }
    return try made(type)
  }

  @Test func `of every kind are sealed, and opened again with their key`() throws {
    #expect(Self.kinds.count >= 12)
    for type in Self.kinds {
      let plain = try Self.record(type)
      let pen = Pen(place: Self.place(plain))
      let sealed = try plain.sealed(by: pen)
      #expect(sealed.flags == .sealed)
      let texts = try Self.texts(plain)
      #expect(!texts.isEmpty)
      for text in texts {
        #expect(sealed.body.firstRange(of: Array(text.utf8)) == nil, "\(type.kind.name): \(text)")
      }
      #expect(try sealed.opened(by: pen) == plain)
      #expect(try sealed.personalFields().map(\.name) == plain.personalFields().map(\.name))
      // Without a key each is there, and says nothing.
      let shut = try sealed.opened(by: LeaveSealed())
      #expect(try Self.texts(shut).allSatisfy { $0 == PersonalText.sealed })
    }
  }

  @Test func `moved to another event, field, person or company do not open`() throws {
    let key = SubjectKey()
    let place = SealedPlace(books: Self.books, at: 7, kind: 9)
    let sealed = key.seal("Ramiro", in: place, field: 2, of: .customer("C-1"))
    #expect(try key.open(sealed, in: place, field: 2, of: .customer("C-1")) == "Ramiro")
    var others: [(SealedPlace, Int, DataSubject)] = [
      (place, 3, .customer("C-1")), (place, 2, .customer("C-2")), (place, 2, .supplier("C-1")),
    ]
    for change in [\SealedPlace.at, \.kindAndMore] as [WritableKeyPath<SealedPlace, Int64>] {
      var other = place
      other[keyPath: change] += 1
      others.append((other, 2, .customer("C-1")))
    }
    var company = place
    company.books = String(repeating: "02", count: 16)
    others.append((company, 2, .customer("C-1")))
    for (place, field, subject) in others {
      #expect(throws: KeyError.self) {
        try key.open(sealed, in: place, field: field, of: subject)
      }
    }
    for index in sealed.indices {
      var flipped = sealed
      flipped[index] ^= 1
      #expect(throws: KeyError.self) {
        try key.open(flipped, in: place, field: 2, of: .customer("C-1"))
      }
    }
    #expect(throws: KeyError.self) {
      try SubjectKey().open(sealed, in: place, field: 2, of: .customer("C-1"))
    }
    // The same text is never sealed alike twice.
    #expect(key.seal("Ramiro", in: place, field: 2, of: .customer("C-1")) != sealed)
  }

  @Test func `lie sealed in every file, and are shown to who has the keys`() throws {
    let new = try NewBooks()
    let books = try new.open()
    try books.record([customer("C-1", name: "Ramiro Cuaresma")])
    let position = new.first + 1
    #expect(try FileSearch.files(in: new.path, with: "Cuaresma").isEmpty)
    // Negative control: the search finds what is there.
    #expect(try !FileSearch.files(in: new.path, with: "C-1").isEmpty)
    #expect(try books.json(#require(try books.event(at: position))).contains("Ramiro Cuaresma"))
    #expect(try name(books, position) == "Ramiro Cuaresma")
  }

  @Test func `are recognised when they come again, and another text under the same key is refused`()
    throws
  {
    let new = try NewBooks()
    var first = customer("C-1", name: "Ramiro Cuaresma")
    first.key = "k"
    var other = first
    other.event = customer("C-1", name: "Ramira Cuaresma").event
    for _ in 1...2 {
      let books = try new.open()
      let answers = try books.record([first, first, other])
      #expect(answers[0].receipt?.position == new.first + 1)
      #expect(answers[1].receipt?.isRepeated == true)
      #expect(answers[2].refusal?.name == "key.reused")
    }
    // What is kept of the proposal is no fingerprint that a guess can be compared with.
    let books = try new.open()
    var account = AccountOpened()
    account.account = "9999"
    account.name = "Suspense"
    account.kind = .asset
    try books.record([Proposal(account, on: "2026-02-01", key: "a")])
    let digests = try (new.first + 1...new.first + 2).map {
      try #require(try books.event(at: $0)).digest
    }
    #expect(digests[0] != (try fingerprint(first)))
    #expect(digests[1] == (try fingerprint(Proposal(account, on: "2026-02-01"))))
  }

  /// What FORMAT.md §4.5 keeps of a proposal without personal data: the first half of a SHA-256.
  private func fingerprint(_ proposal: Proposal) throws -> ContentDigest {
    func body<E: Event>(_ event: E) throws -> [UInt8] { try BinaryWriter.bytes(of: event) }
    var bytes: [UInt8] = []
    bytes.append(littleEndian: type(of: proposal.event).kind.number)
    bytes.append(littleEndian: proposal.on.number)
    bytes += [UInt8](repeating: 0, count: 9)
    bytes += try body(proposal.event)
    return ContentDigest(MerkleHash.of(bytes.raw))
  }

  @Test func `need their keys, and nothing else does`() throws {
    let new = try NewBooks()
    try new.open().record([customer("C-1", name: "Ramiro Cuaresma")])
    let keys = new.path + "/keys"
    let aside = new.directory.path + "/keys"
    try FileManager.default.moveItem(atPath: keys, toPath: aside)
    let position = new.first + 1
    do {
      let books = try new.open()
      #expect(fault { try name(books, position) } == .keys(.absent))
      // A new person is not sealed with new keys as if nothing had been.
      var account = AccountOpened()
      account.account = "9999"
      account.name = "Suspense"
      account.kind = .asset
      // What needs none is recorded, and what does is refused.
      let answers = try books.record([
        customer("C-2", name: "Otra"), Proposal(account, on: "2026-01-02"),
      ])
      #expect(answers[0].refusal?.name == "keys.unreadable")
      #expect(answers[1].receipt?.position == position + 1)
    }
    do {
      let books = try Books(
        at: new.path, keys: KeyOptions(isWithoutKeys: true), now: new.clock.now)
      #expect(try name(books, position) == PersonalText.sealed)
    }
    let other = try NewBooks(identity: 2)
    try other.open().record([customer("C-1", name: "Otra")])
    try FileManager.default.copyItem(atPath: other.path + "/keys", toPath: keys)
    #expect(fault { try name(new.open(), position) } == .keys(.otherBooks))
    try FileManager.default.removeItem(atPath: keys)
    try FileManager.default.moveItem(atPath: aside, toPath: keys)
    #expect(try name(new.open(), position) == "Ramiro Cuaresma")
    try FileManager.default.removeItem(atPath: keys + "/master.key")
    #expect(fault { try name(new.open(), position) } == .keys(.masterKeyAbsent))
    try FileManager.default.copyItem(
      atPath: other.path + "/keys/master.key", toPath: keys + "/master.key")
    #expect(fault { try name(new.open(), position) } == .keys(.masterKeyWrong))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: keys + "/master.key")
    #expect(fault { try name(new.open(), position) } == .keys(.masterKeyExposed))
  }

  @Test func `of books that were written before there were keys are read as they are`() throws {
    let new = try NewBooks()
    do {
      let log = try LMDBLog(at: new.path + "/log")
      var record = Recorded()
      record.position = new.first + 1
      record.at = new.clock.now()
      record.on = "2026-01-02"
      record.kind = CustomerRegistered.kind.number
      let id = NameID(.customer, 1)
      record.mentions = [id]
      record.introduced = [Introduced(id: id, code: "C-1")]
      var registered = CustomerRegistered()
      registered.customer = "C-1"
      registered.name = "Ramiro Cuaresma"
      record.body = try BinaryWriter.bytes(of: registered)
      var frame = Frame()
      frame.append(record)
      try log.append(frame, expecting: new.first)
    }
    let books = try new.open()
    #expect(try name(books, new.first + 1) == "Ramiro Cuaresma")
    var revised = CustomerRevised()
    revised.customer = "C-1"
    revised.email = "ramiro@example.com"
    let answers = try books.record([Proposal(revised, on: "2026-01-03")])
    #expect(answers[0].receipt?.position == new.first + 2)
    #expect(try FileSearch.files(in: new.path, with: "ramiro@").isEmpty)
  }

  // MARK: The words of these tests

  private static func place(_ record: Recorded) -> SealedPlace {
    SealedPlace(books: books, at: record.at.microseconds, kind: record.kind)
  }

  private static func texts(_ record: Recorded) throws -> [String] {
    func found<E: Event>(_ type: E.Type) throws -> [String] {
      let json = try JSONWriter.text(of: try #require(try record.event(type)))
      let members = try JSONDocument(Array(json.utf8)).root.members()
      let names = Set(try record.personalFields().map(\.name))
      return try members.filter { names.contains($0.name) }.map { try $0.value.text() }
    }
    guard let type = Catalogue.numbered(record.kind) else { return [] }
    return try found(type)
  }

  private func name(_ books: Books, _ position: Position) throws -> String? {
    try books.event(at: position).map { try books.json($0) }
      .flatMap { try JSONDocument(Array($0.utf8)).root.members() }?
      .first { $0.name == "fields" }
      .flatMap { try $0.value.members().first { $0.name == "name" } }?.value.text()
  }

  private func fault(_ body: () throws -> Void) -> BooksError.Code? {
    do { try body() } catch { return (error as? BooksError)?.code }
    return nil
  }

  private func fault(_ body: () throws -> String?) -> BooksError.Code? {
    fault { () throws in _ = try body() }
  }
}

extension SealedPlace {
  /// The kind as a number that can be changed like a moment.
  fileprivate var kindAndMore: Int64 {
    get { Int64(kind) }
    set { kind = UInt16(newValue) }
  }
}

/// Seals and opens with one key.
private struct Pen: PersonalSealing, PersonalOpening {
  let key = SubjectKey()
  let place: SealedPlace

  func seal(_ text: String, field number: Int, of subject: DataSubject) -> [UInt8] {
    key.seal(text, in: place, field: number, of: subject)
  }

  func open(
    _ sealed: [UInt8], field number: Int, of subject: DataSubject
  ) throws(WireError) -> String {
    do throws(KeyError) {
      return try key.open(sealed, in: place, field: number, of: subject)
    } catch { throw WireError(.unreadable, error.message, remedy: error.remedy) }
  }
}
