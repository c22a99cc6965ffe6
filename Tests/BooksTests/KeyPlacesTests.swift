// Why: what lies in keys/, and where the master key lies, is up to people: copies in the wrong place, one master key for two companies, a
// link. Whatever they do, a command deletes no key that is not an erased person's, and says what is in its way.

internal import Books
internal import Decisions
internal import Events
internal import Foundation
internal import Keys
internal import Ledger
internal import Reports
internal import Support
internal import Testing
internal import Wire

@Suite struct `Where keys lie` {
  // MARK: Stores

  /// What may lie under a higher number than the store, and is not its successor.
  private enum Stranger: String, CaseIterable {
    case nothing, other, truncated, older, revived
  }

  @Test(arguments: Stranger.allCases)
  private func
    `a store is not deleted for another that has a higher number and is not its successor`(
      stranger: Stranger
    ) throws
  {
    let new = try NewBooks()
    let keys = new.path + "/keys"
    let (copy, full) = (new.directory.path + "/copy", new.directory.path + "/full")
    try new.open().record([customer("C-1", name: "Ana")])
    try files.copyItem(atPath: keys + "/1", toPath: copy)
    try new.open().record([customer("C-2", name: "Berta")])
    try files.copyItem(atPath: keys + "/1", toPath: full)
    if stranger == .revived { _ = try new.open().erase(erasureRequest("C-2"), on: "2026-02-02") }
    let store = stranger == .revived ? keys + "/2" : keys + "/1"
    let place = keys + "/9"
    switch stranger {
    case .nothing: try files.createDirectory(atPath: place, withIntermediateDirectories: true)
    case .other:
      let other = try NewBooks(identity: 2)
      try other.open().record([customer("C-1", name: "Otra")])
      try files.copyItem(atPath: other.path + "/keys/1", toPath: place)
    case .truncated:
      try files.copyItem(atPath: store, toPath: place)
      let data = try Data(contentsOf: URL(filePath: place + "/data.mdb"))
      try data.prefix(8_192).write(to: URL(filePath: place + "/data.mdb"))
    case .older: try files.copyItem(atPath: copy, toPath: place)
    case .revived: try files.copyItem(atPath: full, toPath: place)
    }
    let before = try Data(contentsOf: URL(filePath: store + "/data.mdb"))
    // Nothing personal: no key is needed, and none may be lost.
    #expect(try new.open().record([account("9999")])[0].receipt != nil)
    #expect(try Data(contentsOf: URL(filePath: store + "/data.mdb")) == before)
    // What is personal is written to neither.
    for proposal in [customer("C-3"), customer("C-4")] {
      let refusal = try new.open().record([proposal])[0].refusal
      #expect(refusal?.name == "keys.unreadable" && refusal?.message.contains(place) == true)
    }
    let error = #expect(throws: BooksError.self) { try new.open().changeMasterKey() }
    #expect(error?.message.contains(place) == true, "\(error?.description ?? "")")
    #expect(try Data(contentsOf: URL(filePath: store + "/data.mdb")) == before)
    #expect(files.fileExists(atPath: place))
    try files.removeItem(atPath: place)
    #expect(try names(new.open()).contains("Ana"))
    try new.open().changeMasterKey()
    #expect(try names(new.open()).contains("Ana"))
  }

  @Test func `no store follows the highest number there is`() throws {
    let new = try told()
    let outside = new.directory.path + "/new.master"
    try files.moveItem(atPath: new.path + "/keys/1", toPath: new.path + "/keys/\(Int.max)")
    let error = #expect(throws: BooksError.self) { try new.open().changeMasterKey(to: outside) }
    #expect(error?.message.contains("\(Int.max) has the highest number there is") == true)
    // What was made for nothing is gone.
    #expect(!files.fileExists(atPath: outside))
    #expect(try names(new.open()).contains("Ana"))
  }

  // MARK: Master keys

  @Test func `a master key that other books have too is left to them`() throws {
    let (one, two) = (try NewBooks(), try NewBooks(identity: 2))
    let shared = one.directory.path + "/shared.master"
    let options = KeyOptions(masterKey: shared)
    for new in [one, two] {
      try open(new, options).record([customer("C-1", name: "Ana")])
    }
    let error = #expect(throws: BooksError.self) { try open(one, options).changeMasterKey() }
    #expect(error?.code == .keys(.masterKeyShared))
    #expect(error?.remedy.contains("--into FILE") == true)
    let own = one.directory.path + "/own.master"
    #expect(try open(one, options).changeMasterKey(to: own) == shared)
    #expect(try names(open(one, KeyOptions(masterKey: own))).contains("Ana"))
    #expect(try names(open(two, options)).contains("Ana"))
    // Negative control: it is another key.
    #expect(throws: ReportError.self) { try names(open(one, options)) }
  }

  @Test func `a link in the place of the master key is not followed by a new secret in the books`()
    throws
  {
    let new = try told()
    let (master, outside) = (new.path + "/keys/master.key", new.directory.path + "/outside.master")
    try files.moveItem(atPath: master, toPath: outside)
    try files.createSymbolicLink(atPath: master, withDestinationPath: outside)
    let error = #expect(throws: BooksError.self) { try new.open().changeMasterKey() }
    #expect(error?.code == .keys(.masterKeyShared))
    let next = new.directory.path + "/next.master"
    #expect(try new.open().changeMasterKey(to: next) == outside)
    #expect(try names(open(new, KeyOptions(masterKey: next))).contains("Ana"))
    #expect(files.fileExists(atPath: outside) && !files.fileExists(atPath: master))
  }

  @Test
  func `a new master key is taken where an interrupted change has left it, never among the stores`()
    throws
  {
    let new = try told()
    for place in ["next", "2", "moved.key", "master.key"] {
      #expect(throws: BooksError.self, "\(place)") {
        try new.open().changeMasterKey(to: new.path + "/keys/" + place)
      }
    }
    #expect(
      try files.contentsOfDirectory(atPath: new.path + "/keys").sorted() == ["1", "master.key"])
    let other = try NewBooks(identity: 2)
    try other.open().record([customer("C-1", name: "Otra")])
    let place = new.directory.path + "/left.master"
    try files.copyItem(atPath: other.path + "/keys/master.key", toPath: place)
    let left = try Data(contentsOf: URL(filePath: place))
    #expect(try new.open().changeMasterKey(to: place) == nil)
    #expect(try Data(contentsOf: URL(filePath: place)) == left)
    #expect(try names(open(new, KeyOptions(masterKey: place))).contains("Ana"))
    #expect(!files.fileExists(atPath: new.path + "/keys/master.key"))
    // Made again in the same place, nothing would change.
    let error = #expect(throws: BooksError.self) {
      try open(new, KeyOptions(masterKey: place)).changeMasterKey(to: place)
    }
    #expect(error?.message.contains("is the master key already") == true)
  }

  @Test func `a change finishes one that another process began, whose new key counts already`()
    throws
  {
    let new = try told()
    let master = new.path + "/keys/master.key"
    let old = try Data(contentsOf: URL(filePath: master))
    let books = try new.open()
    try books.changeMasterKey()
    // As the other one left it when it was killed before the last step.
    try files.moveItem(atPath: master, toPath: master + ".next")
    try old.write(to: URL(filePath: master))
    try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: master)
    try books.changeMasterKey()
    #expect(try names(books).contains("Ana"))
    #expect(!files.fileExists(atPath: master + ".next"))
  }

  // MARK: The words of these tests

  private var files: FileManager { .default }

  private func told() throws -> NewBooks {
    let new = try NewBooks()
    try new.open().record([customer("C-1", name: "Ana")])
    return new
  }

  private func open(_ new: NewBooks, _ keys: KeyOptions) throws -> Books {
    try Books(at: new.path, keys: keys, now: new.clock.now)
  }

  private func names(_ books: Books) throws -> String {
    try ReportCatalogue.named("customers").table(try books.look()).text()
  }

  private func account(_ code: Code) -> Proposal {
    var account = AccountOpened()
    account.account = code
    account.name = "Suspense"
    account.kind = .asset
    return Proposal(account, on: "2026-02-01")
  }
}
