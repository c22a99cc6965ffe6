// Why: what lies in keys/, and where the master key lies, is up to people: copies in the wrong place, one master key for two companies, a
// link. Whatever they do, a command deletes no key that is not an erased person's, and says what is in its way.

internal import Books
internal import Decisions
internal import Events
internal import Foundation
internal import Keys
internal import LMDB
internal import Ledger
internal import Platform
internal import Reports
internal import Support
internal import Synchronization
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

  @Test
  func `a damaged store is not deleted for one of which nobody knows whether it has everybody`()
    throws
  {
    let new = try NewBooks()
    let (keys, copy) = (new.path + "/keys", new.directory.path + "/copy")
    try new.open().record([customer("C-1", name: "Ana")])
    try files.copyItem(atPath: keys + "/1", toPath: copy)
    try new.open().record([customer("C-2", name: "Berta")])
    let data = URL(filePath: keys + "/1/data.mdb")
    var bytes = try Data(contentsOf: data)
    for page in 2..<bytes.count / 4_096 { bytes[page * 4_096 + 10] ^= 0x40 }
    try bytes.write(to: data)
    try files.copyItem(atPath: copy, toPath: keys + "/2")
    let refusal = try new.open().record([customer("C-3")])[0].refusal
    #expect(refusal?.name == "keys.unreadable" && refusal?.message.contains(keys + "/1") == true)
    #expect(try Data(contentsOf: data) == bytes)
  }

  @Test func `the keys of another copy of these books neither seal nor count as destroyed`() throws
  {
    let one = try told()
    let other = one.directory.path + "/other"
    try files.copyItem(atPath: one.path, toPath: other)
    let proposal = customer("C-2", name: "Berta")
    for path in [one.path, other] {
      #expect(try Books(at: path, now: one.clock.now).record([proposal])[0].receipt != nil)
    }
    let (keys, own) = (one.path + "/keys", one.directory.path + "/own")
    try files.moveItem(atPath: keys, toPath: own)
    try files.copyItem(atPath: other + "/keys", toPath: keys)
    var revised = CustomerRevised()
    revised.customer = "C-2"
    revised.email = "berta@example.com"
    let sealed = try one.open().record([Proposal(revised, on: "2026-02-02")])[0].refusal
    #expect(
      sealed?.name == "keys.unreadable" && sealed?.message.contains("of another copy") == true)
    let answers = try one.open().erase(erasureRequest("C-2"), on: "2026-03-01").own
    #expect(answers.map { $0.refusal?.name } == [nil, "erasure.keyAbsent"])
    // With their own keys it is finished, by whoever records next.
    try files.removeItem(atPath: keys)
    try files.moveItem(atPath: own, toPath: keys)
    _ = try one.open().completeErasures()
    #expect(try !names(one.open()).contains("Berta"))
    #expect(try names(one.open()).contains("Ana"))
  }

  @Test func `no empty store takes the place of one that is there`() throws {
    let new = try told()
    let identity = String(repeating: "01", count: 16)
    let store = KeyStore(at: new.path + "/keys", books: identity, readOnly: false)
    let error = #expect(throws: KeyError.self) { try store.create() }
    #expect(error?.code == .exists)
    #expect(try names(new.open()).contains("Ana"))
  }

  @Test func `whoever makes books makes no keys while somebody records in them`() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/books"
    let identity = [UInt8](repeating: 1, count: 16)
    try Books.create(at: path, identity: identity)
    let lock = try DirectoryLock(path: path + "/writer.lock")
    let isDone = Mutex(false)
    let maker = Thread {
      try? Books.create(at: path, identity: identity, keys: KeyOptions())
      isDone.withLock { $0 = true }
    }
    maker.start()
    // Until it has opened the lock, as this test has.
    for _ in 0..<100 where try opened(path + "/writer.lock") < 2 {
      Thread.sleep(forTimeInterval: 0.1)
    }
    #expect(try opened(path + "/writer.lock") == 2)
    Thread.sleep(forTimeInterval: 0.2)
    #expect(!files.fileExists(atPath: path + "/keys") && !isDone.withLock { $0 })
    _ = consume lock
    for _ in 0..<100 where !isDone.withLock({ $0 }) { Thread.sleep(forTimeInterval: 0.1) }
    #expect(files.fileExists(atPath: path + "/keys/1/data.mdb"))
  }

  @Test func `of two files that get the same new name the first stays`() throws {
    let directory = try TemporaryDirectory()
    let (one, two) = (directory.path + "/one", directory.path + "/two")
    for path in [one, two] { try Files.write(path.utf8, to: path) }
    let place = directory.path + "/place"
    try Files.move(one, to: place, replaces: false)
    #expect(throws: FileFailure.self) { try Files.move(two, to: place, replaces: false) }
    #expect(try String(contentsOfFile: place, encoding: .utf8) == one)
    #expect(files.fileExists(atPath: two))
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
    #expect(error?.code == .question && error?.remedy.contains("--into FILE") == true)
    let own = one.directory.path + "/own.master"
    #expect(try open(one, options).changeMasterKey(to: own) == shared)
    #expect(try names(open(one, KeyOptions(masterKey: own))).contains("Ana"))
    #expect(try names(open(two, options)).contains("Ana"))
    // Negative control: it is another key.
    #expect(throws: ReportError.self) { try names(open(one, options)) }
  }

  @Test func `a master key that cannot be made is told with what helps there`() throws {
    let new = try NewBooks()
    let options = KeyOptions(masterKey: new.directory.path + "/none/x.master")
    let error = #expect(throws: BooksError.self) {
      try open(new, options).record([customer("C-1")])
    }
    #expect(error?.message.contains("/none/x.master") == true, "\(error as Any)")
    #expect(error?.remedy == "Check the name.")
  }

  @Test func `a link in the place of the master key is not followed by a new secret in the books`()
    throws
  {
    let new = try told()
    let (master, outside) = (new.path + "/keys/master.key", new.directory.path + "/outside.master")
    try files.moveItem(atPath: master, toPath: outside)
    try files.createSymbolicLink(atPath: master, withDestinationPath: outside)
    let error = #expect(throws: BooksError.self) { try new.open().changeMasterKey() }
    #expect(error?.code == .question && error?.message.contains("outside keys/") == true)
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
    // Whoever did not see the end of it may try again.
    #expect(try new.open().changeMasterKey(to: place) == nil)
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

  /// How many times this process has opened the file at `path`.
  private func opened(_ path: String) throws -> Int {
    let path = URL(filePath: path).resolvingSymlinksInPath().path
    return try files.contentsOfDirectory(atPath: "/proc/self/fd").count {
      (try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + $0)) == path
    }
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
