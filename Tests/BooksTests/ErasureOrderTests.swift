// Why: a destroyed key does not come back, and one that lies elsewhere is not destroyed. So nothing is destroyed before its request is on
// disk, nobody is said to be erased whose key is not here, and one person's erasure is not another's answer.

internal import Books
internal import Decisions
internal import Events
internal import Foundation
internal import Ledger
internal import Support
internal import Testing
internal import Wire

@Suite struct `An erasure in its order` {
  @Test func `is not confirmed in the batch that asks for it, which may fail`() throws {
    let new = try told()
    let books = try new.open()
    for options in [RecordOptions(), RecordOptions(isAtomic: true)] {
      let answers = try books.record(
        [asking("C-9"), customer("C-3"), asking("C-3"), done("C-3")], options)
      #expect(
        answers.last?.refusal?.name == (options.isAtomic ? "person.unknown" : "erasure.notStored"))
    }
    let alone = try books.record([asking("C-1"), done("C-1")], RecordOptions(isAtomic: true))
    #expect(alone.map { $0.refusal?.name } == [nil, "erasure.notStored"])
    #expect(try shown(1, books) == "Ana")
    // One after the other, as a trial stands for, is as it should be.
    let trial = try books.record([asking("C-1"), done("C-1")], RecordOptions(isTrial: true))
    #expect(trial.allSatisfy { $0.prospect != nil })
    #expect(try shown(1, books) == "Ana")
    #expect(try books.record([asking("C-1")])[0].receipt != nil)
    #expect(try shown(1, books) == "Ana")
    #expect(try books.record([done("C-1")])[0].receipt != nil)
    #expect(try shown(1, books) == PersonalText.erased)
    #expect(try shown(2, books) == "Berta")
  }

  @Test func `lets nothing personal follow in the batch that confirms it`() throws {
    let new = try told()
    let books = try new.open()
    try books.record([asking("C-1")])
    let answers = try books.record([
      revising("C-1", "a@example.com"), done("C-1"), revising("C-1", "b@example.com"),
      revising("C-2", "c@example.com"),
    ])
    #expect(answers.map { $0.refusal?.name } == [nil, nil, "person.erased", nil])
  }

  @Test func `waits for a key that lies elsewhere`() throws {
    let new = try told()
    let (keys, away) = (new.path + "/keys", new.directory.path + "/away")
    try FileManager.default.moveItem(atPath: keys, toPath: away)
    do {
      let books = try new.open()
      let answers = try books.erase(erasureRequest("C-1"), on: "2026-03-01")
      #expect(answers.own.map { $0.refusal?.name } == [nil, "erasure.keyAbsent"])
      #expect(try books.completeErasures().map { $0.refusal?.name } == ["erasure.keyAbsent"])
    }
    // Nothing says so as long as it is not here, and then it goes.
    #expect(try new.open().finishedErasures.isEmpty)
    try FileManager.default.moveItem(atPath: away, toPath: keys)
    let books = try new.open()
    #expect(books.finishedErasures.count == 1)
    #expect(try books.person("C-1").erasedAt > 0)
    #expect(try shown(1, books) == PersonalText.erased && shown(2, books) == "Berta")
  }

  @Test func `waits for a key that an old copy of the keys lacks`() throws {
    let new = try told()
    let (keys, old) = (new.path + "/keys", new.directory.path + "/old")
    try FileManager.default.copyItem(atPath: keys, toPath: old)
    try new.open().record([customer("C-3", name: "Clara")])
    try FileManager.default.removeItem(atPath: keys)
    try FileManager.default.copyItem(atPath: old, toPath: keys)
    let answers = try new.open().erase(erasureRequest("C-3"), on: "2026-03-01")
    #expect(answers.own.map { $0.refusal?.name } == [nil, "erasure.keyAbsent"])
  }

  @Test func `of one person does not answer for another's`() throws {
    let new = try told()
    let books = try new.open()
    try books.record([asking("C-1"), Proposal(holdPlaced("C-1"), on: "2026-03-01", by: "ana")])
    let answers = try books.erase(erasureRequest("C-2"), on: "2026-03-01")
    #expect(answers.own.count == 2 && answers.own.allSatisfy { $0.receipt != nil })
    #expect(answers.others.map { $0.refusal?.name } == ["erasure.held"])
    #expect(try shown(1, books) == "Ana" && shown(2, books) == PersonalText.erased)
  }

  @Test func `that cannot be finished says that its request stands`() throws {
    let new = try told()
    // Something lies where the new store of keys is to be written.
    let obstacle = new.path + "/keys/next/obstacle"
    try FileManager.default.createDirectory(atPath: obstacle, withIntermediateDirectories: true)
    do {
      let books = try new.open()
      let error = #expect(throws: BooksError.self) {
        try books.erase(erasureRequest("C-1"), on: "2026-03-01")
      }
      #expect(error?.message.contains("asked for in event \(new.first + 3), which stands") == true)
      #expect(error?.remedy.contains("`diario erase --continue` finishes it") == true)
      #expect(try shown(1, books) == "Ana")
    }
    try FileManager.default.removeItem(atPath: obstacle)
    #expect(try new.open().finishedErasures.count == 1)
  }

  // MARK: The words of these tests

  /// Books with the customers Ana and Berta.
  private func told() throws -> NewBooks {
    let new = try NewBooks()
    try new.open().record([customer("C-1", name: "Ana"), customer("C-2", name: "Berta")])
    return new
  }

  private func asking(_ code: String) -> Proposal {
    Proposal(erasureRequest(code), on: "2026-03-01")
  }

  private func done(_ code: Code) -> Proposal {
    var event = ErasureCompleted()
    event.person = code
    return Proposal(event, on: "2026-03-01")
  }

  private func revising(_ code: Code, _ email: String) -> Proposal {
    var event = CustomerRevised()
    event.customer = code
    event.email = email
    return Proposal(event, on: "2026-03-02")
  }

  /// The name that is shown of the customer C-1 or C-2.
  private func shown(_ number: Int, _ books: Books) throws -> String {
    let file = try books.person(Code("C-\(number)"), .customer)
    let event = try #require(file.events.first)
    let fields = try JSONDocument(Array(try books.json(event).utf8)).root.members()
      .first { $0.name == "fields" }
    let name = try fields?.value.members().first { $0.name == "name" }
    return try name?.value.text() ?? ""
  }
}
