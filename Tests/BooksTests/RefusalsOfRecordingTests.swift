// Why: some refusals are the recorder's own: they are about keys and moments, which decisions do not see.

internal import Books
internal import Decisions
internal import Events
internal import Foundation
internal import Ledger
internal import Support
internal import Testing
internal import Wire

@Suite struct `RefusalsOfRecording` {
  private func answer(
    _ line: String, _ books: Books, _ options: RecordOptions = RecordOptions(),
    behind earlier: [String] = []
  ) throws -> Refusal? {
    let proposals = try (earlier + [line]).map {
      try Proposal(json: Array($0.replacing("'", with: "\"").utf8))
    }
    guard let refusal = try books.record(proposals, options).last?.refusal else { return nil }
    if let test = Test.current,
      let complaint = RefusalTable.shared.note(line, refusal, in: test.name)
    {
      Issue.record("\(complaint)")
    }
    return refusal
  }

  @Test func `a key stands for one event, and moments are given while importing, in their order`()
    throws
  {
    let new = try NewBooks()
    let books = try new.open()
    func customer(_ code: String, _ rest: String) -> String {
      "{'event':'customer.registered','on':'2026-02-01','customer':'\(code)','name':'Ana'\(rest)}"
    }
    #expect(try answer(customer("C-1", ",'key':'k1'"), books) == nil)
    #expect(try answer(customer("C-2", ",'key':'k1'"), books)?.name == "key.reused")
    let moment = ",'at':'2026-03-01T10:00:00Z'"
    let importing = RecordOptions(isImport: true)
    #expect(try answer(customer("C-2", moment), books)?.name == "at.notImporting")
    #expect(try answer(customer("C-2", moment), books, importing)?.name == "at.backwards")
    let future = ",'at':'2031-01-01T00:00:00Z'"
    #expect(try answer(customer("C-2", future), books, importing)?.name == "at.future")
    new.clock.set(Instant(microseconds: Instant.last.microseconds + 1))
    #expect(try answer(customer("C-2", ""), books)?.name == "clock.unwritable")
  }

  @Test func `what is erased is erased once, and nothing personal follows it`() throws {
    let new = try NewBooks()
    let books = try new.open()
    let customer =
      "{'event':'customer.registered','on':'2026-02-01','key':'k1','customer':'C-1','name':'Ana'}"
    let erase =
      "{'event':'erasure.requested','on':'2026-02-02','person':'C-1','reason':'asked by letter'}"
    let done = "{'event':'erasure.completed','on':'2026-02-02','person':'C-1'}"
    #expect(try answer(customer, books) == nil)
    let early = erase.replacing("2026-02-02", with: "2031-01-01")
    #expect(try answer(early, books)?.name == "erasure.future")
    let atOnce = try answer(done, books, RecordOptions(isAtomic: true), behind: [erase])
    #expect(atOnce?.name == "erasure.notStored")
    #expect(try answer(erase, books) == nil)
    #expect(try answer(erase, books)?.name == "erasure.duplicate")
    try books.completeErasures()
    let hold =
      "{'event':'hold.placed','on':'2026-02-02','by':'ana','hold':'H-1','person':'C-1','reason':'inspection'}"
    #expect(try answer(hold, books)?.name == "hold.late")
    let email =
      "{'event':'customer.revised','on':'2026-02-03','customer':'C-1','email':'ana@example.com'}"
    #expect(try answer(email, books)?.name == "person.erased")
    #expect(try answer(customer, books)?.name == "key.erased")
  }

  @Test func `without keys what is personal is refused, and nobody is said to be erased`() throws {
    let new = try NewBooks()
    let customer = "{'event':'customer.registered','on':'2026-02-01','customer':'C-1','name':'Ana'}"
    #expect(try answer(customer, new.open()) == nil)
    try FileManager.default.removeItem(atPath: new.path + "/keys")
    let books = try new.open()
    let erase =
      "{'event':'erasure.requested','on':'2026-02-02','person':'C-1','reason':'asked by letter'}"
    #expect(try answer(erase, books) == nil)
    let done = "{'event':'erasure.completed','on':'2026-02-02','person':'C-1'}"
    #expect(try answer(done, books)?.name == "erasure.keyAbsent")
    let other = "{'event':'customer.registered','on':'2026-02-01','customer':'C-2','name':'Eva'}"
    #expect(try answer(other, books)?.name == "keys.unreadable")
  }
}
