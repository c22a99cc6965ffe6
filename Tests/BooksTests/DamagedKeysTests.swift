// Why: one row of the store of keys that is damaged is one person's loss. Everybody else is recorded, read and erased as before, nothing is
// destroyed but what somebody asks for, and there is a way out for that person too.

internal import Books
internal import Decisions
internal import EventLog
internal import Events
internal import Foundation
internal import Keys
internal import Ledger
internal import Reports
internal import Support
internal import Testing
internal import Wire

@Suite struct `A damaged row of the keys` {
  private static let identity = String(repeating: "01", count: 16)
  /// In the row of C-2: a byte of the wrapped key.
  private static let inKey = 40

  @Test func `keeps nobody else from being recorded`() throws {
    let new = try told()
    try damage(Self.inKey, new)
    // C-3 would stand right behind the row.
    let answers = try new.open().record([
      customer("C-3", name: "Clara"), email(of: "C-1"), email(of: "C-2"), customer("C-4"),
    ])
    #expect(
      answers.map { $0.refusal?.name } == [nil, nil, "keys.unreadable", nil], "\(answers)")
    let refusal = try #require(answers[2].refusal)
    #expect(refusal.message == "The key of customer C-2 is damaged.")
    #expect(refusal.remedy.contains("`diario erase C-2 --role customer` erases the person"))
    #expect(try name("C-3", new) == "Clara" && name("C-1", new) == "Ana")
  }

  @Test func `is named by whoever asks for everybody`() throws {
    let new = try told()
    try damage(Self.inKey, new)
    #expect(try name("C-1", new) == "Ana")
    for ask in [{ try name("C-2", new) }, { try report(new) }] {
      let error = #expect(throws: (any Error).self) { try ask() }
      #expect("\(error as Any)".contains("The key of customer C-2 is damaged."))
    }
  }

  @Test func `keeps nobody else from being erased, and is kept as it is meanwhile`() throws {
    let new = try told()
    let left = try damage(Self.inKey, new)
    #expect(try erased("C-1", new) == [nil, nil])
    #expect(try name("C-1", new) == PersonalText.erased && name("C-5", new) == "Eva")
    #expect(try FileSearch.files(in: new.path + "/keys", with: left).count == 1)
    // Once more, from a store that has the row as it was left.
    #expect(try erased("C-5", new) == [nil, nil])
    #expect(try FileSearch.files(in: new.path + "/keys", with: left).count == 1)
    let faults = try Books.verify(at: new.path, .full).faults
    #expect(faults.map(\.what) == ["The key of customer C-2 is damaged."], "\(faults)")
  }

  @Test func `is given up by an erasure, which leaves nothing of it`() throws {
    let new = try told()
    let left = try damage(Self.inKey, new)
    let rotated = #expect(throws: BooksError.self) { try new.open().changeMasterKey() }
    #expect(rotated?.message == "The key of customer C-2 is damaged.")
    #expect(rotated?.remedy.contains("`diario erase C-2 --role customer`") == true)
    #expect(try erased("C-2", new) == [nil, nil])
    #expect(try FileSearch.files(in: new.path + "/keys", with: left).isEmpty)
    #expect(try report(new).contains(PersonalText.erased))
    #expect(try Books.verify(at: new.path, .deep).faults == [])
    try new.open().changeMasterKey()
    #expect(try name("C-1", new) == "Ana")
  }

  /// Bytes of the state, of the zeros behind it and of the checksum.
  @Test(arguments: [0, 3, 12, 80])
  func `whose key is whole is read, said to be damaged, and written anew with the store`(
    offset: Int
  ) throws {
    let new = try told()
    try damage(offset, new)
    #expect(try name("C-2", new) == "Berta" && report(new).contains("Berta"))
    let faults = try Books.verify(at: new.path, .full).faults
    #expect(
      faults.map(\.what) == [
        "The row of customer C-2 in the store of keys is damaged; the key in it is whole."
      ])
    #expect(faults.map(\.affects) == ["Nothing is lost; the log is not affected."])
    try new.open().changeMasterKey()
    #expect(try Books.verify(at: new.path, .deep).faults == [])
    #expect(try name("C-2", new) == "Berta")
  }

  @Test func `that says another's code is found by whom it belongs to`() throws {
    let new = try told()
    // The 2 of C-2 becomes a 3: it still stands between C-1 and C-5.
    try damage(-1, new)
    #expect(try name("C-2", new) == "Berta" && name("C-5", new) == "Eva")
    #expect(
      try Books.verify(at: new.path, .deep).faults.map(\.what) == [
        "The row of customer C-2 in the store of keys is damaged; the key in it is whole."
      ])
    #expect(try new.open().record([customer("C-4")])[0].receipt != nil)
    #expect(try erased("C-1", new) == [nil, nil])
    // The new store has it under its own code, so that there can be a C-3.
    #expect(try Books.verify(at: new.path, .deep).faults == [])
    #expect(try new.open().record([customer("C-3", name: "Clara")])[0].receipt != nil)
    #expect(try name("C-2", new) == "Berta" && name("C-3", new) == "Clara")
    #expect(try erased("C-2", new) == [nil, nil])
    #expect(try Books.verify(at: new.path, .deep).faults == [])
  }

  /// C-2 becomes C-3; the customer (5) C-1 becomes somebody of the kind 4, which nobody is.
  @Test(arguments: [("C-2", -1), ("C-1", -4)])
  func `that says another's code, or nobody's, is put right by a new master key`(
    code: String, offset: Int
  ) throws {
    let new = try told()
    try damage(offset, new, of: code)
    try new.open().changeMasterKey()
    #expect(try Books.verify(at: new.path, .deep).faults == [])
    #expect(try name("C-1", new) == "Ana" && name("C-2", new) == "Berta")
  }

  @Test(arguments: [("C-2", -1), ("C-1", -4)])
  func `that says another's code, or nobody's, keeps no erasure from being finished`(
    code: String, offset: Int
  ) throws {
    let new = try told()
    try damage(offset, new, of: code)
    let (keys, old) = (new.path + "/keys", new.directory.path + "/old")
    try files.copyItem(atPath: keys + "/1", toPath: old)
    #expect(try erased(code, new) == [nil, nil])
    // The old store was not deleted yet. That the row is of the erased person, the newer store says without the log.
    try files.copyItem(atPath: old, toPath: keys + "/1")
    try KeyStore(at: keys, books: Self.identity, readOnly: false).tidy()
    #expect(try files.contentsOfDirectory(atPath: keys).sorted() == ["2", "master.key"])
    #expect(try Books.verify(at: new.path, .deep).faults == [])
  }

  @Test func `does not hide from a check whose key is back`() throws {
    let new = try told()
    let (keys, old) = (new.path + "/keys/", new.directory.path + "/old")
    try damage(Self.inKey, new)
    try files.copyItem(atPath: keys + "1", toPath: old)
    #expect(try erased("C-5", new) == [nil, nil])
    try files.removeItem(atPath: keys + "2")
    try files.copyItem(atPath: old, toPath: keys + "1")
    let position = new.first + 4
    #expect(
      try Books.verify(at: new.path, .full).faults.map(\.what) == [
        "The key of customer C-2 is damaged.",
        "There is a key for customer C-5 again, whose erasure event \(position) asked for.",
      ])
  }

  @Test func `is nothing that an older program knows, so a store that keeps one is of version 2`()
    throws
  {
    let new = try told()
    try damage(Self.inKey, new)
    // Version and number of such rows before the identity (docs/FORMAT.md, section 10).
    func head(_ bytes: [UInt8]) -> Data { Data(bytes) + Data(Self.identity.utf8) }
    let (one, two) = (head([1, 0, 0, 0, 0, 0, 0, 0]), head([2, 0, 0, 0, 1, 0, 0, 0]))
    #expect(try FileSearch.files(in: new.path + "/keys", with: one).count == 1)
    #expect(try erased("C-1", new) == [nil, nil])
    #expect(try FileSearch.files(in: new.path + "/keys", with: two).count == 1)
    #expect(try erased("C-2", new) == [nil, nil])
    #expect(try FileSearch.files(in: new.path + "/keys", with: one).count == 1)
  }

  @Test func `of an erased person is put right by the next command that records`() throws {
    let new = try told()
    #expect(try erased("C-2", new) == [nil, nil])
    let file = URL(filePath: new.path + "/keys/2/data.mdb")
    var bytes = try Data(contentsOf: file)
    let row = Data([5]) + Data("C-2".utf8) + Data([2]) + Data(count: 7)
    let place = try #require(bytes.range(of: row, options: .backwards)).upperBound
    bytes[place] ^= 1
    try bytes.write(to: file)
    #expect(try name("C-2", new) == PersonalText.erased)
    let faults = try Books.verify(at: new.path, .deep).faults
    #expect(
      faults.map(\.what) == [
        "The row of customer C-2, whose key was destroyed, is damaged in the store of keys."
      ])
    #expect(faults.map(\.affects) == ["Nothing is lost; the log is not affected."])
    _ = try new.open()
    #expect(try Books.verify(at: new.path, .deep).faults == [])
  }

  @Test func `keeps no erasure that was interrupted from being finished`() throws {
    let new = try told()
    try damage(Self.inKey, new)
    let (keys, old) = (new.path + "/keys", new.directory.path + "/old")
    try files.copyItem(atPath: keys + "/1", toPath: old)
    #expect(try erased("C-1", new) == [nil, nil])
    // The old store was not deleted yet.
    try files.copyItem(atPath: old, toPath: keys + "/1")
    _ = try new.open()
    #expect(try files.contentsOfDirectory(atPath: keys).sorted() == ["2", "master.key"])
  }

  @Test func `keeps the store in which the key is whole`() throws {
    let new = try told()
    let (keys, old) = (new.path + "/keys", new.directory.path + "/old")
    try files.copyItem(atPath: keys + "/1", toPath: old)
    try damage(Self.inKey, new)
    try files.moveItem(atPath: keys + "/1", toPath: keys + "/2")
    try files.copyItem(atPath: old, toPath: keys + "/1")
    let refusal = try new.open().record([email(of: "C-1")])[0].refusal
    #expect(refusal?.message.contains("it has no whole key of customer C-2") == true)
    #expect(files.fileExists(atPath: keys + "/1/data.mdb"))
  }

  // MARK: The words of these tests

  private var files: FileManager { .default }

  /// Books with the customers C-1, C-2 and C-5.
  private func told() throws -> NewBooks {
    let new = try NewBooks()
    let answers = try new.open().record([
      customer("C-1", name: "Ana"), customer("C-2", name: "Berta"), customer("C-5", name: "Eva"),
    ])
    #expect(answers.count { $0.receipt != nil } == 3)
    return new
  }

  /// Flips a bit of the byte at `offset` behind the key of the row of `code` (docs/FORMAT.md, section 10).
  /// - Returns: some bytes of the wrapped key as they stand in the file then.
  @discardableResult
  private func damage(_ offset: Int, _ new: NewBooks, of code: String = "C-2") throws -> Data {
    let file = URL(filePath: new.path + "/keys/1/data.mdb")
    var bytes = try Data(contentsOf: file)
    let row = Data([5]) + Data(code.utf8) + Data([1]) + Data(count: 15)
    let start = try #require(bytes.range(of: row, options: .backwards)).lowerBound + 4
    bytes[start + offset] ^= 1
    try bytes.write(to: file)
    return bytes[start + 30..<start + 60]
  }

  private func erased(_ code: String, _ new: NewBooks) throws -> [String?] {
    try new.open().erase(erasureRequest(code), on: "2026-03-01").own.map { $0.refusal?.name }
  }

  private func email(of code: String) -> Proposal {
    var revised = CustomerRevised()
    revised.customer = Code(stringLiteral: code)
    revised.email = "somebody@example.com"
    return Proposal(revised, on: "2026-02-02")
  }

  private func name(_ code: String, _ new: NewBooks) throws -> String {
    let file = try new.open(readOnly: true).person(Code(code))
    let first = try #require(file.events.first)
    return try JSONDocument(Array(first.fields.utf8)).root.members()
      .first { $0.name == "name" }?.value.text() ?? ""
  }

  private func report(_ new: NewBooks) throws -> String {
    try ReportCatalogue.named("customers").table(new.open(readOnly: true).look()).text()
  }
}
