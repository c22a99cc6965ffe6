// Why: a branch leads to pages. If it counts one too few, or leads past one, hundreds of keys are not found, and nothing beside them tells.
// Whoever is told "there is none such" then believes it: a key would be recorded twice, a summary be taken for empty.

import Foundation
import LMDB
import Testing

@Suite struct `A damaged branch` {
  /// 3,000 even keys, so that each gap has an absent key in it, under one branch.
  private static let keys = Array(stride(from: UInt64(0), to: 6_000, by: 2))

  /// The bytes of such a table, and where its only branch begins.
  private func sound() throws -> (file: Data, branch: Int, count: Int) {
    let scratch = try Scratch()
    try scratch.open().fill(Self.keys)
    let file = try Data(contentsOf: scratch.dataFile)
    // MDB_page: flags at 10 (1: a branch), the end of the nodes' offsets at 12.
    let branches = stride(from: 8_192, to: file.count, by: 4_096).filter {
      file[$0 + 10] == 1 && file[$0 + 11] == 0
    }
    let branch = try #require(branches.last)
    #expect(branches.count == 1)
    return (file, branch, (file.u16(at: branch + 12) - 16) / 2)
  }

  /// How many of `keys` are reported as damaged; every other answer must be right.
  private func reported(_ file: Data, of keys: [UInt64], _ comment: String) throws -> Int {
    let copy = try Scratch()
    try file.write(to: copy.dataFile)
    let environment = try copy.open(.readOnly)
    let log = try environment.table("log")
    var reported = 0
    for key in keys {
      do throws(StoreError) {
        let found = try environment.copy(key, log)
        #expect(found == (key % 2 == 0 && key < 6_000 ? [7] : nil), "\(comment): \(key)")
      } catch {
        #expect(error.code == .damaged, "\(comment): \(error)")
        reported += 1
      }
    }
    return reported
  }

  private static let asked = Array(0..<UInt64(6_100))

  @Test func `that is sound hides nothing, and nobody is accused`() throws {
    let (file, _, count) = try sound()
    #expect(count > 8)
    #expect(try reported(file, of: Self.asked, "sound") == 0)
  }

  @Test(arguments: [1, 2, 3, 7])
  func `that counts too few entries makes looking for what it hides an error`(missing: Int) throws {
    var (file, branch, _) = try sound()
    let end = file.u16(at: branch + 12) - 2 * missing
    (file[branch + 12], file[branch + 13]) = (UInt8(end & 255), UInt8(end >> 8))
    let count = try reported(file, of: Self.asked, "\(missing) missing")
    // A page has at least a hundred of these keys, and as many gaps.
    #expect(count >= 200 * missing, "\(count)")
  }

  @Test func `that leads past a page makes looking for what is on it an error`() throws {
    let (clean, branch, count) = try sound()
    for hidden in 0..<count {
      for shown in [hidden - 1, hidden + 1] where (0..<count).contains(shown) {
        var file = clean
        let (one, other) = (
          branch + clean.u16(at: branch + 16 + 2 * hidden),
          branch + clean.u16(at: branch + 16 + 2 * shown)
        )
        // MDB_node: the number of the page below is in its first six bytes.
        file.replaceSubrange(one..<one + 6, with: clean[other..<other + 6])
        let keys = stride(from: UInt64(0), to: 6_050, by: 13)
        #expect(try reported(file, of: Array(keys), "\(shown) for \(hidden)") > 0)
      }
    }
  }

  @Test func `that is passed over by the table of tables makes looking an error`() throws {
    let (clean, branch, _) = try sound()
    // MDB_db in the table of tables: the depth at 6, the root at 40.
    let root = UInt64(branch / 4_096)
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: root >> (8 * UInt64($0))) }
    let places = clean.indices.filter { place in
      place + 8 <= clean.count && clean[place..<place + 8].elementsEqual(bytes)
        && clean[place - 34] == 2 && clean[place - 33] == 0
    }
    #expect(!places.isEmpty)
    let leaf = clean[(branch + clean.u16(at: branch + 16))...].prefix(6)
    var file = clean
    for place in places { file.replaceSubrange(place..<place + 6, with: leaf) }
    let keys = Array(stride(from: UInt64(0), to: 6_050, by: 13))
    #expect(try reported(file, of: keys, "the first leaf for the root") > 300)
  }

  @Test func `is noticed by whoever looked beside it before, once others have written`() throws {
    let scratch = try Scratch()
    let environment = try scratch.open()
    try environment.fill(Self.keys)
    let log = try environment.table("log")
    // Keys behind the last one, each asked for and then written.
    for key in stride(from: UInt64(6_000), to: 6_400, by: 2) {
      #expect(try environment.copy(key, log) == nil)
      #expect(try environment.copy(key + 1, log) == nil)
      try environment.fill([key])
      #expect(try environment.copy(key, log) == [7])
    }
  }
}
