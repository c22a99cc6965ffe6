// Why: a lost key is a lost name, and no proof fails. So `verify` must find each way in which people become unreadable, and tell it from an
// erasure, while there may still be a copy.

internal import Books
internal import Decisions
internal import EventLog
internal import Events
internal import Foundation
internal import Keys
internal import LMDB
internal import Ledger
internal import Support
internal import Testing
internal import Wire

@Suite struct `Verifying the keys to personal data` {
  private static let identity = String(repeating: "01", count: 16)

  /// Books with three people; the second is a supplier of the first one's code.
  private func told() throws -> NewBooks {
    let new = try NewBooks()
    var supplier = SupplierRegistered()
    supplier.supplier = "C-1"
    supplier.name = "Ana"
    let answers = try new.open().record([
      customer("C-1"), Proposal(supplier, on: "2026-02-01"), customer("C-2"),
    ])
    #expect(answers.count { $0.receipt != nil } == 3)
    return new
  }

  private func verify(
    _ new: NewBooks, _ depth: VerificationDepth = .full, _ keys: KeyOptions = KeyOptions()
  ) throws -> BooksVerification {
    try Books.verify(at: new.path, depth, keys: keys)
  }

  @Test(arguments: [VerificationDepth.quick, .full, .deep])
  func `finds good ones good`(depth: VerificationDepth) throws {
    let new = try told()
    _ = try new.open().erase(erasureRequest("C-2"), on: "2026-03-01")
    let answer = try verify(new, depth)
    #expect(answer.faults == [])
    let keys = try #require(answer.keys)
    #expect(keys.untried == nil)
    #expect(keys.live == (depth == .quick ? nil : 2) && keys.erased == (depth == .quick ? 0 : 1))
    // C-2's event is counted too: that it shows as erased is as it should be.
    #expect(keys.opened == (depth == .deep ? 3 : nil))
  }

  @Test func `finds a destroyed one that lies in a store beside the one that counts`() throws {
    let new = try told()
    let (keys, copy) = (new.path + "/keys", new.directory.path + "/copy")
    try FileManager.default.copyItem(atPath: keys + "/1", toPath: copy)
    _ = try new.open().erase(erasureRequest("C-2"), on: "2026-03-01")
    #expect(try verify(new).faults == [])
    try FileManager.default.copyItem(atPath: copy, toPath: keys + "/1")
    let faults = try verify(new).faults
    #expect(faults.count == 1, "\(faults)")
    #expect(faults.first?.what.hasPrefix("There is a key for customer C-2 again") == true)
  }

  @Test func `names a store that is in the way, and promises nothing meanwhile`() throws {
    let new = try told()
    let (keys, copy) = (new.path + "/keys", new.directory.path + "/copy")
    try FileManager.default.copyItem(atPath: keys + "/1", toPath: copy)
    _ = try new.open().erase(erasureRequest("C-2"), on: "2026-03-01")
    // An older copy under a number that comes later.
    try FileManager.default.copyItem(atPath: copy, toPath: keys + "/9")
    let faults = try verify(new).faults
    #expect(faults.count == 2, "\(faults)")
    #expect(faults.first?.what.contains("keys/9 does not replace") == true, "\(faults)")
    let back = faults.last
    #expect(back?.what.hasPrefix("There is a key for customer C-2 again") == true)
    #expect(back?.remedy.hasPrefix("When keys/ is in order") == true)
    // An empty directory holds nothing at all.
    try FileManager.default.removeItem(atPath: keys + "/9")
    try FileManager.default.createDirectory(
      atPath: keys + "/9", withIntermediateDirectories: false)
    let empty = try verify(new).faults
    #expect(empty.count == 1 && empty[0].what.contains("keys/9 has the highest number"), "\(empty)")
  }

  @Test func `says when they are not here, and calls it no damage`() throws {
    let new = try told()
    #expect(try verify(new, .full, KeyOptions(isWithoutKeys: true)).keys == nil)
    let (keys, away) = (new.path + "/keys", new.directory.path + "/away")
    try FileManager.default.moveItem(atPath: keys + "/master.key", toPath: away)
    let sealed = try verify(new, .deep)
    #expect(sealed.faults == [] && sealed.keys?.live == 3 && sealed.keys?.opened == nil)
    #expect(sealed.keys?.untried?.hasPrefix("There is no master key") == true)
    let named = try verify(new, .deep, KeyOptions(masterKey: away))
    #expect(named.faults == [] && named.keys?.opened == 3)
    try FileManager.default.removeItem(atPath: keys)
    let absent = try verify(new)
    #expect(absent.faults == [] && absent.keys?.areHere == false)
  }

  @Test
  func `says when the system does not let them be read, checks the rest, and calls it no damage`()
    throws
  {
    let new = try told()
    let files = [new.path + "/keys/1", new.path + "/views"]
    for depth in [VerificationDepth.quick, .full, .deep] {
      for taken in [[files[0]], [files[1]], files] {
        // This process may open an environment once only.
        let open = try taken.map { try Environment(path: $0, tables: [], mode: .readOnly) }
        let answer = try verify(new, depth)
        #expect(answer.faults == [] && answer.unchecked.count >= taken.count, "\(answer.unchecked)")
        #expect(answer.unchecked.allSatisfy { $0.message.contains("has \(new.path)") })
        #expect((answer.keys == nil) == taken.contains(files[0]))
        #expect((answer.viewsUntried != nil) == taken.contains(files[1]))
        #expect(answer.log?.head.size == new.first + 3)
        withExtendedLifetime(open) {}
      }
      #expect(try verify(new, depth).unchecked.isEmpty)
    }
  }

  @Test func `names whose row is damaged, whichever bit it is`() throws {
    let new = try told()
    let file = URL(filePath: new.path + "/keys/1/data.mdb")
    let sound = try Data(contentsOf: file)
    // The row of the customer C-2 (docs/FORMAT.md, section 10): its key, then state, position and 60 bytes, then the checksum.
    let row = Data([5]) + Data("C-2".utf8) + Data([1]) + Data(count: 15)
    let start = try #require(sound.range(of: row, options: .backwards)).lowerBound + 4
    for offset in 0..<84 {
      var damaged = sound
      damaged[start + offset] ^= UInt8(1 << (offset % 8))
      try damaged.write(to: file)
      let faults = try verify(new).faults
      #expect(faults.map(\.part) == [.keys], "byte \(offset): \(faults)")
      // What wraps the key are 60 bytes behind the 16 of state and position.
      let isWhole = !(16..<76).contains(offset)
      #expect(
        faults.first?.what
          == (isWhole
            ? "The row of customer C-2 in the store of keys is damaged; the key in it is whole."
            : "The key of customer C-2 is damaged."),
        "\(faults)")
    }
    try sound.write(to: file)
    #expect(try verify(new).faults == [])
  }

  @Test
  func
    `reports a store that is cut off or not of these books, whole pages zeroed, and a wrong master key`()
    throws
  {
    let new = try told()
    let file = URL(filePath: new.path + "/keys/1/data.mdb")
    let sound = try Data(contentsOf: file)
    try sound.prefix(8_192).write(to: file)
    #expect(try verify(new, .quick).faults.map(\.part) == [.keys])
    #expect(try verify(new).faults.map(\.part) == [.keys])
    var found = 0
    for page in 2..<sound.count / 4_096 {
      var damaged = sound
      damaged.replaceSubrange(page * 4_096..<(page + 1) * 4_096, with: Data(count: 4_096))
      try damaged.write(to: file)
      if try verify(new).faults.contains(where: { $0.part == .keys }) {
        found += 1
      } else {
        #expect(try verify(new, .deep).keys?.opened == 3, "page \(page) is in use")
      }
    }
    #expect(found >= 4)
    try sound.write(to: file)
    let other = try NewBooks(identity: 2)
    _ = try other.open().record([customer("C-1")])
    let wrong = try verify(new, .full, KeyOptions(masterKey: other.path + "/keys/master.key"))
    #expect(wrong.faults.map(\.part) == [.keys], "\(wrong.faults)")
    try FileManager.default.removeItem(atPath: new.path + "/keys")
    try FileManager.default.copyItem(atPath: other.path + "/keys", toPath: new.path + "/keys")
    let foreign = try verify(new).faults
    #expect(foreign.count == 1 && foreign[0].what.contains("belong to the books"), "\(foreign)")
  }

  @Test func `names who is lost with an old copy, and who is back with one`() throws {
    let new = try told()
    let (keys, old) = (new.path + "/keys", new.directory.path + "/old")
    try FileManager.default.copyItem(atPath: keys, toPath: old)
    _ = try new.open().record([customer("C-3")])
    var request = ErasureRequested()
    request.person = "C-2"
    request.reason = "asked"
    _ = try new.open().erase(request, on: "2026-03-01")
    try FileManager.default.removeItem(atPath: keys)
    try FileManager.default.copyItem(atPath: old, toPath: keys)
    let lost = try verify(new).faults.map(\.what)
    #expect(lost.count == 2, "\(lost)")
    #expect(lost.contains { $0.hasPrefix("There is no key for customer C-3, of whom") })
    #expect(lost.contains { $0.hasPrefix("There is a key for customer C-2 again") })
    do {
      let store = KeyStore(at: keys, books: Self.identity, readOnly: false)
      try store.add([.customer("C-3"): SubjectKey()])
    }
    // Every key is there and whole, but one was to be gone, and one is of somebody else: that shows when it is tried.
    let back = try verify(new).faults.map(\.what)
    #expect(
      back.count == 1 && back[0].hasPrefix("There is a key for customer C-2 again"), "\(back)")
    let faults = try verify(new, .deep).faults.map(\.what)
    #expect(faults.count == 2, "\(faults)")
    #expect(faults.contains { $0.hasPrefix("There is a key for customer C-2 again") })
    #expect(faults.contains { $0.hasPrefix("The personal fields of event 63 cannot be opened") })
  }

  @Test(arguments: [VerificationDepth.full, .deep])
  func `does not take the store's word for it that somebody was erased`(depth: VerificationDepth)
    throws
  {
    let new = try told()
    var request = ErasureRequested()
    request.person = "C-2"
    request.reason = "asked"
    // Asked for, and interrupted before it was confirmed: as it should be.
    let asked = try #require(
      try new.open().record([Proposal(request, on: "2026-03-01")])[0].receipt?.position)
    func destroy(_ person: DataSubject) throws {
      let store = KeyStore(at: new.path + "/keys", books: Self.identity, readOnly: false)
      try store.erase([person: asked])
    }
    try destroy(.customer("C-2"))
    #expect(try verify(new, depth).faults == [])
    // Nobody asked for this one.
    try destroy(.supplier("C-1"))
    let faults = try verify(new, depth).faults
    #expect(faults.map(\.part) == [.keys])
    #expect(
      faults.first?.what
        == "The store of keys says that supplier C-1 was erased, as event \(asked) asked; the log holds no such request."
    )
    // A copy from before would bring the key back: that comes last.
    let remedy = faults.first?.remedy ?? ""
    let again = remedy.range(of: "say it again: `diario erase C-1 --role supplier`")
    let copy = remedy.range(of: "Only if nobody ever asked for it, put back a copy of keys/")
    #expect(try #require(again).upperBound < #require(copy).lowerBound, "\(remedy)")
  }
}
