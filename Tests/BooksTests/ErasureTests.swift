// Why: erased means that no file of the books holds the person's words any more, and that everything else is as it was: proofs, reports,
// decisions. Wherever an erasure is interrupted, the person is readable as before or erased, and the next opening finishes it.

internal import Books
internal import Decisions
internal import EventLog
internal import Events
internal import Foundation
internal import Keys
internal import Ledger
internal import Projections
internal import Proofs
internal import Reports
internal import Summaries
internal import Support
internal import Testing
internal import Wire

@Suite struct `An erasure` {
  /// Words that stand nowhere else, one in each personal field of each kind that has any.
  private static let story = [
    #"{"event":"customer.registered","on":"2026-01-02","customer":"C-17","name":"Xenia Quiróga-1","taxID":"Quiróga-2","email":"Quiróga-3","address":"Quiróga-4"}"#,
    #"{"event":"customer.revised","on":"2026-01-03","customer":"C-17","name":"Xenia Quiróga-5","taxID":"Quiróga-6","email":"Quiróga-7","address":"Quiróga-8"}"#,
    #"{"event":"preference.recorded","on":"2026-01-03","customer":"C-17","preference":"delivery","value":"Quiróga-9"}"#,
    #"{"event":"interaction.logged","on":"2026-01-03","customer":"C-17","channel":"phone","text":"Quiróga-10"}"#,
    #"{"event":"ticket.opened","on":"2026-01-03","key":"t","ticket":"T-1","customer":"C-17","text":"Quiróga-11"}"#,
    #"{"event":"ticket.answered","on":"2026-01-04","ticket":"T-1","text":"Quiróga-12"}"#,
    #"{"event":"ticket.closed","on":"2026-01-05","ticket":"T-1","text":"Quiróga-13"}"#,
    #"{"event":"supplier.registered","on":"2026-01-02","supplier":"S-3","name":"Quiróga-14","taxID":"Quiróga-15","email":"Quiróga-16","address":"Quiróga-17"}"#,
    #"{"event":"supplier.revised","on":"2026-01-03","supplier":"S-3","name":"Quiróga-18","taxID":"Quiróga-19","email":"Quiróga-20","address":"Quiróga-21"}"#,
    #"{"event":"employee.hired","on":"2026-01-02","employee":"E-7","name":"Quiróga-22","taxID":"Quiróga-23"}"#,
    #"{"event":"employee.revised","on":"2026-01-03","employee":"E-7","name":"Quiróga-24","taxID":"Quiróga-25"}"#,
    #"{"event":"absence.recorded","on":"2026-01-05","employee":"E-7","from":"2026-01-05","through":"2026-01-06","reason":"sickness","text":"Quiróga-26"}"#,
    #"{"event":"review.recorded","on":"2026-01-07","employee":"E-7","reviewer":"E-8","text":"Quiróga-27"}"#,
  ]
  private static let others = [
    #"{"event":"employee.hired","on":"2026-01-02","employee":"E-8","name":"Marta Bien"}"#,
    #"{"event":"customer.registered","on":"2026-01-02","customer":"C-18","name":"Otro Cliente"}"#,
  ]
  /// With small leaves nearly everything is in summaries.
  private static let small = SummaryTree(leafSize: 8, fanout: 3)
  private static let people: [(String, PersonRole)] = [
    ("C-17", .customer), ("S-3", .supplier), ("E-7", .employee),
  ]

  @Test func `leaves none of the person's words in any file, for every kind that has some`() throws
  {
    let new = try told(Self.small)
    let before = new.first + Position(Self.story.count + Self.others.count)
    let root = try new.open(tree: Self.small).root(at: before)
    let events = try Self.story.map { try proposal($0).event }
    let kinds = events.map { type(of: $0).kind.number }
    #expect(
      Set(kinds) == Catalogue.personal, "a kind with personal fields is missing in this story")
    let wrapped = try Self.people.map { try wrappedKey($0.0, $0.1, new) }
    // Nothing of it ever lay in the log or in a summary; the keys are what is to be destroyed.
    #expect(try FileSearch.files(in: new.path, with: "Quiróga").isEmpty)
    #expect(try new.open(tree: Self.small).viewStatus().allSatisfy { $0.covered > 0 })
    for key in wrapped { #expect(try !FileSearch.files(in: new.path, with: key).isEmpty) }
    do {
      let books = try new.open(tree: Self.small)
      try books.rebuild()
      for (code, role) in Self.people {
        let answers = try books.erase(erasureRequest(code, role), on: "2026-02-01", by: "ana").own
        #expect(answers.count == 2 && answers.allSatisfy { $0.receipt != nil })
      }
    }
    for words in ["Quiróga", "Quiro", "Xenia"] {
      #expect(try FileSearch.files(in: new.path, with: words).isEmpty)
    }
    for key in wrapped { #expect(try FileSearch.files(in: new.path, with: key).isEmpty) }
    // Everything else is as it was: the tree, every look, every other person.
    let books = try new.open(tree: Self.small)
    #expect(try books.verify().isSound)
    #expect(try books.root(at: before) == root)
    #expect(try books.replay().events == books.size())
    try books.rebuild()
    let customers = try table("customers", books)
    #expect(customers.contains(PersonalText.erased) && customers.contains("Otro Cliente"))
    #expect(!customers.contains("Quiróga"))
    #expect(try table("employees", books).contains("Marta Bien"))
    for (code, role) in Self.people {
      let file = try books.person(Code(code), role)
      #expect(file.erasedAt > file.erasureRequestedAt && file.erasureRequestedAt > 0)
      let sealed = file.events.filter { Catalogue.personal.contains($0.kind) }
      #expect(sealed.count >= 2)
      for event in sealed {
        #expect(try books.json(event).contains(PersonalText.erased))
      }
    }
  }

  @Test func `is not needed to keep what is said about somebody from others whom it mentions`()
    throws
  {
    let new = try told()
    let books = try new.open()
    func words(_ code: Code) throws -> String {
      try books.person(code, .employee).events.map { try books.json($0) }.joined(separator: "\n")
    }
    #expect(try words("E-7").contains("Quiróga-27"))
    let reviewer = try words("E-8")
    #expect(reviewer.contains("Marta Bien") && reviewer.contains("review.recorded"))
    #expect(reviewer.contains(PersonalText.ofSomebodyElse) && !reviewer.contains("Quiróga"))
  }

  @Test func `is finished by the next opening, wherever it was interrupted`() throws {
    for step in 0...4 {
      let new = try told()
      let keys = new.path + "/keys"
      let old = new.directory.path + "/old"
      try FileManager.default.copyItem(atPath: keys, toPath: old)
      do {
        let books = try new.open()
        #expect(
          try books.record([Proposal(erasureRequest("C-17"), on: "2026-02-01")])[0].receipt != nil)
        // Not yet done: as before.
        #expect(try table("customers", books).contains("Quiróga-5"))
      }
      if step >= 1 {
        // A store that was being written.
        try FileManager.default.copyItem(atPath: keys + "/1", toPath: keys + "/next")
      }
      if step >= 2 {
        let identity = String(repeating: "01", count: 16)
        let store = KeyStore(at: keys, books: identity, readOnly: false)
        try store.erase([.customer("C-17"): 1])
        // Destroyed, and not yet confirmed: erased.
        #expect(try table("customers", new.open(readOnly: true)).contains(PersonalText.erased))
      }
      if step >= 3 {
        // The old store was not deleted yet.
        try FileManager.default.copyItem(atPath: old + "/1", toPath: keys + "/1")
      }
      if step >= 4 {
        // All of it came back with an old copy of the keys.
        _ = try new.open()
        try FileManager.default.removeItem(atPath: keys)
        try FileManager.default.copyItem(atPath: old, toPath: keys)
        #expect(try table("customers", new.open(readOnly: true)).contains(PersonalText.erased))
      }
      let wrapped = try wrappedKey("C-17", .customer, at: old)
      let books = try new.open()
      let file = try books.person("C-17")
      #expect(file.erasedAt > 0, "step \(step)")
      #expect(try FileSearch.files(in: new.path, with: wrapped).isEmpty, "step \(step)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: keys).count == 2, "step \(step)")
      #expect(try table("customers", books).contains("Otro Cliente"), "step \(step)")
      #expect(try books.completeErasures().isEmpty)
    }
  }

  @Test func `waits while a hold keeps the data`() throws {
    let new = try told()
    let books = try new.open()
    func hold(_ kind: String) throws -> Proposal {
      try proposal(
        #"{"event":"hold.\#(kind)","on":"2026-01-10","by":"ana","hold":"H","person":"C-17","reason":"inspection"}"#
      )
    }
    #expect(try books.record([hold("placed")])[0].receipt != nil)
    #expect(
      try books.erase(erasureRequest("C-17"), on: "2026-02-01").own[0].refusal?.name
        == "erasure.held")
    #expect(try books.person("C-17").holds == ["H": "inspection"])
    try books.record([
      hold("lifted"), Proposal(erasureRequest("C-17"), on: "2026-02-01"), hold("placed"),
    ])
    // It was asked for, and then forbidden before it was done.
    let answers = try books.completeErasures()
    #expect(answers.map { $0.refusal?.name } == ["erasure.held"])
    #expect(try table("customers", books).contains("Quiróga-5"))
    try books.record([hold("lifted")])
    #expect(try books.completeErasures().allSatisfy { $0.receipt != nil })
    #expect(try table("customers", books).contains(PersonalText.erased))
    let late = try books.record([
      hold("placed"), Proposal(erasureRequest("C-17"), on: "2026-02-01"),
    ])
    #expect(late.map { $0.refusal?.name } == ["hold.late", "erasure.duplicate"])
  }

  /// A hold of C-17's data that ends at the beginning of 2031.
  private func recordHold(_ books: Books) throws {
    var lifted = HoldLifted()
    lifted.hold = "H"
    lifted.person = "C-17"
    lifted.reason = "five years are over"
    let answers = try books.record([
      Proposal(holdPlaced("C-17"), on: "2026-02-01", by: "ana"),
      Proposal(lifted, on: "2031-01-01", by: "ana"),
    ])
    #expect(answers.allSatisfy { $0.receipt != nil }, "\(answers)")
  }

  @Test func `waits for the day on which a hold ends, and is not asked for on a day to come`()
    throws
  {
    let new = try told()
    let books = try new.open()
    try recordHold(books)
    let held = try books.erase(erasureRequest("C-17"), on: "2030-12-31").own[0].refusal
    #expect(held?.name == "erasure.held" && held?.message.contains("until 2031-01-01") == true)
    // The clock is at the beginning of 2027.
    let early = try books.erase(erasureRequest("C-17"), on: "2031-01-01").own[0].refusal
    #expect(early?.name == "erasure.future", "\(String(describing: early))")
    #expect(try table("customers", books).contains("Quiróga-5"))
    new.clock.set(try Instant("2031-01-01T00:00:00Z"))
    let done = try books.erase(erasureRequest("C-17"), on: "2031-01-01").own
    #expect(done.count == 2 && done.allSatisfy { $0.receipt != nil }, "\(done)")
  }

  @Test func `waits for a hold's end also behind an event of a clock that went ahead`() throws {
    let new = try told()
    let books = try new.open()
    new.clock.set(try Instant("2106-01-01T00:00:00Z"))
    try recordHold(books)
    let now = try Instant("2027-01-01T00:00:00Z")
    new.clock.set(now)
    #expect(try books.lastMoment(ahead: now)?.description.hasPrefix("2106-01-01") == true)
    #expect(try books.lastMoment(ahead: try Instant("2106-01-01T00:00:01Z")) == nil)
    let early = try books.erase(erasureRequest("C-17"), on: "2031-01-01").own[0].refusal
    #expect(early?.name == "erasure.future", "\(String(describing: early))")
    #expect(try table("customers", books).contains("Quiróga-5"))
  }

  @Test func `is for good: nothing personal is recorded of the person again`() throws {
    let new = try told()
    let books = try new.open()
    _ = try books.erase(erasureRequest("C-17"), on: "2026-02-01")
    let again = try books.record([
      proposal(#"{"event":"customer.revised","on":"2026-02-02","customer":"C-17","email":"x@y"}"#),
      proposal(Self.story[4]),
      proposal(#"{"event":"customer.revised","on":"2026-02-02","customer":"C-17","terms":30}"#),
    ])
    #expect(again[0].refusal?.name == "person.erased")
    #expect(again[1].refusal?.name == "key.erased")
    // What is not personal goes on: the law may demand it.
    #expect(again[2].receipt != nil)
  }

  @Test func `leaves the others readable under a new master key, and the old one opens nothing`()
    throws
  {
    let new = try told()
    let master = new.path + "/keys/master.key"
    let old = try String(contentsOfFile: master, encoding: .utf8)
    do {
      let books = try new.open()
      _ = try books.erase(erasureRequest("C-17"), on: "2026-02-01")
      try books.changeMasterKey()
      #expect(try table("customers", books).contains("Otro Cliente"))
    }
    #expect(try String(contentsOfFile: master, encoding: .utf8) != old)
    #expect(try table("customers", new.open()).contains("Otro Cliente"))
    #expect(try FileSearch.files(in: new.path, with: String(old.prefix(80))).isEmpty)
    // Interrupted before the new key got its name: both are there, and the right one is found.
    let current = try String(contentsOfFile: master, encoding: .utf8)
    try current.write(toFile: master + ".next", atomically: true, encoding: .utf8)
    try old.write(toFile: master, atomically: true, encoding: .utf8)
    for file in [master, master + ".next"] {
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    }
    #expect(try table("customers", new.open(readOnly: true)).contains("Otro Cliente"))
    #expect(try table("customers", new.open()).contains("Otro Cliente"))
    #expect(!FileManager.default.fileExists(atPath: master + ".next"))
    #expect(try String(contentsOfFile: master, encoding: .utf8) == current)
    // Into a file of its own, outside.
    let outside = new.directory.path + "/aranda.master"
    try new.open().changeMasterKey(to: outside)
    #expect(!FileManager.default.fileExists(atPath: master))
    let keys = KeyOptions(masterKey: outside)
    func isReadable() throws -> Bool {
      let books = try Books(at: new.path, readOnly: true, keys: keys, now: new.clock.now)
      return try table("customers", books).contains("Otro Cliente")
    }
    #expect(try isReadable())
    // Interrupted before the old one was deleted, or a power cut has brought it back: the next opening deletes it.
    try current.write(toFile: master, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: master)
    #expect(try isReadable())
    _ = try Books(at: new.path, keys: keys, now: new.clock.now)
    #expect(!FileManager.default.fileExists(atPath: master))
  }

  @Test func `is not hindered by a new master key that could not be made`() throws {
    let new = try told()
    let (master, other) = (new.path + "/keys/master.key", new.directory.path + "/other.master")
    let kept = new.directory.path + "/kept"
    try FileManager.default.moveItem(atPath: master, toPath: kept)
    // Without the old one nothing can be wrapped again, so no new one is made either.
    #expect(throws: BooksError.self) { try new.open().changeMasterKey(to: other) }
    #expect(!FileManager.default.fileExists(atPath: other))
    #expect(throws: BooksError.self) { try new.open().changeMasterKey() }
    #expect(try FileManager.default.contentsOfDirectory(atPath: new.path + "/keys").count == 1)
    try FileManager.default.moveItem(atPath: kept, toPath: master)
    #expect(try table("customers", new.open()).contains("Otro Cliente"))
  }

  // MARK: The words of these tests

  /// Books in which the story has happened.
  private func told(_ tree: SummaryTree = .standard) throws -> NewBooks {
    let new = try NewBooks()
    let answers = try new.open(tree: tree).record((Self.others + Self.story).map(proposal))
    for answer in answers { #expect(answer.refusal == nil) }
    return new
  }

  private func proposal(_ line: String) throws -> Proposal { try Proposal(json: Array(line.utf8)) }

  private func table(_ report: String, _ books: Books) throws -> String {
    try ReportCatalogue.named(report).table(try books.look()).text()
  }

  private func wrappedKey(_ code: String, _ role: PersonRole, _ new: NewBooks) throws -> Data {
    try wrappedKey(code, role, at: new.path + "/keys")
  }

  /// The bytes of a person's key as the store has them: behind its key in the tree and 16 bytes of state.
  private func wrappedKey(_ code: String, _ role: PersonRole, at keys: String) throws -> Data {
    let data = try Data(contentsOf: URL(filePath: keys + "/1/data.mdb"))
    let row = Data([role.kind.rawValue] + Array(code.utf8) + [1, 0, 0, 0, 0, 0, 0, 0])
    let place = try #require(data.range(of: row, options: .backwards))
    return data[place.upperBound + 8..<place.upperBound + 68]
  }
}
